/** Images that no device ever had: golden ones for the tests, laid out and signed as the vendors do it. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex, utf8 } from '@/lib/bytes';
import { parseImage } from '../image';
import { CHUNK_BYTES, type Family, HASH_BYTES, HASHES_OFFSET, HEADER_BYTES, LAYOUTS, SIGNATURE_BYTES } from '../layout';
import { fingerprintOf, signedDigest } from '../signatures';
import type { SigningScheme, VendorKeys } from '../vendor-keys';

export interface SyntheticOptions {
  readonly family?: Family;
  /** Header and code. */
  readonly sizeBytes?: number;
  readonly buildId?: string;
  /** Where the build is named, from the image's start. */
  readonly buildIdOffset?: number;
  /** Twenty bytes at this place begin with the commit of `buildId`. */
  readonly revisionOffset?: number;
}

export const BUILD_ID = 'mini.9.9.9-Stable-0612-4f1c2a9';
const REVISION_TAIL = 'c0ffee00c0ffee00c0ffee00c0ffee000';

/** An unsigned build: always the same code for the same size, with chunk hashes that fit. */
export function buildImage(options: SyntheticOptions = {}): Uint8Array<ArrayBuffer> {
  const { family = 'MINI', sizeBytes = 3 * CHUNK_BYTES, buildId = BUILD_ID } = options;
  const { buildIdOffset = Math.min(sizeBytes - 100, CHUNK_BYTES + 0x3b4), revisionOffset } = options;
  const image = new Uint8Array(sizeBytes);
  const view = new DataView(image.buffer);
  image.set(utf8(family));
  view.setUint32(4, 0x0801_2345, true);
  view.setUint32(12, sizeBytes - HEADER_BYTES, true);
  image.set([2, 99, 99, 0], 16);
  if (family === 'MINI') image.set([0x99, 0x09], 24);
  let state = 0x2545_f491;
  for (let offset = HEADER_BYTES; offset < sizeBytes; offset += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    image[offset] = state >>> 24;
  }
  image.set(utf8(buildId), buildIdOffset);
  if (revisionOffset !== undefined) {
    const digits = buildId.slice(-7) + REVISION_TAIL;
    image.set(
      Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
      revisionOffset,
    );
  }
  return hashChunks(image);
}

/** Writes the chunk hashes that belong to the content. */
export function hashChunks(image: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  image.fill(0, HASHES_OFFSET, HASHES_OFFSET + 16 * HASH_BYTES);
  for (let chunk = 0; chunk * CHUNK_BYTES < image.length; chunk += 1) {
    const start = chunk === 0 ? HEADER_BYTES : chunk * CHUNK_BYTES;
    const content = new Uint8Array((chunk + 1) * CHUNK_BYTES - start).fill(0xff);
    content.set(image.subarray(start, (chunk + 1) * CHUNK_BYTES));
    image.set(sha256(content), HASHES_OFFSET + chunk * HASH_BYTES);
  }
  return image;
}

const testKey = (index: number): Uint8Array => sha256(utf8(`Halfkey test key ${index}`));
const testKeys = (count: number): string[] =>
  Array.from({ length: count }, (_, place) => toHex(secp256k1.getPublicKey(testKey(place + 1))));

/** Keys whose private halves everybody can compute. */
export const TEST_KEYS: VendorKeys = {
  MINI: [{ form: 'message', threshold: 4, keys: testKeys(7) }],
  TRZF: [
    { form: 'message', threshold: 2, keys: testKeys(3) },
    { form: 'plain', threshold: 3, keys: testKeys(5) },
  ],
};

/** A copy that is signed with the test keys of these indexes, slot by slot. */
export function signImage(
  build: Uint8Array,
  indexes: readonly number[],
  form: SigningScheme['form'] = 'message',
): Uint8Array<ArrayBuffer> {
  const signed = new Uint8Array(build);
  const image = parseImage(signed);
  const { signatures, indexesOffset } = LAYOUTS[image.family];
  const digest = signedDigest(fingerprintOf(image), form);
  for (const [slot, index] of indexes.entries()) {
    signed.set(secp256k1.sign(digest, testKey(index), { prehash: false }), signatures.start + slot * SIGNATURE_BYTES);
    signed[indexesOffset + slot] = index;
  }
  return signed;
}
