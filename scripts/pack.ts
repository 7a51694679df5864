import { writeFileSync } from 'node:fs';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { type Copy, readCopy } from '@/cli/read-copy';
import { releaseFaults } from './release-faults';

/** The earliest time that a zip can hold, in the form that is the same in every time zone. */
const FIXED_TIME = '1980-01-01T00:00:00';

/**
 * Packs files so that equal files give equal bytes on every machine: sorted names, one fixed time,
 * no attributes, and a compressor that is part of this project instead of the system's.
 */
export function pack(files: Copy): Uint8Array {
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort()) {
    entries[path] = [files.get(path) ?? strToU8(''), { mtime: FIXED_TIME, level: 9, os: 3, attrs: 0 }];
  }
  return zipSync(entries);
}

/** `pack FOLDER FILE` */
if (process.argv[1] === import.meta.filename) {
  const [folder = '.output/chrome-mv3', file = `${folder}.zip`] = process.argv.slice(2);
  const copy = readCopy(folder);
  const faults = releaseFaults(copy);
  if (faults.length > 0) throw new Error(`${folder} must not be shipped: ${faults.join('; ')}`);
  const bytes = pack(copy);
  writeFileSync(file, bytes);
  console.log(`${file}: ${bytes.length} bytes`);
}
