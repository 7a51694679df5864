/** The name of something that has an amount: a chain's own unit (`1`), or a token on it (`1:0xa0b8…`, lower case). */
export function assetKey(chainId: number, token: string | null): string {
  return token === null ? String(chainId) : `${chainId}:${token.toLowerCase()}`;
}
