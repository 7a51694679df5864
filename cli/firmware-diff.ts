import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { WalletError } from '@/lib/errors';
import { compareFirmware } from '@/lib/firmware/compare';
import { checkFileSize, type FirmwareFault, type FirmwareImage, parseImage } from '@/lib/firmware/image';
import { reportDocument } from '@/lib/firmware/report';
import { reportText, resultsYaml } from '@/lib/firmware/report-text';
import { VENDOR_KEYS } from '@/lib/firmware/vendor-keys';
import packageFile from '../package.json' with { type: 'json' };

export const FIRMWARE_DIFF_USAGE = 'halfkey firmware-diff VENDOR BUILT [--json] [--results FILE]';

const FAULTS: Record<FirmwareFault, string> = {
  empty: 'is empty',
  'too-large': 'is larger than 8 MiB, which no firmware of this family is',
  'not-firmware': 'is not a firmware image: it begins with neither MINI nor TRZF nor TRZR',
  truncated: 'ends before its header says it does: it is truncated',
  'too-short': 'is smaller than 4,096 bytes: no boot loader takes it',
  'trailing-bytes': 'goes on after its header says it ends',
  'too-long': 'says that it is longer than its sixteen chunks can be',
  'other-family': 'is for another family of devices than the first file',
  'same-file': "holds the same image as the first file, byte for byte: name the vendor's file and your own build",
};

/**
 * Compares a vendor's firmware with a build of one's own.
 * @returns exit status: 0 reproducible, 1 anything else
 * @throws Error in words for a file that cannot be compared
 */
export async function firmwareDiff(args: string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, results: { type: 'string' } },
  });
  const [vendorPath, builtPath, ...more] = positionals;
  if (vendorPath === undefined || builtPath === undefined || more.length > 0) {
    throw new Error(`usage: ${FIRMWARE_DIFF_USAGE}`);
  }
  const vendor = inWords(vendorPath, () => readImage(vendorPath));
  const built = inWords(builtPath, () => readImage(builtPath));
  const comparison = await compareFirmware(vendor, built, { digest, keys: VENDOR_KEYS }).catch(throwInWords(builtPath));
  const files = { vendor: basename(vendorPath), built: basename(builtPath) };
  if (values.results !== undefined) {
    writeFileSync(values.results, resultsYaml(comparison, { nowMs: Date.now(), version: packageFile.version, files }));
  }
  const lines = values.json ? [JSON.stringify(reportDocument(comparison, files))] : reportText(comparison, files);
  for (const line of lines) print(line);
  return comparison.verdict.kind === 'reproducible' ? 0 : 1;
}

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** Its size is looked at before it is read. */
function readImage(path: string): FirmwareImage {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new Error(`${path} does not exist`);
  if (!stat.isFile()) throw new Error(`${path} is not a file`);
  checkFileSize(stat.size);
  return parseImage(readFileSync(path));
}

function inWords<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    return throwInWords(path)(error);
  }
}

const throwInWords =
  (path: string) =>
  (error: unknown): never => {
    const fault = error instanceof WalletError ? error.details.reason : undefined;
    const words = Object.entries(FAULTS).find(([reason]) => reason === fault)?.[1];
    throw words === undefined ? error : new Error(`${path} ${words}`);
  };
