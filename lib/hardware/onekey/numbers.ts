import { fromHex } from '@/lib/bytes';

/** Big-endian without leading zeros; zero is no bytes at all. */
export function toMinimalBytes(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return value === 0n ? new Uint8Array() : fromHex(digits.length % 2 === 0 ? digits : `0${digits}`);
}

export const hexBytes = (hex: `0x${string}`): Uint8Array => fromHex(hex.slice(2));
