import { existsSync, realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Comparison, compareCopies, type Difference } from './compare';
import { buildHash } from './file-list';
import { readCopy } from './read-copy';

export const VERIFY_USAGE = 'halfkey verify FILE-OR-FOLDER [--against BUILD-FOLDER] [--json]';

/**
 * Compares an installed or downloaded copy with a local build and names every difference.
 * @returns exit status: 0 the same, 1 different
 * @throws UnreadableCopyError
 */
export function verify(args: string[], print: (line: string) => void): number {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { against: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new Error(`usage: ${VERIFY_USAGE}`);
  const copy = readCopy(path);
  const build = values.against ?? (path.endsWith('.xpi') ? '.output/firefox-mv3' : '.output/chrome-mv3');
  if (!existsSync(build))
    throw new Error(`${build} does not exist: make it with npm run build, or name a build with --against`);
  if (realpathSync(build) === realpathSync(path)) throw new Error(`${path} is the build itself: name another copy`);
  const ours = readCopy(build);
  const comparison = compareCopies(ours, copy);
  const lines = values.json ? [JSON.stringify(comparison)] : describe(comparison, path, build);
  if (!values.json && comparison.verdict !== 'different')
    lines.push(`Its hash, which the wallet shows under Settings, About: ${buildHash(ours)}`);
  for (const line of lines) print(line);
  return comparison.verdict === 'different' ? 1 : 0;
}

function describe(
  { verdict, filesCompared, differences, storeAdditions }: Comparison,
  path: string,
  build: string,
): string[] {
  const lines = [`${path}`, `compared with ${build}, ${filesCompared} files`, ''];
  for (const difference of differences) lines.push(...describeDifference(difference));
  for (const addition of storeAdditions) lines.push(`added by a store  ${addition}`);
  if (differences.length + storeAdditions.length > 0) lines.push('');
  switch (verdict) {
    case 'identical':
      lines.push('IDENTICAL: every file is equal, byte for byte.');
      break;
    case 'identical-but-store-additions':
      lines.push('IDENTICAL but for what a store adds (signatures, update address): every file of the build is equal.');
      break;
    case 'different':
      lines.push(
        `DIFFERENT: ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}. This copy was not made from this source and configuration.`,
      );
      break;
  }
  if (verdict !== 'different')
    lines.push('It is as trustworthy as the source and the packages that you built from, no more and no less.');
  return lines;
}

function describeDifference(difference: Difference): string[] {
  const { kind, path } = difference;
  if (kind !== 'changed') return [`${kind.padEnd(8)} ${path}`, `         sha256 ${difference.sha256}`];
  const fields = difference.fields
    ? `, fields: ${difference.fields.join(', ') || 'none (only its spelling differs)'}`
    : '';
  return [
    `changed  ${path} from byte ${difference.offset}${fields}`,
    `         build sha256 ${difference.builtSha256}`,
    `         copy  sha256 ${difference.copySha256}`,
  ];
}
