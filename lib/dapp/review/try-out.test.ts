import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { coinCode, shopCode } from './testing/contracts';
import { tryOut } from './try-out';
import type { Address, Call, NodeRequest } from './types';

const COIN = parseAbi([
  'function transfer(address to, uint256 units)',
  'function approve(address spender, uint256 units)',
]);
const SUPPLY = 1_000_000n;
const PAID_WEI = 5_000n;

let chain: LocalChain;
let node: NodeRequest;
let [account, other]: readonly Address[] = [];
let coin: Address;
let liar: Address;
let shop: Address;

class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly data: unknown,
  ) {
    super(message);
  }
}

async function request(method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(chain.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Refused(error.code, error.message, error.data);
  return result;
}

/** The node without some of its methods. */
const without =
  (...missing: readonly string[]): NodeRequest =>
  (method, params) =>
    missing.includes(method) ? Promise.reject(new Refused(-32601, 'Method not found', null)) : request(method, params);

const address = (): Address => {
  if (account === undefined) throw new Error('no account');
  return account;
};
async function make(data: Hex, from: Address): Promise<Address> {
  const receipt = await request('eth_sendTransactionSync', [{ from, data, gas: '0x200000' }]);
  return (receipt as { contractAddress: Address }).contractAddress;
}
const call = (to: Address, data: Hex, valueWei = 0n): Call => ({ from: address(), to, valueWei, data });
const transfer = (to: Address, units: bigint) =>
  encodeFunctionData({ abi: COIN, functionName: 'transfer', args: [to, units] });

beforeAll(async () => {
  chain = await startLocalChain();
  node = request;
  [account, other] = (await request('eth_accounts', [])) as Address[];
  coin = await make(coinCode(address(), SUPPLY), address());
  liar = await make(coinCode(address(), SUPPLY, 'lies'), address());
  shop = await make(shopCode(coin), address());
  await request('eth_sendTransactionSync', [
    { from: account, to: coin, data: transfer(shop, 500_000n), gas: '0x200000' },
  ]);
});

afterAll(() => chain.stop());

describe.each([
  ['eth_simulateV1', 'simulated', []],
  ['debug_traceCall', 'traced', ['eth_simulateV1']],
] as const)('by %s', (_, how, missing) => {
  it('tells what is given and what comes back', async () => {
    const trial = await tryOut(without(...missing), [call(shop, '0x12345678', PAID_WEI)]);
    expect(trial).toMatchObject({ kind: 'changes', how, grants: [], operators: [] });
    const moves = trial.kind === 'changes' ? trial.moves : [];
    expect(moves).toContainEqual({ standard: 'own', token: null, tokenId: null, units: -PAID_WEI });
    expect(moves).toContainEqual({ standard: 'erc20', token: coin.toLowerCase(), tokenId: null, units: PAID_WEI });
    expect(moves).toHaveLength(2);
  });

  it('tells of a right that is given', async () => {
    const data = encodeFunctionData({ abi: COIN, functionName: 'approve', args: [shop, 77n] });
    const trial = await tryOut(without(...missing), [call(coin, data)]);
    expect(trial).toMatchObject({ kind: 'changes', how, moves: [], grants: [{ units: 77n, tokenId: null }] });
  });

  it('tells of a failure', async () => {
    expect(await tryOut(without(...missing), [call(coin, transfer(shop, SUPPLY + 1n))])).toEqual({
      kind: 'failing',
      reason: null,
    });
  });
});

it('counts what is held, and not what a contract says', async () => {
  const trial = await tryOut(node, [call(liar, transfer(other ?? address(), 10n))]);
  expect(trial).toMatchObject({ kind: 'changes', how: 'simulated', moves: [] });
});

it('tries several calls one after the other', async () => {
  const trial = await tryOut(node, [
    call(shop, '0x12345678', PAID_WEI),
    call(coin, transfer(other ?? address(), 2_000n)),
  ]);
  expect(trial.kind === 'changes' && trial.moves).toContainEqual({
    standard: 'erc20',
    token: coin.toLowerCase(),
    tokenId: null,
    units: PAID_WEI - 2_000n,
  });
});

it('knows only whether it fails where a node has nothing but eth_call', async () => {
  const bare = without('eth_simulateV1', 'debug_traceCall');
  expect(await tryOut(bare, [call(shop, '0x12345678', PAID_WEI)])).toEqual({ kind: 'runs' });
  expect(await tryOut(bare, [call(coin, transfer(shop, SUPPLY + 1n))])).toMatchObject({ kind: 'failing' });
  const tooMuch = await tryOut(bare, [call(shop, '0x', 1n << 120n)]);
  expect(tooMuch.kind === 'failing' && tooMuch.reason).toMatch(/insufficient funds/i);
});

it('says that nobody has told where the node does not answer', async () => {
  const silent: NodeRequest = () => Promise.reject(new TypeError('fetch failed'));
  expect(await tryOut(silent, [call(shop, '0x')])).toEqual({ kind: 'untold' });
});

it('believes no answer that has another shape', async () => {
  const odd: NodeRequest = async (method) => (method === 'eth_call' ? '0x' : [{ calls: [{ status: 7 }] }]);
  expect(await tryOut(odd, [call(shop, '0x')])).toEqual({ kind: 'runs' });
});
