import { type BuildId, buildIdsOf } from './build-id';
import { classifyDifferences, type Difference } from './classify';
import { type ChunkHash, checkChunks, type Digest, hashImage, type ImageHashes } from './hashes';
import { type FirmwareImage, firmwareError, reservedOffsets } from './image';
import { FLASH_BYTES } from './layout';
import { areEqual } from './ranges';
import { checkSignatures, type SignatureReport } from './signatures';
import type { VendorKeys } from './vendor-keys';

export type Verdict =
  | { readonly kind: 'reproducible' }
  /** @property bytes how many differ besides signatures; all of them are the date or follow from it */
  | { readonly kind: 'build-date-only'; readonly bytes: number }
  | { readonly kind: 'not-reproducible'; readonly unexplainedBytes: number };

/** One file, and what was found in it. */
export interface ImageReport {
  readonly image: FirmwareImage;
  readonly hashes: ImageHashes;
  readonly signatures: SignatureReport;
  /** Sixteen. */
  readonly chunks: readonly ChunkHash[];
  /** What the code says of its own build: the first place, and every one. */
  readonly buildId: BuildId | undefined;
  readonly buildIds: readonly BuildId[];
  /** Reserved bytes of the header that are not zero. */
  readonly reservedOffsets: readonly number[];
  readonly fitsFlash: boolean;
}

export interface FirmwareComparison {
  readonly verdict: Verdict;
  readonly vendor: ImageReport;
  readonly built: ImageReport;
  readonly differences: readonly Difference[];
}

export interface CompareTools {
  readonly digest: Digest;
  readonly keys: VendorKeys;
}

/**
 * Holds the vendor's image against a build of one's own.
 * @throws WalletError `bad-firmware`: `other-family`, `same-file`
 */
export async function compareFirmware(
  theirs: FirmwareImage,
  ours: FirmwareImage,
  tools: CompareTools,
): Promise<FirmwareComparison> {
  if (theirs.family !== ours.family) throw firmwareError('other-family');
  if (areEqual(theirs.bytes, ours.bytes)) throw firmwareError('same-file');
  const [vendor, built] = await Promise.all([inspectImage(theirs, tools), inspectImage(ours, tools)]);
  const differences = classifyDifferences(vendor, built);
  return { verdict: verdictOn(differences), vendor, built, differences };
}

async function inspectImage(image: FirmwareImage, { digest, keys }: CompareTools): Promise<ImageReport> {
  const [hashes, chunks] = await Promise.all([hashImage(image, digest), checkChunks(image, digest)]);
  const buildIds = buildIdsOf(image);
  return {
    image,
    hashes,
    chunks,
    signatures: checkSignatures(image, keys),
    buildId: buildIds[0],
    buildIds,
    reservedOffsets: reservedOffsets(image),
    fitsFlash: image.bytes.length <= FLASH_BYTES,
  };
}

const bytesOf = (differences: readonly Difference[]): number =>
  differences.reduce((sum, { differingBytes }) => sum + differingBytes, 0);

function verdictOn(differences: readonly Difference[]): Verdict {
  const unexplained = differences.filter(({ explained }) => !explained);
  if (unexplained.length > 0) return { kind: 'not-reproducible', unexplainedBytes: bytesOf(unexplained) };
  const beyondSignatures = differences.filter((difference) => difference.class !== 'signatures');
  return beyondSignatures.length === 0
    ? { kind: 'reproducible' }
    : { kind: 'build-date-only', bytes: bytesOf(beyondSignatures) };
}
