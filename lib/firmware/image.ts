import { WalletError } from '@/lib/errors';
import {
  CHUNK_BYTES,
  type Family,
  HEADER_BYTES,
  type HeaderField,
  LARGEST_FILE_BYTES,
  LARGEST_IMAGE_BYTES,
  LAYOUTS,
  SMALLEST_IMAGE_BYTES,
  WRAPPER_BYTES,
} from './layout';

/** Why a file cannot be looked at; the `reason` beside the code `bad-firmware`. */
export type FirmwareFault =
  | 'empty'
  | 'too-large'
  | 'not-firmware'
  | 'truncated'
  | 'too-short'
  | 'trailing-bytes'
  | 'too-long'
  | 'other-family'
  | 'same-file';

export interface FirmwareImage {
  readonly family: Family;
  /** Header and code, without what stood in front. */
  readonly bytes: Uint8Array;
  /** The file began with the 256 bytes of an old Trezor wrapper. */
  readonly wrapped: boolean;
  /** Chunks that hold something, 1 to 16. */
  readonly usedChunks: number;
}

export const firmwareError = (reason: FirmwareFault): WalletError => new WalletError('bad-firmware', { reason });

/** @throws WalletError `bad-firmware` for nothing at all, and for more than is looked at */
export function checkFileSize(sizeBytes: number): void {
  if (sizeBytes === 0) throw firmwareError('empty');
  if (sizeBytes > LARGEST_FILE_BYTES) throw firmwareError('too-large');
}

function magicOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Finds the image in a file and holds its length against what its header says.
 * @throws WalletError `bad-firmware` with a `FirmwareFault` as its reason
 */
export function parseImage(file: Uint8Array): FirmwareImage {
  checkFileSize(file.length);
  const wrapped = magicOf(file) === 'TRZR';
  const bytes = wrapped ? file.subarray(WRAPPER_BYTES) : file;
  const family = magicOf(bytes);
  if (family !== 'MINI' && family !== 'TRZF') throw firmwareError(wrapped ? 'truncated' : 'not-firmware');
  if (bytes.length < HEADER_BYTES) throw firmwareError('truncated');
  const saidBytes = HEADER_BYTES + viewOf(bytes).getUint32(12, true);
  if (saidBytes > LARGEST_IMAGE_BYTES) throw firmwareError('too-long');
  if (bytes.length < saidBytes) throw firmwareError('truncated');
  if (bytes.length > saidBytes) throw firmwareError('trailing-bytes');
  if (bytes.length < SMALLEST_IMAGE_BYTES) throw firmwareError('too-short');
  return { family, bytes, wrapped, usedChunks: Math.ceil(bytes.length / CHUNK_BYTES) };
}

/** The code: everything behind the header. */
export const codeOf = ({ bytes }: FirmwareImage): Uint8Array => bytes.subarray(HEADER_BYTES);

/** Header and code with signatures and their indexes zeroed: equal for every true build of one source. */
export function maskedImage({ bytes, family }: FirmwareImage): Uint8Array<ArrayBuffer> {
  const masked = new Uint8Array(bytes);
  const { start, end } = LAYOUTS[family].signatures;
  masked.fill(0, start, end);
  return masked;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A field of the header as people compare it. */
export function fieldText(image: FirmwareImage, { start, end, form, name }: HeaderField): string {
  const bytes = image.bytes.subarray(start, end);
  switch (form) {
    case 'text':
      return printable(bytes) ?? `0x${hex(bytes)}`;
    case 'number':
      return String(bytes.length === 1 ? bytes[0] : viewOf(bytes).getUint32(0, true));
    case 'address':
      return `0x${viewOf(bytes).getUint32(0, true).toString(16).padStart(8, '0')}`;
    case 'version':
      return bytes.join('.');
    case 'hash':
      return hex(bytes);
    case 'bytes':
      return name === 'onekey_version' ? onekeyVersion(bytes) : hex(bytes);
    default:
      return form satisfies never;
  }
}

function printable(bytes: Uint8Array): string | undefined {
  const text = magicOf(bytes);
  return /^[\x20-\x7e]{4}$/.test(text) ? text : undefined;
}

/** Two bytes, nibbles as numbers: 0x37 0x01 is 3.7.1. */
function onekeyVersion([high = 0, low = 0, ...rest]: Iterable<number>): string {
  const version = `${high >> 4}.${high & 15}.${low}`;
  return rest.every((byte) => byte === 0) ? version : `${version} (0x${hex(Uint8Array.of(high, low, ...rest))})`;
}

/** Places of bytes that have to be zero and are not. */
export function reservedOffsets({ bytes, family }: FirmwareImage): number[] {
  return LAYOUTS[family].reserved.flatMap(({ start, end }) =>
    Array.from({ length: end - start }, (_, place) => start + place).filter((offset) => bytes[offset] !== 0),
  );
}
