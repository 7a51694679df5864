import { writeFileSync } from 'node:fs';
import { deflateAsync } from '@gfx/zopfli';
import { strToU8, Zip, ZipPassThrough } from 'fflate';
import { type Copy, readCopy } from '@/cli/read-copy';
import { releaseFaults } from './release-faults';

/** The earliest time that a zip can hold, in the form that is the same in every time zone. */
const FIXED_TIME = '1980-01-01T00:00:00';
/** How often the compressor looks for a shorter way to write the same bytes. */
const ROUNDS = 5;
/** PKZIP APPNOTE 4.4.5. */
const DEFLATED = 8;

/**
 * Packs files so that equal files give equal bytes on every machine: sorted names, one fixed time, no attributes, and
 * compressor and container that are part of this project instead of the system's. The compressor is a slow and thorough
 * one: an extension is packed once, and downloaded by everybody.
 */
export async function pack(files: Copy): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  for (const path of [...files.keys()].sort()) {
    const bytes = files.get(path) ?? strToU8('');
    const file = new DeflatedFile(path, Uint8Array.from(await deflateAsync(bytes, { numiterations: ROUNDS })));
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(parts);
}

/** A file that was compressed before it came into the container, which still counts and checks the bytes themselves. */
class DeflatedFile extends ZipPassThrough {
  constructor(
    path: string,
    private readonly deflated: Uint8Array<ArrayBuffer>,
  ) {
    super(path);
    this.compression = DEFLATED;
    this.mtime = FIXED_TIME;
    this.os = 3;
    this.attrs = 0;
  }

  protected override process(_bytes: Uint8Array, last: boolean): void {
    this.ondata(null, this.deflated, last);
  }
}

/** `pack FOLDER FILE` */
if (process.argv[1] === import.meta.filename) {
  const [folder = '.output/chrome-mv3', file = `${folder}.zip`] = process.argv.slice(2);
  const copy = readCopy(folder);
  const faults = releaseFaults(copy);
  if (faults.length > 0) throw new Error(`${folder} must not be shipped: ${faults.join('; ')}`);
  const bytes = await pack(copy);
  writeFileSync(file, bytes);
  console.log(`${file}: ${bytes.length} bytes`);
}
