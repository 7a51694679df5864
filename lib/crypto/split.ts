/** Shamir's secret sharing, 2 of 2, over GF(2^8) by `shamir-secret-sharing`, which draws its own randomness. */
import { combine, split } from 'shamir-secret-sharing';

/** One share of a 32-byte key: 32 bytes of y, then x (1 to 255). */
export const SHARE_BYTES = 33;

/** Both shares of `key` (32 bytes), 33 bytes each with different last bytes. Either alone says nothing about the key. */
export async function splitKey(key: Uint8Array): Promise<[backendShare: Uint8Array, realmShare: Uint8Array]> {
  const [backendShare, realmShare] = await split(key, 2, 2);
  if (!backendShare || !realmShare) throw new Error('split gave fewer than two shares');
  return [backendShare, realmShare];
}

/** Whether two byte strings have the shape of two different shares of one key. */
export function areShares(a: Uint8Array, b: Uint8Array): boolean {
  const ax = a[SHARE_BYTES - 1];
  const bx = b[SHARE_BYTES - 1];
  return a.length === SHARE_BYTES && b.length === SHARE_BYTES && ax !== bx && ax !== 0 && bx !== 0;
}

/** The 32-byte key. Any two well-shaped shares join to something: whether it is the key, the commitment says. */
export async function joinKey(backendShare: Uint8Array, realmShare: Uint8Array): Promise<Uint8Array> {
  return combine([backendShare, realmShare]);
}
