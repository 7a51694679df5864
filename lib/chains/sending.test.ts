import { keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { activityRecord, createActivity } from './activity';
import { balanceRecord, createBalances } from './balances';
import { type QuoteRecord, quoteRecord } from './quote';
import { createRegistry } from './registry';
import { createSending, type SendingDeps } from './sending';
import { memoryNode, readRaw } from './testing/node';
import type { UnsignedTransaction } from './types';

const ETHER = 10n ** 18n;
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const signer = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const from = signer.address;

const LOCAL = {
  chainId: 31337,
  name: 'Local',
  symbol: 'ETH',
  decimals: 18,
  rpcUrl: 'http://127.0.0.1:1/',
  multicall: null,
  rollup: 'none',
} as const;
const ACCOUNT = { walletId: 'A'.repeat(22), index: 0 };

async function sign(_: unknown, { valueWei, price, ...rest }: UnsignedTransaction) {
  if (price.kind === 'legacy') throw new Error('the node of these tests has a base fee');
  const fees = { maxFeePerGas: price.maxFeePerGasWei, maxPriorityFeePerGas: price.maxPriorityFeePerGasWei };
  const raw = await signer.signTransaction({ type: 'eip1559', value: valueWei, ...fees, ...rest });
  return { raw, hash: keccak256(raw) };
}

function wallet(balanceWei = ETHER, signing: SendingDeps['sign'] = sign) {
  const node = memoryNode();
  node.fund(from, balanceWei);
  const registry = createRegistry(async () => [LOCAL], node.fetch);
  const area = memoryArea();
  let nowMs = 1_000_000;
  const activity = createActivity(cell(area, 'activity', activityRecord), registry.get, () => nowMs);
  const sending = createSending({
    chainOf: registry.get,
    activity,
    quote: cell(area, 'quote', quoteRecord),
    sign: signing,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    now: () => nowMs,
  });
  const balances = createBalances(registry.get, cell(area, 'balances', balanceRecord), () => nowMs);
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { node, sending, activity, balances, pass, registry };
}

const form = (amount: string | { everything: true }, to: string = TO) => ({
  chainId: 31337,
  token: null,
  fee: 'normal' as const,
  account: ACCOUNT,
  from,
  to,
  amount,
});

describe('a quote', () => {
  it('shows value, highest fee and their sum', async () => {
    const { sending } = wallet();
    const quote = await sending.prepare(form('0.25'));
    // 21,000 gas at twice a base fee of 1 gwei and a tip of 1 gwei
    expect(quote).toMatchObject({ to: TO, valueWei: '250000000000000000', feeWei: '63000000000000' });
    expect(quote.totalWei).toBe('250063000000000000');
  });

  it('of everything leaves nothing beyond the fee', async () => {
    const { sending } = wallet();
    expect((await sending.prepare(form({ everything: true }))).totalWei).toBe(ETHER.toString());
  });

  it.each([
    ['a bad address', form('1', '0x12'), 'bad-address', 'format'],
    ['a bad amount', form('1,5'), 'bad-amount', 'format'],
    ['more than there is', form('1.1'), 'insufficient-funds', 'amount'],
    ['so much that the fee does not fit', form('1'), 'insufficient-funds', 'fee'],
  ])('is refused for %s', async (_, input, code, reason) => {
    await expect(wallet().sending.prepare(input)).rejects.toMatchObject({ code, details: { reason } });
  });

  it('of everything is refused when the fee eats it', async () => {
    const { sending } = wallet(1000n);
    await expect(sending.prepare(form({ everything: true }))).rejects.toMatchObject({ code: 'insufficient-funds' });
  });

  it('is refused when the recipient would not take it', async () => {
    const { sending, node } = wallet();
    node.revertAt(TO);
    await expect(sending.prepare(form('0.1'))).rejects.toMatchObject({
      code: 'transaction-refused',
      details: { reason: 'recipient' },
    });
  });

  it('needs the node, and the right one', async () => {
    const { sending, node } = wallet();
    node.setReachable('unreachable');
    await expect(sending.prepare(form('0.1'))).rejects.toMatchObject({ code: 'chain-unreachable' });
    const other = await createRegistry(async () => [{ ...LOCAL, chainId: 1 }], node.fetch).get(1);
    node.setReachable('reachable');
    const request = { from, to: TO, amount: { units: 1n }, token: null, fee: 'normal' } as const;
    await expect(other.prepareSend(request)).rejects.toMatchObject({ code: 'party-misbehaved' });
  });
});

describe('a node that is wrong', () => {
  it.each([
    ['a balance that is none', 'eth_getBalance', 'lots', 'chain-unreachable'],
    ['no balance', 'eth_getBalance', {}, 'chain-unreachable'],
    ['a nonce beyond all', 'eth_getTransactionCount', `0x${'f'.repeat(30)}`, 'chain-unreachable'],
    ['a negative fee', 'eth_estimateGas', '-5', 'chain-unreachable'],
    ['another chain', 'eth_chainId', '0x1', 'party-misbehaved'],
    ['a failure of its own', 'eth_estimateGas', new Error('rate limit'), 'chain-unreachable'],
    ['too little for the fee', 'eth_estimateGas', new Error('insufficient funds for gas'), 'insufficient-funds'],
    ['an answer without end', 'eth_getBlockByNumber', { logsBloom: '0'.repeat(8_000_000) }, 'chain-unreachable'],
  ])('is refused before anything is signed: %s', async (_, method, result, code) => {
    const { sending, node } = wallet();
    node.answerWith(method, result);
    await expect(sending.prepare(form('0.1'))).rejects.toMatchObject({ code });
    await expect(sending.prepare(form({ everything: true }))).rejects.toMatchObject({ code });
  });
});

describe('confirming', () => {
  it('signs once, however often it is pressed', async () => {
    const { sending, node, activity } = wallet();
    const { quoteId } = await sending.prepare(form('0.25'));
    const pressed = await Promise.allSettled([sending.confirm(quoteId), sending.confirm(quoteId)]);
    expect(pressed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect([node.broadcasts.length, (await activity.list()).length]).toEqual([1, 1]);
  });

  it('does not forget a transaction that the node has taken, whatever it answered', async () => {
    const { sending, node, activity } = wallet();
    const { quoteId } = await sending.prepare(form('0.25'));
    node.takeButAnswer('nonce too low');
    const hash = (await sending.confirm(quoteId))?.hash ?? '0x';
    expect(await activity.list()).toMatchObject([{ hash, state: 'pending' }]);
  });

  it('gives the next transaction the next nonce before the node counts the first', async () => {
    const { sending, node } = wallet();
    for (const amount of ['0.1', '0.2']) await sending.confirm((await sending.prepare(form(amount))).quoteId);
    const nonces = await Promise.all(node.broadcasts.map(async (raw) => (await readRaw(raw as `0x${string}`)).nonce));
    expect(nonces).toEqual([0, 0, 1]);
  });

  it('takes the place of a transaction that the node will not have', async () => {
    const { sending, node } = wallet();
    const first = await sending.prepare(form('0.1'));
    node.answerWith('eth_sendRawTransaction', new Error('temporary'));
    node.answerWith('eth_getTransactionByHash', new Error('temporary'));
    await sending.confirm(first.quoteId);
    const second = await sending.prepare(form('0.2'));
    node.answerWith('eth_sendRawTransaction', undefined);
    await sending.confirm(second.quoteId);
    expect((await readRaw(node.broadcasts[0] as `0x${string}`)).nonce).toBe(0);
  });

  it('sends exactly what was shown, once', async () => {
    const { sending, node, activity } = wallet();
    const { quoteId } = await sending.prepare(form('0.25'));
    const hash = (await sending.confirm(quoteId))?.hash ?? '0x';
    await expect(sending.confirm(quoteId)).rejects.toMatchObject({ code: 'quote-expired' });
    expect(node.broadcasts).toHaveLength(1);
    expect(await readRaw(node.broadcasts[0] as `0x${string}`)).toEqual({
      to: TO.toLowerCase(),
      value: ETHER / 4n,
      nonce: 0,
      from,
    });
    expect(await activity.list()).toMatchObject([{ hash, state: 'pending', valueWei: '250000000000000000' }]);
  });

  it('refuses a quote that another has replaced, or that has grown old', async () => {
    const { sending, pass } = wallet();
    const first = await sending.prepare(form('0.1'));
    const second = await sending.prepare(form('0.2'));
    await expect(sending.confirm(first.quoteId)).rejects.toMatchObject({ code: 'quote-expired' });
    pass(11 * 60_000);
    await expect(sending.confirm(second.quoteId)).rejects.toMatchObject({ code: 'quote-expired' });
  });

  it('forgets what the node refuses and says why', async () => {
    const { sending, node, activity } = wallet();
    const { quoteId } = await sending.prepare(form('0.25'));
    node.refuseWith('nonce too low');
    await expect(sending.confirm(quoteId)).rejects.toMatchObject({
      code: 'transaction-refused',
      details: { reason: 'nonce-used' },
    });
    expect(await activity.list()).toEqual([]);
  });

  it('keeps a transaction whose answer was lost, and hands it over again', async () => {
    const { sending, node, activity } = wallet();
    const { quoteId } = await sending.prepare(form('0.25'));
    node.setReachable('unreachable');
    await sending.confirm(quoteId);
    expect((await activity.refresh()).count).toBe(1);
    node.setReachable('reachable');
    expect((await activity.refresh()).count).toBe(1);
    expect(node.broadcasts).toHaveLength(1);
    node.mine();
    expect((await activity.refresh()).count).toBe(0);
    expect(await activity.list()).toMatchObject([{ state: 'confirmed', feeWei: '42000000000000', raw: null }]);
  });

  it('calls a transaction replaced when another took its place, and not before nodes had time to find it', async () => {
    const { sending, node, activity, pass } = wallet();
    await sending.confirm((await sending.prepare(form('0.25'))).quoteId);
    node.replace(from);
    expect(await activity.refresh()).toEqual({ count: 1, youngestMs: 0 });
    pass(59_000);
    expect(await activity.refresh()).toEqual({ count: 1, youngestMs: 59_000 });
    pass(1_000);
    expect((await activity.refresh()).count).toBe(0);
    expect(await activity.list()).toMatchObject([{ state: 'replaced', feeWei: '0' }]);
  });

  it('still finds a transaction that a slow node did not know at first', async () => {
    const { sending, node, activity, pass } = wallet();
    await sending.confirm((await sending.prepare(form('0.25'))).quoteId);
    node.replace(from);
    await activity.refresh();
    pass(30_000);
    node.mine();
    expect((await activity.refresh()).count).toBe(0);
    expect(await activity.list()).toMatchObject([{ state: 'confirmed' }]);
  });
});

describe('balances', () => {
  it('of a chain are asked for in one request, and leave those of other chains alone', async () => {
    const { balances, node, pass } = wallet();
    await balances.refresh(31337, [{ owner: from, token: null }]);
    pass(5000);
    const before = node.requests();
    await balances.refresh(31337, [
      { owner: TO, token: null },
      { owner: from, token: null },
    ]);
    expect(node.requests() - before).toBe(1);
    expect((await balances.all()).map(({ asOfMs }) => asOfMs)).toEqual([1_005_000, 1_005_000]);
  });

  it('keep the last answer with its time when the node is away', async () => {
    const { balances, node, pass } = wallet();
    const [mine, theirs] = [
      { owner: from, token: null },
      { owner: TO, token: null },
    ] as const;
    await balances.refresh(31337, [mine, theirs]);
    node.setReachable('unreachable');
    pass(5000);
    await expect(balances.refresh(31337, [mine])).rejects.toMatchObject({ code: 'chain-unreachable' });
    const known = { chainId: 31337, asOfMs: 1_000_000 };
    expect(await balances.all()).toEqual([
      { ...known, ...mine, units: ETHER.toString() },
      { ...known, ...theirs, units: '0' },
    ]);
  });
});

describe('a quote that a device signs', () => {
  it('is confirmed without being sent, and sent once when the signature is there', async () => {
    const { sending, activity } = wallet(ETHER, async () => null);
    const { quoteId } = await sending.prepare(form('0.25'));
    expect(await sending.confirm(quoteId)).toBeNull();
    expect(await activity.list()).toEqual([]);
    // A second press finds nothing to sign.
    await expect(sending.confirm(quoteId)).rejects.toMatchObject({ code: 'quote-expired' });
  });

  it('is handed on with all that was shown, and its signature is sent once however often it comes', async () => {
    const asked: QuoteRecord[] = [];
    const { sending, activity } = wallet(ETHER, async (_, __, quote) => {
      asked.push(quote);
      return null;
    });
    const { quoteId, feeWei } = await sending.prepare(form('0.25'));
    await sending.confirm(quoteId);
    const [quote] = asked;
    if (quote === undefined) throw new Error('nobody was asked');
    expect(quote).toMatchObject({ quoteId, feeWei, to: TO, account: ACCOUNT });
    const signed = await sign(null, quote.transaction);
    expect(await sending.finish(quote, signed)).toEqual({ hash: signed.hash });
    expect(await sending.finish(quote, signed)).toEqual({ hash: signed.hash });
    expect((await activity.list()).map(({ hash, state }) => [hash, state])).toEqual([[signed.hash, 'pending']]);
  });
});
