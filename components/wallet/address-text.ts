/** The one short form of an address: eight characters after what all of a chain begin with, such as `bitcoincash:`, six at the end. */
export function shortAddress(address: string): string {
  const body = address.slice(address.indexOf(':') + 1);
  return `${body.slice(0, 8)}…${body.slice(-6)}`;
}

/** The ten groups of four characters of a 20-byte address, without `0x`. */
export function addressGroups(address: string): readonly string[] {
  return address.slice(2).match(/.{4}/g) ?? [];
}
