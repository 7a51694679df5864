import { concatHex, getAddress, type Hex, numberToHex, pad } from 'viem';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { createRegistry } from '../registry';
import type { Address, ChainAdapter } from '../types';

const MIRA: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const JONAS: Address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const TOKEN: Address = '0x1000000000000000000000000000000000000001';
const OTHER: Address = '0x1000000000000000000000000000000000000002';
const COLLECTIBLE: Address = '0x1000000000000000000000000000000000000003';
const TRANSFER = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** Logs a transfer of the words that it is called with: from, to, units. EIP-20: units are data. */
const LOGGER: Hex = `0x602060406000376020356000357f${TRANSFER}60206000a300`;
/** The same as EIP-721 has it: the fourth topic is the number of the piece. */
const COLLECTIBLE_LOGGER: Hex = `0x6040356020356000357f${TRANSFER}60006000a400`;

let chain: LocalChain;
let adapter: ChainAdapter;

beforeAll(async () => {
  chain = await startLocalChain();
  const local = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  adapter = await createRegistry(async () => [{ ...local, multicall: null, rollup: 'none' }], fetch).get(chain.chainId);
  for (const [at, code] of [
    [TOKEN, LOGGER],
    [OTHER, LOGGER],
    [COLLECTIBLE, COLLECTIBLE_LOGGER],
  ])
    await rpc('anvil_setCode', [at, code]);
});
afterAll(() => chain.stop());

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

async function transfer(token: Address, from: Address, to: Address, units: bigint): Promise<void> {
  const [sender] = await rpc<string[]>('eth_accounts', []);
  const data = concatHex([pad(from), pad(to), pad(numberToHex(units))]);
  await rpc('eth_sendTransactionSync', [{ from: sender, to: token, data }]);
}

it('finds the transfers of known tokens to an account, and nothing else', async () => {
  const before = await adapter.arrivals.latestBlock();
  await transfer(TOKEN, JONAS, MIRA, 120n);
  await transfer(TOKEN, MIRA, JONAS, 5n);
  await transfer(OTHER, JONAS, MIRA, 7n);
  await transfer(COLLECTIBLE, JONAS, MIRA, 9n);
  const latest = await adapter.arrivals.latestBlock();
  const found = await adapter.arrivals.transfersTo([MIRA], [TOKEN, COLLECTIBLE], before + 1n, latest);
  expect(found).toMatchObject([{ token: getAddress(TOKEN), from: JONAS, to: MIRA, units: 120n, logIndex: 0 }]);
});

it('reads what an account held at one block', async () => {
  await chain.fund(MIRA, 100n);
  const block = await adapter.arrivals.latestBlock();
  await chain.fund(MIRA, 11n);
  expect(await adapter.arrivals.stateAt(MIRA, block)).toEqual({ wei: 100n, nonce: 0 });
  expect(await adapter.arrivals.stateAt(MIRA, block + 1n)).toEqual({ wei: 111n, nonce: 0 });
});

it('fails with a code when the node does not give them', async () => {
  const latest = await adapter.arrivals.latestBlock();
  await expect(adapter.arrivals.transfersTo([MIRA], [TOKEN], latest + 5n, latest + 1n)).rejects.toMatchObject({
    code: 'chain-unreachable',
  });
});
