/**
 * Where a transaction is looked at on the web.
 * @param explorerUrl of the network, null where it has none
 * @param hash null for what is known by its balance alone
 */
export function explorerUrlOf(explorerUrl: string | null, hash: string | null): string | null {
  if (explorerUrl === null || hash === null) return null;
  return `${explorerUrl.replace(/\/$/, '')}/tx/${hash}`;
}
