/** Without what every address of the chain begins with, such as `bitcoincash:`. */
const body = (address: string): string => address.slice(address.indexOf(':') + 1);

/** The one short form of an address: its first eight characters and its last six. */
export const shortAddress = (address: string): string => `${body(address).slice(0, 8)}…${address.slice(-6)}`;

/** What every address of the chain begins with, and groups of four characters of the rest, the last one perhaps shorter. */
export function addressParts(address: string): { readonly prefix: string; readonly groups: readonly string[] } {
  const rest = body(address);
  return { prefix: address.slice(0, address.length - rest.length), groups: rest.match(/.{1,4}/g) ?? [] };
}
