/** `npm run demo` until the wallet can be used: in a fresh clone whose packages are installed, and once more there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { copyTree } from '@/scripts/copy-tree';
import { type Group, promisedRow } from './row';

const run = promisify(execFile);
const FIRST_LIMIT_S = 30;
const LATER_LIMIT_S = 10;
const outcome = z.object({ ok: z.literal(true), ms: z.object({ ready: z.number() }) });

export const demo: Group = {
  name: 'demo',
  run: async ({ say }) => {
    const clone = mkdtempSync(join(tmpdir(), 'halfkey-clone-'));
    try {
      say('copying the tree and its packages');
      copyTree(clone);
      say('the demo, for the first time');
      const firstS = await readyS(clone);
      say('the demo, later');
      const laterS = await readyS(clone);
      return [
        promisedRow({ id: 'demo-first', what: 'demo ready the first time, s; peer: the limit' }, firstS, FIRST_LIMIT_S),
        promisedRow({ id: 'demo-later', what: 'demo ready later, s; peer: the limit' }, laterS, LATER_LIMIT_S),
      ];
    } finally {
      rmSync(clone, { recursive: true });
    }
  },
};

/** Plays the whole story. @throws Error when it does not hold */
async function readyS(clone: string): Promise<number> {
  const { INIT_CWD: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, ['scripts/demo.mjs', '--headless', '--json'], { cwd: clone, env });
  return outcome.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).ms.ready / 1000;
}
