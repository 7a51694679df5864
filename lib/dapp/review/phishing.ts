/**
 * Whether a host is on the build's list of sites that steal. Looked up on this device: nobody is told where somebody goes.
 * The list is the beginnings of hashes in order, so a host that is on no list is taken for one that is about once in three
 * hundred thousand.
 */
import { sha256, stringToBytes } from 'viem';

export const HASH_BYTES = 4;
/** A host has no more parts than this that matter; the rest are below one that is asked. */
const MOST_PARTS = 8;

/** In lower case, without the dot at the end and without `www`. */
export const normalHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');

/**
 * @param list hashes of `HASH_BYTES` each, in order
 * @throws RangeError for a list that is none
 */
export function phishingCheck(list: Uint8Array): (host: string) => boolean {
  if (list.length % HASH_BYTES !== 0) throw new RangeError('not a list of hashes');
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  const has = (wanted: number): boolean => {
    let [low, high] = [0, list.length / HASH_BYTES - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = view.getUint32(middle * HASH_BYTES);
      if (found === wanted) return true;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  };
  return (host) => namesOf(normalHost(host)).some((name) => has(hashOf(name)));
}

const hashOf = (name: string): number => new DataView(sha256(stringToBytes(name), 'bytes').buffer).getUint32(0);

/** The host and every one above it, but never a part that all the world shares (`com`). */
function namesOf(host: string): readonly string[] {
  const parts = host.split('.').slice(-MOST_PARTS);
  return parts.slice(0, -1).map((_, place) => parts.slice(place).join('.'));
}
