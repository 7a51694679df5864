/** A token on a node of this machine, made past the wallet. */
import type { Hex } from 'viem';
import { tokenCode } from '@/lib/chains/testing/token-contract';

export type NodeCall = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** @returns what asks the node, and gives the result */
export const nodeAt =
  (rpcUrl: string): NodeCall =>
  async (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    return (await (await fetch(rpcUrl, { method: 'POST', headers, body })).json()).result;
  };

/** Of the token, in its smallest unit. */
export const SUPPLY = 1_000_000_000n;

/** @returns the address of a token that the holder has all of */
export async function deployToken(node: NodeCall, holder: string): Promise<Hex> {
  // Not the first account: it would make its contract at the very address that the test dApp has for its thief.
  const [, from] = (await node('eth_accounts', [])) as readonly Hex[];
  const shape = { symbol: 'USDX', name: 'Dollar X', decimals: 6, holder, supply: SUPPLY } as const;
  const data = tokenCode({ ...shape, transferReturns: 'true' });
  const { contractAddress } = (await node('eth_sendTransactionSync', [{ from, data }])) as { contractAddress: Hex };
  return contractAddress;
}
