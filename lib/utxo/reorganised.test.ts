/** Blocks that leave the chain again: what they had confirmed waits, is beaten by another, or comes back. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COINS } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction } from '@/lib/chains/utxo/transaction';
import { type SentRecord, sentRecords } from './records';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const ACCOUNT = { ...OF, account: '84-0-0' };
const THEIRS = addressAt(ABANDON, 'btc', 84, 0, 7).address;

const sentOf = ({ local }: Ground): SentRecord[] => z.decode(sentRecords, (local.get('utxo.sent') ?? []) as never);
const statesOf = (ground: Ground) => sentOf(ground).map(({ state }) => state);
const refresh = (world: World) => world.call('refresh', OF);
const history = async (world: World) => (await world.call('history.list', { ...ACCOUNT, from: 0 })).items;
const total = async (world: World) => (await world.call('accounts.list', OF)).total;

async function send(world: World, amount = '0.1', satPerVb = '2'): Promise<string> {
  const recipients = [{ to: THEIRS, amount, everything: false }];
  const form = { ...ACCOUNT, recipients, fee: { satPerVb }, picked: null, legacyMeant: [] };
  const { quoteId, digest } = await world.call('send.prepare', form);
  const sent = await world.call('send.confirm', { quoteId, digest });
  return 'txid' in sent ? sent.txid : '';
}

/** Sent, mined, and told. */
async function mined(): Promise<{ ground: Ground; world: World; txid: string }> {
  const ground = groundOf('btc');
  ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 60_000_000n }]));
  const world = ground.open();
  await discovered(world, 'btc');
  const txid = await send(world);
  ground.chain.mine();
  await refresh(world);
  expect(statesOf(ground)).toEqual(['confirmed']);
  await world.host.told([txid]);
  return { ground, world, txid };
}

describe('a payment whose block leaves the chain', () => {
  it('waits again, can be sped up, and is told again once another block has it', async () => {
    const { ground, world, txid } = await mined();
    const before = await total(world);
    ground.chain.takeBack(txid);
    await refresh(world);
    expect(statesOf(ground)).toEqual(['pending']);
    expect(world.news.at(-1)?.pending.count).toBe(1);
    expect((await history(world))[0]).toMatchObject({ txid, state: 'pending', height: null, canSpeedUp: true });
    expect(await total(world)).toEqual(before);
    const quote = await world.call('send.replace', { ...ACCOUNT, txid, fee: { satPerVb: '30' } });
    expect(quote.replaces).toBe(txid);
    ground.chain.mine();
    await world.host.tell('follow');
    expect(statesOf(ground)).toEqual(['confirmed']);
    expect(world.news.at(-1)?.ended).toMatchObject([{ txid, outcome: 'confirmed' }]);
    expect((await history(world))[0]).toMatchObject({ txid, state: 'confirmed' });
  });

  it('is handed over again where the nodes have lost it', async () => {
    const { ground, world, txid } = await mined();
    ground.chain.drop(txid);
    await refresh(world);
    expect(statesOf(ground)).toEqual(['pending']);
    expect((await ground.chain.backend.utxos(THEIRS)).map((one) => [one.txid, one.height])).toEqual([[txid, null]]);
  });

  it('is handed over before what spends of it', async () => {
    const { ground, world, txid } = await mined();
    const second = await send(world, '0.3');
    ground.chain.mine();
    await refresh(world);
    expect(statesOf(ground)).toEqual(['confirmed', 'confirmed']);
    ground.chain.drop(second);
    ground.chain.drop(txid);
    await refresh(world);
    expect(statesOf(ground)).toEqual(['pending', 'pending']);
    const waiting = (await ground.chain.backend.utxos(THEIRS)).map((one) => one.txid);
    expect(waiting).toEqual([txid, second]);
  });

  it('is beaten by the one that it had replaced, if the new chain has that', async () => {
    const ground = groundOf('btc');
    ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 60_000_000n }]));
    const world = ground.open();
    await discovered(world, 'btc');
    const slow = await send(world);
    const first = await ground.chain.backend.transaction(slow);
    const { quoteId, digest } = await world.call('send.replace', { ...ACCOUNT, txid: slow, fee: { satPerVb: '30' } });
    ground.chain.drop(slow);
    const sent = await world.call('send.confirm', { quoteId, digest });
    const fast = 'txid' in sent ? sent.txid : '';
    ground.chain.mine();
    await refresh(world);
    expect(sentOf(ground).map(({ txid, state }) => [txid, state])).toEqual([
      [fast, 'confirmed'],
      [slow, 'replaced'],
    ]);
    ground.chain.drop(fast);
    ground.chain.pay(parseTransaction(first, COINS.btc));
    await refresh(world);
    await world.host.tell('follow');
    expect(sentOf(ground).map(({ txid, state }) => [txid, state])).toEqual([
      [fast, 'replaced'],
      [slow, 'confirmed'],
    ]);
    const items = await history(world);
    expect(items.map(({ txid, state }) => [txid, state])).toEqual(
      expect.arrayContaining([
        [slow, 'confirmed'],
        [fast, 'replaced'],
      ]),
    );
    expect((await total(world))?.confirmed).toBe(
      String(60_000_000n + BigInt(items.find((i) => i.txid === slow)?.net ?? 0)),
    );
  });

  it('is over if somebody else’s spends the same in the new chain', async () => {
    const { ground, world, txid } = await mined();
    const raw = await ground.chain.backend.transaction(txid);
    const paid = parseTransaction(raw, COINS.btc);
    ground.chain.drop(txid);
    ground.chain.pay({ ...paid, outputs: paid.outputs.slice(0, 1) });
    await refresh(world);
    expect(statesOf(ground)).toEqual(['pending']);
    ground.clock.ms += 61_000;
    await world.host.tell('follow');
    expect(statesOf(ground)).toEqual(['replaced']);
    expect(world.news.at(-1)?.ended).toMatchObject([{ txid, outcome: 'replaced' }]);
  });

  it('stays where it is as long as a server has not read so far', async () => {
    const { ground, world, txid } = await mined();
    const { info } = ground.chain.backend;
    const { tipHeight } = await info();
    ground.chain.drop(txid);
    Object.assign(ground.chain.backend, { info: async () => ({ symbol: 'BTC', tipHeight: tipHeight - 1 }) });
    await refresh(world);
    expect(statesOf(ground)).toEqual(['confirmed']);
    Object.assign(ground.chain.backend, { info });
    await refresh(world);
    expect(statesOf(ground)).toEqual(['pending']);
  });

  it('is final once so many blocks are behind it that nobody takes them back', async () => {
    const { ground, world, txid } = await mined();
    for (let more = 1; more < COINS.btc.coinbaseMaturity - 1; more += 1) ground.chain.mine();
    await refresh(world);
    expect(sentOf(ground)[0]?.raw).not.toBeNull();
    ground.chain.mine();
    await refresh(world);
    expect(sentOf(ground)[0]).toMatchObject({ state: 'confirmed', raw: null });
    ground.chain.drop(txid);
    await refresh(world);
    expect(statesOf(ground)).toEqual(['confirmed']);
  });

  it('is not lost where the wallet is stopped in between', async () => {
    const { ground, world, txid } = await mined();
    world.stop();
    ground.chain.drop(txid);
    const stopped = ground.open(async (what) => {
      if (what === 'sendTransaction') throw new Error('stopped');
    });
    await refresh(stopped);
    expect(statesOf(ground)).toEqual(['pending']);
    stopped.stop();
    const after = ground.open();
    await after.host.tell('follow');
    expect((await ground.chain.backend.utxos(THEIRS)).map((one) => one.txid)).toEqual([txid]);
  });
});
