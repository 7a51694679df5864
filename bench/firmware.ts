/** Two firmware images of 1 MiB, held against each other, beside `cmp -l` of the same files. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareFirmware } from '@/lib/firmware/compare';
import { parseImage } from '@/lib/firmware/image';
import { CHUNK_BYTES } from '@/lib/firmware/layout';
import { buildImage, hashChunks, signImage, TEST_KEYS } from '@/lib/firmware/testing/synthetic';
import { durationMs, interleave } from './measure';
import { type Group, measuredRow, type Row } from './row';

const MIB = { sizeBytes: 16 * CHUNK_BYTES, buildIdOffset: 9 * CHUNK_BYTES + 0xa3bf };
const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** A tenth of the bytes is other code. */
function otherCode(build: Uint8Array): Uint8Array<ArrayBuffer> {
  const code = new Uint8Array(build);
  for (let at = 2_048; at < code.length; at += 10) code[at] = (code[at] ?? 0) ^ 1;
  return hashChunks(code);
}

export const firmware: Group = {
  name: 'firmware',
  run: async ({ say, rounds = 15 }) => {
    const folder = mkdtempSync(join(tmpdir(), 'halfkey-firmware-'));
    const build = buildImage(MIB);
    const vendor = signImage(build, [1, 2, 3, 4]);
    const compareWith = async (id: string, what: string, built: Uint8Array): Promise<Row> => {
      say(what);
      const paths = [join(folder, `${id}-vendor.bin`), join(folder, `${id}-built.bin`)];
      for (const [place, bytes] of [vendor, built].entries()) writeFileSync(paths[place] ?? '', bytes);
      const ours = () =>
        durationMs(() => compareFirmware(parseImage(vendor), parseImage(built), { digest, keys: TEST_KEYS }));
      const peer = () =>
        durationMs(() => {
          const { error } = spawnSync('cmp', ['-l', ...paths], { stdio: 'ignore' });
          if (error) throw error;
        });
      return measuredRow({ id, what, limit: 10 }, await interleave(rounds, 3, ours, peer));
    };
    try {
      return [
        await compareWith('firmware-same', 'two images of 1 MiB, only signatures differ, ms; peer: cmp -l', build),
        await compareWith(
          'firmware-other',
          'the same with a tenth of the code other, ms; peer: cmp -l',
          otherCode(build),
        ),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
