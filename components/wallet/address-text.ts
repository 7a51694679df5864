/** The one short form of an address: six characters after `0x`, six at the end. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 8)}…${address.slice(-6)}`;
}

/** The ten groups of four characters of a 20-byte address, without `0x`. */
export function addressGroups(address: string): readonly string[] {
  return address.slice(2).match(/.{4}/g) ?? [];
}
