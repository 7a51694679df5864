import { blake2s } from '@noble/hashes/blake2.js';
import { equalBytes, toHex } from '@/lib/bytes';
import { codeOf, type FirmwareImage, maskedImage } from './image';
import { CHUNK_BYTES, CHUNK_COUNT, FLASH_BYTES, HASH_BYTES, HASHES_OFFSET, HEADER_BYTES } from './layout';
import { fingerprintOf } from './signatures';

/** SHA-256 of many megabytes: WebCrypto's, which is there in browsers and in Node. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

export interface ImageHashes {
  /** Of the image as it is, without a wrapper. In hex, as all here. */
  readonly full: string;
  /** Of the image without signatures and their indexes. */
  readonly masked: string;
  /** Of the code alone; its first seven digits stand on the device's About screen. */
  readonly code: string;
  /** Of the header without signatures: what a vendor signs. */
  readonly fingerprint: string;
}

export interface ChunkHash {
  readonly chunk: number;
  /** `unused`: no code, and no hash; `stale`: the header's hash is not that of the content. */
  readonly state: 'fits' | 'stale' | 'unused';
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export async function hashImage(image: FirmwareImage, digest: Digest): Promise<ImageHashes> {
  const [full, masked, code] = await Promise.all(
    [copyOf(image.bytes), maskedImage(image), copyOf(codeOf(image))].map((bytes) => digest(bytes)),
  );
  const text = (hash: Uint8Array | undefined) => toHex(hash ?? new Uint8Array());
  return { full: text(full), masked: text(masked), code: text(code), fingerprint: toHex(fingerprintOf(image)) };
}

/** The bytes that a chunk's hash speaks for: the first begins behind the header, the last is filled up with 0xFF. */
function chunkContent({ bytes }: FirmwareImage, chunk: number): Uint8Array<ArrayBuffer> {
  const start = chunk === 0 ? HEADER_BYTES : CHUNK_BYTES * chunk;
  const content = new Uint8Array(CHUNK_BYTES * (chunk + 1) - start).fill(0xff);
  content.set(bytes.subarray(start, CHUNK_BYTES * (chunk + 1)));
  return content;
}

/** Holds the sixteen hashes of the header against the content. */
export function checkChunks(image: FirmwareImage, digest: Digest): Promise<ChunkHash[]> {
  const check = async (chunk: number): Promise<ChunkHash> => {
    const start = HASHES_OFFSET + HASH_BYTES * chunk;
    const said = image.bytes.subarray(start, start + HASH_BYTES);
    if (chunk >= image.usedChunks) {
      return { chunk, state: said.every((byte) => byte === 0) ? 'unused' : 'stale' };
    }
    return { chunk, state: equalBytes(said, await digest(chunkContent(image, chunk))) ? 'fits' : 'stale' };
  };
  return Promise.all(Array.from({ length: CHUNK_COUNT }, (_, chunk) => check(chunk)));
}

/**
 * What a device with exactly this image answers to a challenge: keyed BLAKE2s-256 over all sectors of the code, the
 * rest of them erased. The firmware that is being asked computes the answer, so it proves nothing.
 * @param challenge 1 to 32 bytes
 */
export function deviceHash({ bytes }: FirmwareImage, challenge: Uint8Array): Uint8Array {
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  flash.set(bytes.subarray(0, FLASH_BYTES));
  return blake2s(flash, { key: challenge, dkLen: 32 });
}
