/** Chains with names: Ethereum and Sepolia, where the registry of the Ethereum Name Service is. */
const CHAINS_WITH_NAMES: ReadonlySet<number> = new Set([1, 11155111]);

export const hasNames = (chainId: number): boolean => CHAINS_WITH_NAMES.has(chainId);
