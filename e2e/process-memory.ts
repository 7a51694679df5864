/** What stands in the memory of a browser's processes, as Linux shows it in /proc. */
import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import type { BrowserProcess } from './devtools';
import { countsOf, type Secrets } from './secrets';

export const CAN_READ_MEMORY = existsSync('/proc/self/mem');

const CHUNK_BYTES = 4 * 1024 * 1024;
const OVERLAP_BYTES = 1024;
const PAGE_BYTES = 4096;
/** Of `pagemap`: one number a page, whose last byte says whether it is there. */
const ENTRY_BYTES = 8;
const PRESENT_OR_SWAPPED = 0xc0;

/** How often something was found: by secret, `(bytes)` where it is its bytes as they are, then by the type of the process. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How often each secret stands in the memory of all processes of a browser. Parts of one secret are counted together. */
export async function countInMemory(processes: readonly BrowserProcess[], secrets: Secrets): Promise<Counts> {
  const count = countsOf(secrets, (name, isRaw) => name.replace(/ \d+$/, '') + (isRaw ? ' (bytes)' : ''));
  const counts: Record<string, Record<string, number>> = {};
  for (const { id, type } of processes)
    await readMemory(id, (bytes) => {
      for (const [name, times] of count(bytes)) {
        const before = counts[name] ?? {};
        counts[name] = { ...before, [type]: (before[type] ?? 0) + times };
      }
    });
  return counts;
}

/** Everything that the process may write to and that is in memory, run by run of pages. */
async function readMemory(id: number, take: (bytes: Buffer) => void): Promise<void> {
  // It may have ended since it was listed.
  if (!existsSync(`/proc/${id}`)) return;
  const maps = await readFile(`/proc/${id}/maps`, 'utf8');
  const [memory, pages] = await Promise.all([open(`/proc/${id}/mem`, 'r'), open(`/proc/${id}/pagemap`, 'r')]);
  try {
    for (const line of maps.split('\n')) {
      const [, start = '', end = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (start === '') continue;
      const [from, until] = [Number.parseInt(start, 16), Number.parseInt(end, 16)];
      for (const run of await presentRuns(pages, from / PAGE_BYTES, until / PAGE_BYTES))
        await readRun(memory, run, take);
    }
  } finally {
    await Promise.all([memory.close(), pages.close()]);
  }
}

interface Run {
  readonly from: number;
  readonly until: number;
}

/** Most of what a browser has reserved was never touched. Pages are counted from address 0. */
async function presentRuns(pages: FileHandle, first: number, end: number): Promise<Run[]> {
  const entries = Buffer.alloc((end - first) * ENTRY_BYTES);
  const { bytesRead } = await pages.read(entries, 0, entries.length, first * ENTRY_BYTES);
  const runs: Run[] = [];
  let from: number | null = null;
  for (let page = first; page <= end; page += 1) {
    const at = (page - first) * ENTRY_BYTES;
    const isPresent =
      at + ENTRY_BYTES <= bytesRead && ((entries[at + ENTRY_BYTES - 1] ?? 0) & PRESENT_OR_SWAPPED) !== 0;
    if (isPresent) from ??= page;
    else if (from !== null) {
      runs.push({ from: from * PAGE_BYTES, until: page * PAGE_BYTES });
      from = null;
    }
  }
  return runs;
}

async function readRun(memory: FileHandle, { from, until }: Run, take: (bytes: Buffer) => void): Promise<void> {
  for (let start = from; start < until; start += CHUNK_BYTES) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES + OVERLAP_BYTES, until - start));
    // What the process gave back meanwhile, or a device has mapped, cannot be read.
    const { bytesRead } = await memory.read(chunk, 0, chunk.length, start).catch(() => ({ bytesRead: 0 }));
    if (bytesRead > 0) take(chunk.subarray(0, bytesRead));
  }
}
