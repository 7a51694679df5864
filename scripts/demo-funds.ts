import { isAddress, parseEther } from 'viem';
import { fundAccount } from './local-chain';

export const FUNDS_ETH = '10';

/**
 * Gives money of the local chain to whoever a person names.
 * @returns what to tell that person
 * @throws Error if that is no address, or with the chain's words
 */
export async function giveFunds(rpcUrl: string, address: string): Promise<string> {
  if (!isAddress(address)) throw new Error(`${address} is not an address, or has a typing mistake`);
  const hash = await fundAccount(rpcUrl, address, parseEther(FUNDS_ETH));
  return `${FUNDS_ETH} ETH of the local chain are at ${address}, transaction ${hash}`;
}
