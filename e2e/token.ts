/** A token of its own on the stack's chain, which answers a transfer with nothing, as USDT does. */
import { expect, type Page } from '@playwright/test';
import { createPublicClient, type Hex, http, parseAbi } from 'viem';
import { type TokenShape, tokenCode } from '@/lib/chains/testing/token-contract';
import type { Stack } from './stack';

type Chain = Pick<Stack, 'chain'>;

const abi = parseAbi(['function balanceOf(address owner) view returns (uint256)']);

export async function rpc<T>({ chain }: Chain, method: string, params: readonly unknown[] = []): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

/** @returns its address */
export async function deployToken(
  stack: Chain,
  holder: string,
  name: Pick<TokenShape, 'symbol' | 'name'>,
): Promise<Hex> {
  const [from] = await rpc<Hex[]>(stack, 'eth_accounts');
  const data = tokenCode({ ...name, decimals: 6, holder, supply: 1_000_000_000n, transferReturns: 'nothing' });
  const receipt = await rpc<{ contractAddress: Hex }>(stack, 'eth_sendTransactionSync', [{ from, data }]);
  return receipt.contractAddress;
}

export const tokenBalance = ({ chain }: Chain, address: Hex, owner: Hex): Promise<bigint> =>
  createPublicClient({ transport: http(chain.rpcUrl) }).readContract({
    address,
    abi,
    functionName: 'balanceOf',
    args: [owner],
  });

/** Has the wallet list it, as its own page would. */
export async function listToken(page: Page, stack: Chain, address: Hex): Promise<void> {
  const chainId = Number(await rpc<Hex>(stack, 'eth_chainId'));
  await askBackground(page, { name: 'tokens.add', input: { chainId, address } });
}

export async function askBackground(page: Page, message: { readonly name: string; readonly input: unknown }) {
  const reply = await page.evaluate((asked) => {
    type Runtime = { sendMessage(message: unknown): Promise<{ ok: boolean }> };
    return (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome.runtime.sendMessage(asked);
  }, message);
  expect(reply).toMatchObject({ ok: true });
}
