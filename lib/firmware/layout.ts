/**
 * The header of a firmware image for the STM32F2 family (OneKey Mini, Trezor One): 1,024 bytes, little endian, at flash
 * 0x08010000; the code follows. Source: the vendors' `legacy` folders (`fw_signatures.h`, `memory.h`).
 */

export type Family = 'MINI' | 'TRZF';

export const HEADER_BYTES = 1024;
export const CHUNK_BYTES = 64 * 1024;
export const CHUNK_COUNT = 16;
export const HASH_BYTES = 32;
export const SIGNATURE_BYTES = 64;
export const HASHES_OFFSET = 0x20;
export const FLASH_START = 0x0801_0000;
/** Sectors 4 to 11, header included. */
export const FLASH_BYTES = 983_040;
/** Header and code: boot loaders refuse less. */
export const SMALLEST_IMAGE_BYTES = 4_096;
/** As many bytes as sixteen chunk hashes can speak for. */
export const LARGEST_IMAGE_BYTES = CHUNK_BYTES * CHUNK_COUNT;
/** Largest file that is looked at. */
export const LARGEST_FILE_BYTES = 8 * 1024 * 1024;
/** What old files from Trezor carry in front of the image, beginning with `TRZR`. */
export const WRAPPER_BYTES = 256;

/** Bytes from `start` up to, and without, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface HeaderField extends Span {
  /** As in the vendors' sources. */
  readonly name: string;
  readonly form: 'text' | 'number' | 'address' | 'version' | 'hash' | 'bytes';
}

export interface FamilyLayout {
  readonly signatureSlots: number;
  /** Signatures and their indexes: what a vendor adds to a build, and a comparison leaves out. */
  readonly signatures: Span;
  readonly indexesOffset: number;
  /** Bytes that have to be zero. */
  readonly reserved: readonly Span[];
  readonly fields: readonly HeaderField[];
}

const SIGNATURES_OFFSET = 0x220;

const field = (name: string, start: number, bytes: number, form: HeaderField['form']): HeaderField => ({
  name,
  start,
  end: start + bytes,
  form,
});

const numbered = (count: number, make: (place: number) => HeaderField): HeaderField[] =>
  Array.from({ length: count }, (_, place) => make(place));

function layoutOf(slots: number, own: readonly HeaderField[], reserved: readonly Span[]): FamilyLayout {
  const indexesOffset = slots === 4 ? 0x320 : 0x2e0;
  const end = indexesOffset + slots;
  return {
    signatureSlots: slots,
    signatures: { start: SIGNATURES_OFFSET, end },
    indexesOffset,
    reserved: [...reserved, { start: end, end: HEADER_BYTES }],
    fields: [
      field('magic', 0, 4, 'text'),
      // The slot called hdrlen holds the address of the reset handler, so it moves with the code.
      field('reset_handler', 4, 4, 'address'),
      field('expiry', 8, 4, 'number'),
      field('codelen', 12, 4, 'number'),
      field('version', 16, 4, 'version'),
      field('fix_version', 20, 4, 'version'),
      ...own,
      ...numbered(CHUNK_COUNT, (chunk) =>
        field(`hash_${chunk}`, HASHES_OFFSET + HASH_BYTES * chunk, HASH_BYTES, 'hash'),
      ),
      ...numbered(slots, (slot) =>
        field(`sig${slot + 1}`, SIGNATURES_OFFSET + SIGNATURE_BYTES * slot, SIGNATURE_BYTES, 'bytes'),
      ),
      ...numbered(slots, (slot) => field(`sigindex${slot + 1}`, indexesOffset + slot, 1, 'number')),
      field('reserved', end, HEADER_BYTES - end, 'bytes'),
    ],
  };
}

export const LAYOUTS: Record<Family, FamilyLayout> = {
  MINI: layoutOf(
    4,
    [field('onekey_version', 24, 4, 'bytes'), field('reserved_1c', 28, 4, 'bytes')],
    [{ start: 28, end: 32 }],
  ),
  TRZF: layoutOf(
    3,
    [
      field('hw_model', 24, 4, 'text'),
      field('hw_revision', 28, 1, 'number'),
      field('monotonic', 29, 1, 'number'),
      field('reserved_1e', 30, 2, 'bytes'),
    ],
    [{ start: 30, end: 32 }],
  ),
};

/** Where a byte of the image stands in the device. */
export const flashAddress = (offset: number): number => FLASH_START + offset;
