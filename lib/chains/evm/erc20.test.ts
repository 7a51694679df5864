import { createPublicClient, http, keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { createRegistry } from '../registry';
import { type TokenShape, tokenCode } from '../testing/token-contract';
import type { Address, ChainAdapter, PreparedSend } from '../types';
import { serialize } from './serialize';

/** The second development account of the node. */
const owner = privateKeyToAccount('0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d');
const MIRA: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const USDX = { symbol: 'USDX', name: 'Dollar X', decimals: 6, holder: owner.address, supply: 1_000_000_000n } as const;

let chain: LocalChain;
let adapter: ChainAdapter;
let asked = 0;

beforeAll(async () => {
  chain = await startLocalChain();
  const known = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  const count: typeof fetch = (input, init) => {
    asked++;
    return fetch(input, init);
  };
  adapter = await createRegistry(async () => [{ ...known, multicall: null, rollup: 'none' }], count).get(chain.chainId);
});
afterAll(() => chain.stop());

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

/** @returns its address */
async function deploy(shape: Partial<TokenShape> = {}): Promise<Address> {
  const data = tokenCode({ ...USDX, transferReturns: 'true', ...shape });
  const { contractAddress } = await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [
    { from: owner.address, data },
  ]);
  return contractAddress;
}

async function signAndSend({ transaction }: PreparedSend) {
  const { r, s, yParity } = await owner.sign({ hash: keccak256(serialize(transaction)) }).then(readSignature);
  const raw = serialize(transaction, { r, s, yParity, v: BigInt(27 + yParity) });
  await adapter.broadcast(raw);
  const node = createPublicClient({ transport: http(chain.rpcUrl), pollingInterval: 50 });
  return node.waitForTransactionReceipt({ hash: keccak256(raw) });
}

const readSignature = (signature: `0x${string}`) => ({
  r: `0x${signature.slice(2, 66)}` as const,
  s: `0x${signature.slice(66, 130)}` as const,
  yParity: Number.parseInt(signature.slice(130), 16) - 27,
});

const request = (token: Address, units: bigint | 'everything') =>
  ({
    from: owner.address,
    to: MIRA,
    amount: units === 'everything' ? units : { units },
    token,
    fee: 'normal',
  }) as const;

describe('what a token says of itself', () => {
  it('is read', async () => {
    const address = await deploy();
    expect(await adapter.token(address)).toEqual({
      address: expect.stringMatching(/^0x/),
      ...{ symbol: 'USDX', name: 'Dollar X', decimals: 6 },
    });
  });

  it('may be words of 32 bytes instead of strings', async () => {
    expect(await adapter.token(await deploy({ texts: 'words' }))).toMatchObject({ symbol: 'USDX', name: 'Dollar X' });
  });

  it('is its symbol where it has no name', async () => {
    const { name: _, ...nameless } = USDX;
    const data = tokenCode({ ...nameless, transferReturns: 'true' });
    const { contractAddress } = await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [
      { from: owner.address, data },
    ]);
    expect((await adapter.token(contractAddress)).name).toBe('USDX');
  });

  it('loses what is not seen or turns the line', async () => {
    expect((await adapter.token(await deploy({ symbol: ' US\u202eD\u200bX\n' }))).symbol).toBe('USDX');
  });

  it.each([
    ['nobody is there', async () => MIRA, 'no-contract'],
    ['it says no decimals', () => deployWithout('decimals'), 'no-decimals'],
    ['it says absurd decimals', () => deploy({ decimals: 200 }), 'no-decimals'],
    ['it says no symbol', () => deployWithout('symbol'), 'no-symbol'],
    ['it is another contract', deployOther, 'not-a-token'],
  ])('is refused when %s', async (_, make, reason) => {
    await expect(adapter.token(await make())).rejects.toMatchObject({ code: 'bad-token', details: { reason } });
  });
});

async function deployWithout(part: 'decimals' | 'symbol'): Promise<Address> {
  const { [part]: _, ...rest } = USDX;
  const data = tokenCode({ ...rest, transferReturns: 'true' });
  return (await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [{ from: owner.address, data }]))
    .contractAddress;
}

/** Of the single instruction STOP: it takes every call, and answers nothing. */
async function deployOther(): Promise<Address> {
  const data = '0x6001600c60003960016000f300';
  return (await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [{ from: owner.address, data }]))
    .contractAddress;
}

describe('balances', () => {
  it('of many holdings come in one request, null where a token gives no answer', async () => {
    const [token, other] = [await deploy(), await deployOther()];
    const before = asked;
    const answers = await adapter.balances([
      { owner: owner.address, token: null },
      { owner: owner.address, token },
      { owner: MIRA, token },
      { owner: MIRA, token: other },
    ]);
    expect(asked - before).toBe(1);
    expect(answers[0]).toBeGreaterThan(0n);
    expect(answers.slice(1)).toEqual([USDX.supply, 0n, null]);
  });
});

describe('a transfer', () => {
  it.each([
    ['one that returns true', 'true'],
    ['one that returns nothing, as USDT', 'nothing'],
  ] as const)('moves the units of %s', async (_, transferReturns) => {
    const token = await deploy({ transferReturns });
    const prepared = await adapter.prepareSend(request(token, 250_000n));
    expect(prepared).toMatchObject({ units: 250_000n, transaction: { to: token, valueWei: 0n } });
    expect(await signAndSend(prepared)).toMatchObject({ status: 'success' });
    const left = [
      { owner: owner.address, token },
      { owner: MIRA, token },
    ];
    expect(await adapter.balances(left)).toEqual([USDX.supply - 250_000n, 250_000n]);
  });

  it('of everything leaves nothing of the token, and does not touch the rest', async () => {
    const token = await deploy();
    const prepared = await adapter.prepareSend(request(token, 'everything'));
    expect([prepared.units, prepared.transaction.valueWei]).toEqual([USDX.supply, 0n]);
    await signAndSend(prepared);
    expect(await adapter.balances([{ owner: owner.address, token }])).toEqual([0n]);
    await expect(adapter.prepareSend(request(token, 'everything'))).rejects.toMatchObject({
      code: 'insufficient-funds',
      details: { reason: 'amount' },
    });
  });

  it('is refused before it is signed where the token answers no without a revert', async () => {
    const token = await deploy({ transferReturns: 'false' });
    await expect(adapter.prepareSend(request(token, 1n))).rejects.toMatchObject({
      code: 'transaction-refused',
      details: { reason: 'token' },
    });
  });

  it('is refused for more than there is, and where the fee is missing', async () => {
    const token = await deploy();
    await expect(adapter.prepareSend(request(token, USDX.supply + 1n))).rejects.toMatchObject({
      code: 'insufficient-funds',
      details: { reason: 'amount' },
    });
    const poor = privateKeyToAccount(`0x${'77'.repeat(32)}`).address;
    const theirs = await deploy({ holder: poor });
    await expect(adapter.prepareSend({ ...request(theirs, 1n), from: poor })).rejects.toMatchObject({
      code: 'insufficient-funds',
      details: { reason: 'fee' },
    });
  });
});

describe('the fee', () => {
  it('of a token rises with the speed', async () => {
    const { levelFeesWei, feeWei } = await adapter.prepareSend(request(await deploy(), 1n));
    const { slow, normal, fast } = levelFeesWei;
    expect([feeWei === normal, slow < normal, normal < fast]).toEqual([true, true, true]);
  });
});
