/** The secret that the realms guard: 102 of Juicebox's 128 bytes (keyless protocol, section 3). */
import { readU32, u32 } from '@/lib/bytes';

export const PAYLOAD_VERSION = 1;
export const PAYLOAD_BYTES = 102;

export interface Payload {
  readonly generation: number;
  /** 33 bytes. */
  readonly realmShare: Uint8Array;
  /** 32 bytes. */
  readonly recordHash: Uint8Array;
  /** 32 bytes derived from the key; stands nowhere else. */
  readonly commitment: Uint8Array;
}

/** `version | generation u32 | realm share 33 | record hash 32 | commitment 32`. */
export function encodePayload(payload: Payload): Uint8Array {
  const bytes = new Uint8Array(PAYLOAD_BYTES);
  bytes[0] = PAYLOAD_VERSION;
  bytes.set(u32(payload.generation), 1);
  bytes.set(payload.realmShare, 5);
  bytes.set(payload.recordHash, 38);
  bytes.set(payload.commitment, 70);
  return bytes;
}

/** Views into `bytes`, so that wiping them wipes everything. @throws RangeError unless `bytes` is one payload of this version. */
export function decodePayload(bytes: Uint8Array): Payload {
  if (bytes.length !== PAYLOAD_BYTES || bytes[0] !== PAYLOAD_VERSION) throw new RangeError('not a payload');
  return {
    generation: readU32(bytes, 1),
    realmShare: bytes.subarray(5, 38),
    recordHash: bytes.subarray(38, 70),
    commitment: bytes.subarray(70, 102),
  };
}
