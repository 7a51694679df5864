/** What every address of a chain begins with, such as `bitcoincash:`, and groups of four characters of the rest. */
export function addressParts(address: string): { readonly prefix: string; readonly groups: readonly string[] } {
  const start = address.indexOf(':') + 1;
  return { prefix: address.slice(0, start), groups: address.slice(start).match(/.{1,4}/g) ?? [] };
}
