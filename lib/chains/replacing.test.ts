import { keccak256, parseEther } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { activityRecord, createActivity } from './activity';
import { serialize } from './evm/serialize';
import { paymentsOf } from './payments';
import { quoteRecord } from './quote';
import { createRegistry } from './registry';
import { createSending } from './sending';
import type { Address, UnsignedTransaction } from './types';

const MIRA: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const ACCOUNT = { walletId: 'A'.repeat(22), index: 0 };

let chain: LocalChain;
let keys = 1n;

beforeAll(async () => {
  chain = await startLocalChain();
});
afterAll(() => chain.stop());
beforeEach(() => rpc('evm_setAutomine', [true]));

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

/** A new account with one ether, on a node that mines only when it is told to. */
async function waiting() {
  keys += 1n;
  const signer = privateKeyToAccount(`0x${keys.toString(16).padStart(64, 'a')}`);
  await chain.fund(signer.address, parseEther('1'));
  await rpc('evm_setAutomine', [false]);
  const local = { chainId: chain.chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  const { get } = createRegistry(async () => [{ ...local, multicall: null, rollup: 'none' }], fetch);
  const area = memoryArea();
  let nowMs = 1_000_000;
  const now = () => nowMs;
  const open = () => {
    const activity = createActivity(cell(area, 'activity', activityRecord), get, now);
    const sign = async (_: unknown, unsigned: UnsignedTransaction) => {
      const signature = await signer.sign({ hash: keccak256(serialize(unsigned)) });
      const yParity = Number.parseInt(signature.slice(130), 16) - 27;
      const [r, s] = [`0x${signature.slice(2, 66)}`, `0x${signature.slice(66, 130)}`] as const;
      const raw = serialize(unsigned, { r, s, yParity, v: BigInt(27 + yParity) });
      return { raw, hash: keccak256(raw) };
    };
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const quote = cell(area, 'quote', quoteRecord);
    const sending = createSending({ chainOf: get, activity, quote, sign, random, now });
    return { activity, sending };
  };
  const pay = async ({ sending }: ReturnType<typeof open>, amount = '0.25') => {
    const form = {
      chainId: chain.chainId,
      token: null,
      fee: 'normal',
      account: ACCOUNT,
      from: signer.address,
    } as const;
    const sent = await sending.confirm((await sending.prepare({ ...form, to: MIRA, amount })).quoteId);
    if (sent === null) throw new Error('nobody has signed');
    return sent;
  };
  const payments = async ({ activity }: ReturnType<typeof open>) => {
    await activity.refresh();
    return paymentsOf(await activity.list()).map(({ state }) => state);
  };
  const held = async (address: string) => BigInt(await rpc<string>('eth_getBalance', [address, 'latest']));
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { open, pay, payments, held, pass, address: signer.address };
}

const mine = () => rpc('evm_mine', []);

describe('speeding up', () => {
  it('pays once, by the dearer transaction', async () => {
    const world = await waiting();
    const wallet = world.open();
    const before = await world.held(MIRA);
    const { hash } = await world.pay(wallet);
    const quote = await wallet.sending.prepareReplacement({ hash, how: 'speed-up' });
    const [first] = await wallet.activity.list();
    expect(quote).toMatchObject({ to: MIRA, valueWei: parseEther('0.25').toString(), nonce: 0, replaces: { hash } });
    expect(BigInt(quote.feeWei) * 10n).toBeGreaterThan(BigInt(first?.feeWei ?? 0) * 11n);
    await wallet.sending.confirm(quote.quoteId);
    expect(await world.payments(wallet)).toEqual(['pending']);
    await mine();
    expect(await world.payments(wallet)).toEqual(['confirmed']);
    expect((await wallet.activity.list()).map(({ state }) => state)).toEqual(['confirmed', 'replaced']);
    expect((await world.held(MIRA)) - before).toBe(parseEther('0.25'));
  });

  it('can be done again, by whatever hash of the payment', async () => {
    const world = await waiting();
    const wallet = world.open();
    const { hash } = await world.pay(wallet);
    for (const _ of [1, 2]) {
      const { quoteId } = await wallet.sending.prepareReplacement({ hash, how: 'speed-up' });
      await wallet.sending.confirm(quoteId);
    }
    expect(await wallet.activity.list()).toHaveLength(3);
    await mine();
    expect(await world.payments(wallet)).toEqual(['confirmed']);
  });

  it('after the background was killed still knows what it replaces', async () => {
    const world = await waiting();
    const { hash } = await world.pay(world.open());
    const { quoteId } = await world.open().sending.prepareReplacement({ hash, how: 'speed-up' });
    const late = world.open();
    await late.sending.confirm(quoteId);
    await expect(late.sending.confirm(quoteId)).rejects.toMatchObject({ code: 'quote-expired' });
    await mine();
    expect(await world.payments(world.open())).toEqual(['confirmed']);
    expect(BigInt(await rpc<string>('eth_getTransactionCount', [world.address, 'latest']))).toBe(1n);
  });
});

describe('cancelling', () => {
  it('leaves the amount where it was', async () => {
    const world = await waiting();
    const wallet = world.open();
    const before = await world.held(MIRA);
    const { hash } = await world.pay(wallet);
    const quote = await wallet.sending.prepareReplacement({ hash, how: 'cancel' });
    expect(quote).toMatchObject({ to: world.address, valueWei: '0', nonce: 0, replaces: { how: 'cancel' } });
    await wallet.sending.confirm(quote.quoteId);
    expect(await world.payments(wallet)).toEqual(['cancelling']);
    await mine();
    expect(await world.payments(wallet)).toEqual(['cancelled']);
    expect((await world.held(MIRA)) - before).toBe(0n);
  });

  it('that is sped up still cancels', async () => {
    const world = await waiting();
    const wallet = world.open();
    const { hash } = await world.pay(wallet);
    for (const how of ['cancel', 'speed-up'] as const) {
      const quote = await wallet.sending.prepareReplacement({ hash, how });
      expect(quote).toMatchObject({ to: world.address, valueWei: '0', replaces: { how: 'cancel' } });
      await wallet.sending.confirm(quote.quoteId);
    }
    await mine();
    expect(await world.payments(wallet)).toEqual(['cancelled']);
  });

  it('is refused honestly when the payment was mined meanwhile', async () => {
    const world = await waiting();
    const wallet = world.open();
    const { hash } = await world.pay(wallet);
    const { quoteId } = await wallet.sending.prepareReplacement({ hash, how: 'cancel' });
    await mine();
    await expect(wallet.sending.confirm(quoteId)).rejects.toMatchObject({ code: 'already-mined' });
    await expect(wallet.sending.prepareReplacement({ hash, how: 'cancel' })).rejects.toMatchObject({
      code: 'already-mined',
    });
    expect(await world.payments(wallet)).toEqual(['confirmed']);
    expect(await wallet.activity.list()).toHaveLength(1);
  });

  it('is never undone by handing the payment over again', async () => {
    const world = await waiting();
    const wallet = world.open();
    const before = await world.held(MIRA);
    const { hash } = await world.pay(wallet);
    await wallet.sending.confirm((await wallet.sending.prepareReplacement({ hash, how: 'cancel' })).quoteId);
    // A node that has lost everything that was waiting.
    await rpc('anvil_dropAllTransactions', []);
    await wallet.activity.refresh();
    await mine();
    expect(await world.payments(wallet)).toEqual(['cancelled']);
    expect((await world.held(MIRA)) - before).toBe(0n);
  });

  it('gives the next payment the next number', async () => {
    const world = await waiting();
    const wallet = world.open();
    const { hash } = await world.pay(wallet);
    await wallet.sending.confirm((await wallet.sending.prepareReplacement({ hash, how: 'cancel' })).quoteId);
    await world.pay(wallet, '0.1');
    await mine();
    expect(await world.payments(wallet)).toEqual(['confirmed', 'cancelled']);
  });
});

describe('own numbers for the fee', () => {
  it('are what is signed', async () => {
    const world = await waiting();
    const { sending } = world.open();
    const form = {
      chainId: chain.chainId,
      token: null,
      account: ACCOUNT,
      from: world.address,
      to: MIRA,
      amount: '0.1',
    };
    const fee = { price: '3', tip: '1', gas: '30000' };
    const quote = await sending.prepare({ ...form, fee });
    expect(quote).toMatchObject({
      feeWei: (30_000n * 3_000_000_000n).toString(),
      offer: { gas: '30000', priceWei: '3000000000', tipWei: '1000000000', waits: false },
    });
    await expect(sending.prepare({ ...form, fee: { ...fee, gas: '20000' } })).rejects.toMatchObject({
      code: 'bad-fee',
      details: { reason: 'gas-too-low' },
    });
    expect((await sending.prepare({ ...form, fee: { ...fee, price: '0.000000001', tip: '' } })).offer.waits).toBe(true);
  });
});
