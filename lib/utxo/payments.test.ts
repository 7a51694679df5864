import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { COIN_IDS, COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { scriptError } from '@/lib/chains/utxo/testing/interpreter';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction, txidOf } from '@/lib/chains/utxo/transaction';
import { type SentRecord, sentRecords } from './records';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const usual = (coin: CoinId) => COINS[coin].purposes[0] ?? 44;
const accountOf = (coin: CoinId) => `${usual(coin)}-${COINS[coin].coinType}-0`;
const recipient = (coin: CoinId) => addressAt(ABANDON, coin, usual(coin), 0, 7).address;
const ofAccount = (coin: CoinId) => ({ walletId: WALLET, coin, account: accountOf(coin) });
const formOf = (coin: CoinId, amount = '0.1') => ({
  ...ofAccount(coin),
  recipients: [{ to: recipient(coin), amount, everything: false }],
  fee: 'normal' as const,
  picked: null,
  legacyMeant: [],
});

/** Two outputs of 0.3 on the usual account. */
function fund({ chain }: Ground, coin: CoinId): void {
  const owners = [0, 1].map((index) => ({ to: addressAt(ALL, coin, usual(coin), 0, index), amount: 30_000_000n }));
  chain.pay(fundingOf(owners));
}
async function funded(coin: CoinId): Promise<{ ground: Ground; world: World }> {
  const ground = groundOf(coin);
  fund(ground, coin);
  const world = ground.open();
  await discovered(world, coin);
  return { ground, world };
}
const sentOf = ({ local }: Ground): SentRecord[] => z.decode(sentRecords, (local.get('utxo.sent') ?? []) as never);
/** What somebody else has got, in the smallest unit. */
async function received({ chain }: Ground, coin: CoinId): Promise<bigint[]> {
  return (await chain.backend.utxos(recipient(coin))).map(({ amount }) => amount);
}
const confirm = (world: World, { quoteId, digest }: UtxoQuote) => world.call('send.confirm', { quoteId, digest });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => [code, details?.reason, details?.place].filter((part) => part !== undefined).join(' '),
  );

describe('a payment', () => {
  it.each(COIN_IDS)('of %s is shown, confirmed, sent as it was shown, and told when it is mined', async (coin) => {
    const { ground, world } = await funded(coin);
    const before = await world.call('accounts.list', { walletId: WALLET, coin });
    expect(before.total).toEqual({ confirmed: '60000000', pending: '0', spendable: '60000000' });
    const quote = await world.call('send.prepare', formOf(coin, '0.4'));
    expect(quote.recipients).toEqual([{ address: recipient(coin), amount: '40000000', isOwn: false }]);
    expect(BigInt(quote.total)).toBe(40_000_000n + BigInt(quote.fee));
    expect(quote.levelFees.normal).toBe(quote.fee);
    const answer = await confirm(world, quote);
    const txid = 'txid' in answer ? answer.txid : '';
    expect(await received(ground, coin)).toEqual([40_000_000n]);
    const [record] = sentOf(ground);
    if (!record?.raw) throw new Error('nothing was sent');
    expect(scriptError(record.draft, record.raw)).toBeNull();
    expect(txidOf(parseTransaction(record.raw, COINS[coin]))).toBe(txid);
    const [waiting] = (await world.call('history.list', { ...ofAccount(coin), from: 0 })).items;
    expect(waiting).toMatchObject({
      txid,
      state: 'pending',
      net: `-${quote.total}`,
      fee: quote.fee,
      canSpeedUp: COINS[coin].replaceable,
    });
    const pending = (await world.call('accounts.list', { walletId: WALLET, coin })).total;
    expect(pending?.confirmed).toBe(String(60_000_000n - BigInt(quote.total)));
    ground.chain.mine();
    await world.host.tell('follow');
    expect(world.news.at(-1)?.ended).toMatchObject([{ txid, outcome: 'confirmed' }]);
    expect(world.news.at(-1)?.pending.count).toBe(0);
    await world.host.told([txid]);
    expect(world.news.at(-1)?.ended).toEqual([]);
    const { items } = await world.call('history.list', { ...ofAccount(coin), from: 0 });
    expect(items.map(({ state, net }) => [state, net])).toEqual([
      ['confirmed', `-${quote.total}`],
      ['confirmed', '60000000'],
    ]);
    const { csv } = await world.call('history.csv', ofAccount(coin));
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(`,${recipient(coin)}`);
  });

  it('of everything leaves nothing, and of picked outputs spends exactly them', async () => {
    const { world } = await funded('btc');
    const { utxos } = await world.call('utxos.list', ofAccount('btc'));
    const [one] = utxos;
    const everything = [{ to: recipient('btc'), amount: '', everything: true }];
    const all = await world.call('send.prepare', { ...formOf('btc'), recipients: everything });
    expect([all.total, all.change]).toEqual(['60000000', []]);
    const picked = one ? [one.outpoint] : [];
    const part = await world.call('send.prepare', { ...formOf('btc'), picked });
    expect(part.inputs.map(({ outpoint }) => outpoint)).toEqual(picked);
  });

  it('is made once, however often it is confirmed, and by no other digest', async () => {
    const { ground, world } = await funded('btc');
    const quote = await world.call('send.prepare', formOf('btc'));
    const confirm = (digest = quote.digest) => world.call('send.confirm', { quoteId: quote.quoteId, digest });
    expect(await failure(confirm('0'.repeat(64)))).toBe('quote-expired');
    const [first, second] = await Promise.all([confirm(), confirm()]);
    expect(second).toEqual(first);
    expect(await confirm()).toEqual(first);
    expect(await received(ground, 'btc')).toEqual([10_000_000n]);
    expect(sentOf(ground)).toHaveLength(1);
  });

  it('does not go out where another one has taken its coins while it was signed', async () => {
    const ground = groundOf('btc');
    fund(ground, 'btc');
    let second: Promise<unknown> | undefined;
    const world = ground.open(async (what) => {
      if (what !== 'sign' || second !== undefined) return;
      second = world.call('send.prepare', { ...formOf('btc', '0.2'), fee: { satPerVb: '50' } }).then(confirmed);
      await second;
    });
    const confirmed = (quote: UtxoQuote) => confirm(world, quote);
    await discovered(world, 'btc');
    const first = await world.call('send.prepare', formOf('btc', '0.1'));
    expect(await failure(confirm(world, first))).toBe('quote-expired');
    expect(await received(ground, 'btc')).toEqual([20_000_000n]);
    expect(sentOf(ground)).toHaveLength(1);
  });

  it('is not signed when something else stands where it was kept', async () => {
    const { ground, world } = await funded('btc');
    const quote = await world.call('send.prepare', formOf('btc'));
    world.stop();
    const kept = structuredClone(ground.session.get('utxo.quote')) as { draft: { outputs: { amount: string }[] } };
    for (const output of kept.draft.outputs) output.amount = '1000';
    ground.session.set('utxo.quote', kept);
    expect(await failure(confirm(ground.open(), quote))).toBe('quote-expired');
    expect(await received(ground, 'btc')).toEqual([]);
  });

  it('is not signed when it is old, or another was shown since', async () => {
    const { ground, world } = await funded('btc');
    const old = await world.call('send.prepare', formOf('btc'));
    const quote = await world.call('send.prepare', formOf('btc'));
    expect(await failure(confirm(world, old))).toBe('quote-expired');
    ground.clock.ms += 11 * 60_000;
    expect(await failure(confirm(world, quote))).toBe('quote-expired');
    expect(await received(ground, 'btc')).toEqual([]);
  });

  it('is refused with the reason, and with whose it is', async () => {
    const { world } = await funded('btc');
    const refused = async (change: object) => failure(world.call('send.prepare', { ...formOf('btc'), ...change }));
    const to = (address: string, amount = '0.1') => ({ to: address, amount, everything: false });
    const good = to(recipient('btc'));
    expect(await refused({ recipients: [good, to(recipient('ltc'))] })).toBe('bad-address other-chain 1');
    expect(await refused({ recipients: [good, to(recipient('btc'), '0.000001')] })).toBe('bad-amount dust 1');
    expect(await refused({ recipients: [to('')] })).toBe('bad-address empty 0');
    expect(await refused({ recipients: [to(recipient('btc'), '0.123456789')] })).toBe('bad-amount too-many-decimals 0');
    expect(await refused({ recipients: [to(recipient('btc'), '1')] })).toBe('insufficient-funds amount');
    expect(await refused({ recipients: [to(recipient('btc'), '0.6')] })).toBe('insufficient-funds fee');
    expect(await refused({ fee: { satPerVb: 'x' } })).toBe('bad-fee format');
    expect(await refused({ fee: { satPerVb: '0.5' } })).toBe('bad-fee too-low');
    expect(await refused({ fee: { satPerVb: '2001' } })).toBe('bad-fee above-limit');
    const [one] = (await world.call('utxos.list', ofAccount('btc'))).utxos;
    const outpoint = one?.outpoint ?? '';
    await world.call('utxos.set-frozen', { walletId: WALLET, coin: 'btc', outpoint, frozen: true });
    expect(await refused({ recipients: [to(recipient('btc'), '0.4')] })).toBe('insufficient-funds frozen');
    expect(await refused({ picked: [outpoint] })).toBe('insufficient-funds not-spendable');
  });

  it('that no server will have is forgotten, and can be made again', async () => {
    const { ground, world } = await funded('btc');
    const quote = await world.call('send.prepare', formOf('btc'));
    ground.gate = async (method, answer) => {
      if (method === 'getTransaction') throw new Error('not here');
      if (method !== 'sendTransaction') return answer();
      throw Object.assign(new Error(), { code: 'x' });
    };
    expect(await failure(confirm(world, quote))).toBe('transaction-refused other');
    expect(sentOf(ground)).toEqual([]);
    ground.gate = (_, answer) => answer();
    await confirm(world, await world.call('send.prepare', formOf('btc')));
    expect(await received(ground, 'btc')).toEqual([10_000_000n]);
  });
});

describe('a payment that waits', () => {
  it('is sped up: the same for the same people, dearer, and the first one is over when the second is mined', async () => {
    const { ground, world } = await funded('btc');
    const slow = await world.call('send.prepare', { ...formOf('btc'), fee: { satPerVb: '1' } });
    const first = await confirm(world, slow);
    const txid = 'txid' in first ? first.txid : '';
    await world.call('labels.set', { walletId: WALLET, coin: 'btc', of: txid, label: 'Rent' });
    const quote = await world.call('send.replace', { ...ofAccount('btc'), txid, fee: { satPerVb: '20' } });
    expect(quote).toMatchObject({ kind: 'replacement', replaces: txid, recipients: slow.recipients });
    expect(BigInt(quote.fee)).toBeGreaterThan(BigInt(slow.fee) * 10n);
    ground.chain.drop(txid);
    const second = await confirm(world, quote);
    const { items } = await world.call('history.list', { ...ofAccount('btc'), from: 0 });
    expect(items.filter(({ canSpeedUp }) => canSpeedUp).map((one) => one.txid)).toEqual(Object.values(second));
    expect(items.find(({ replaces }) => replaces === txid)?.label).toBe('Rent');
    expect(items.map(({ state, net }) => [state, BigInt(net) < 0n])).toEqual([
      ['pending', true],
      ['replaced', true],
      ['confirmed', false],
    ]);
    ground.chain.mine();
    await world.host.tell('follow');
    expect(sentOf(ground).map(({ state }) => state)).toEqual(['confirmed', 'replaced']);
    expect(world.news.at(-1)?.ended).toHaveLength(1);
    expect(await failure(world.call('send.replace', { ...ofAccount('btc'), txid, fee: 'fast' }))).toBe('already-mined');
    expect(await received(ground, 'btc')).toEqual([10_000_000n]);
  });

  it('is not sped up while another one that waits spends its change', async () => {
    const { world } = await funded('btc');
    const send = async (amount: string) => confirm(world, await world.call('send.prepare', formOf('btc', amount)));
    const first = await send('0.4');
    await send('0.15');
    const txid = 'txid' in first ? first.txid : '';
    const replace = world.call('send.replace', { ...ofAccount('btc'), txid, fee: { satPerVb: '20' } });
    expect(await failure(replace)).toBe('bad-fee not-replaceable');
    const { items } = await world.call('history.list', { ...ofAccount('btc'), from: 0 });
    expect(
      items.filter(({ state }) => state === 'pending').map(({ txid: id, canSpeedUp }) => [id === txid, canSpeedUp]),
    ).toEqual(
      expect.arrayContaining([
        [true, false],
        [false, true],
      ]),
    );
  });

  it('is handed over again where a server has lost it', async () => {
    const { ground, world } = await funded('btc');
    const sent = await confirm(world, await world.call('send.prepare', formOf('btc')));
    ground.chain.drop('txid' in sent ? sent.txid : '');
    expect(await received(ground, 'btc')).toEqual([]);
    await world.host.tell('follow');
    expect(await received(ground, 'btc')).toEqual([10_000_000n]);
  });
});
