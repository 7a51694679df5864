import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { giveFunds } from './demo-funds';
import { playHeadless } from './demo-headless';
import { isStory, playStoryHeadless, STORY_NAMES } from './demo-stories';
import { openWindow } from './demo-window';
import { LOOPBACK } from './stack/parties';
import { readPorts } from './stack/ports';

const HELP = `npm run demo -- [options]
  (none)        starts everything and opens a Chromium with the wallet; Ctrl-C stops all of it
  --headless    plays the main story by itself, step by step
  --story NAME  with --headless: another story instead: ${STORY_NAMES}
  --json        with --headless: the last line of stdout is the outcome as JSON
  --fund 0x...  puts 10 ETH of the running demo's local chain there
  --data DIR    where everything is kept, instead of .demo/window or .demo/headless; a story begins anew in .demo/NAME
  --reset       begins anew: deletes that folder first
  --help`;

const OPTIONS = {
  headless: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  story: { type: 'string' },
  fund: { type: 'string' },
  data: { type: 'string' },
  reset: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/**
 * @param startedIn what a relative `--data` is relative to
 * @returns the exit status
 */
export async function demo(args: string[], startedIn: string): Promise<number> {
  const startedAtMs = performance.now();
  const { headless, json, story, fund, data, reset, help } = parseArgs({ args, options: OPTIONS }).values;
  if (help) {
    console.log(HELP);
    return 0;
  }
  if (json && !headless) throw new Error('--json goes with --headless');
  if (story !== undefined && !headless) throw new Error('--story goes with --headless');
  if (story !== undefined && !isStory(story)) throw new Error(`there is no story named ${story}: ${STORY_NAMES}`);
  if (story !== undefined && json) throw new Error('--json goes with the main story');
  const dataDir = resolve(startedIn, data ?? resolve('.demo', story ?? (headless ? 'headless' : 'window')));
  if (fund !== undefined) return fundIn(dataDir, fund);
  // A story counts what is left in its databases: in its own folder it begins with none.
  if (reset || (story !== undefined && data === undefined)) await forget(dataDir);
  if (story !== undefined) return playStoryHeadless(story, dataDir);
  return headless ? playHeadless({ dataDir, startedAtMs, json }) : openWindow({ dataDir, startedAtMs });
}

async function fundIn(dataDir: string, address: string): Promise<number> {
  const path = join(dataDir, 'ports.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`no demo was ever started on ${dataDir}`);
  });
  const { chain } = readPorts(text, path);
  console.log(await giveFunds(`http://${LOOPBACK}:${chain}`, address).catch(explained(chain, dataDir)));
  return 0;
}

const explained = (port: number, dataDir: string) => (error: unknown) => {
  if (!(error instanceof TypeError)) throw error;
  throw new Error(`the chain on port ${port} does not answer: is the demo on ${dataDir} running?`);
};

/** Deletes only what a demo made: a mistyped --data must not cost anybody a folder. */
async function forget(dataDir: string): Promise<void> {
  const known = !existsSync(dataDir) || existsSync(join(dataDir, 'ports.json')) || readdirSync(dataDir).length === 0;
  if (!known) throw new Error(`${dataDir} was not made by the demo; it is not deleted`);
  await rm(dataDir, { recursive: true, force: true });
}
