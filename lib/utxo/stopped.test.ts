import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { UtxoOutput } from '@/lib/bus/utxo/table';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { sentRecords } from './records';
import { SILENCE } from './testing/socket';
import { discovered, type Ground, groundOf, type Step, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc', account: '84-0-0' } as const;
const RECIPIENT = addressAt(ABANDON, 'btc', 84, 0, 7).address;
const FORM = {
  ...OF,
  recipients: [{ to: RECIPIENT, amount: '0.1', everything: false }],
  fee: { satPerVb: '2' },
  picked: null,
  legacyMeant: [],
};
const NEVER = new Promise<never>(() => undefined);

async function shown(): Promise<{ ground: Ground; quote: UtxoOutput<'send.prepare'> }> {
  const ground = groundOf('btc');
  const owners = [0, 1].map((index) => ({ to: addressAt(ALL, 'btc', 84, 0, index), amount: 30_000_000n }));
  ground.chain.pay(fundingOf(owners));
  const world = ground.open();
  await discovered(world, 'btc');
  const quote = await world.call('send.prepare', FORM);
  world.stop();
  return { ground, quote };
}
const confirm = (world: World, { quoteId, digest }: UtxoOutput<'send.prepare'>) =>
  world.call('send.confirm', { quoteId, digest });
const received = async ({ chain }: Ground) => (await chain.backend.utxos(RECIPIENT)).map(({ amount }) => amount);
const sentOf = ({ local }: Ground) => z.decode(sentRecords, (local.get('utxo.sent') ?? []) as never);
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code }) => code as string,
  );

/** A background that is stopped before or after its n-th step; nothing of it happens after that. */
function stoppedAt(ground: Ground, at: number) {
  let steps = 0;
  let reached = false;
  const step: Step = async () => {
    steps += 1;
    if (steps >= at) {
      reached = true;
      world.stop();
      return NEVER;
    }
    return undefined;
  };
  const world = ground.open(step);
  return { world, wasReached: () => reached };
}

describe('a background that is stopped while it pays', () => {
  it('at any step, pays once and no more when it is confirmed again', async () => {
    let at = 1;
    for (; ; at += 1) {
      const { ground, quote } = await shown();
      const { world, wasReached } = stoppedAt(ground, at);
      const first = await outcome(confirm(world, quote));
      if (!wasReached()) break;
      expect(first, `step ${at}`).toBe('interrupted');
      const after = ground.open();
      const again = await outcome(confirm(after, quote));
      expect(again, `step ${at}`).toBe('done');
      expect(await outcome(confirm(after, quote)), `step ${at}`).toBe('done');
      await after.host.tell('follow');
      expect(await received(ground), `step ${at}`).toEqual([10_000_000n]);
      expect(sentOf(ground), `step ${at}`).toHaveLength(1);
      after.stop();
    }
    // Before and after: signature, what was sent, quote, draft, broadcast, at least.
    expect(at).toBeGreaterThan(10);
  });

  it('at any step, pays once or not at all when nobody confirms again', async () => {
    for (let at = 1; ; at += 1) {
      const { ground, quote } = await shown();
      const { world, wasReached } = stoppedAt(ground, at);
      await outcome(confirm(world, quote));
      if (!wasReached()) break;
      const written = sentOf(ground).length;
      const after = ground.open();
      await after.host.tell('follow');
      expect((await received(ground)).length, `step ${at}`).toBe(written);
      after.stop();
    }
  });
});

describe('a server that is silent', () => {
  it.each(['before', 'after'])('%s it took the payment, changes nothing: it is sent, once', async (when) => {
    const { ground, quote } = await shown();
    const world = ground.open();
    ground.gate = async (method, answer) => {
      if (method !== 'sendTransaction') return answer();
      if (when === 'after') await answer();
      throw SILENCE;
    };
    expect(await outcome(confirm(world, quote))).toBe('done');
    expect(sentOf(ground).map(({ state }) => state)).toEqual(['pending']);
    const { total } = await world.call('accounts.list', { walletId: WALLET, coin: 'btc' });
    expect(total?.confirmed).toBe(String(60_000_000n - BigInt(quote.total)));
    ground.gate = (_, answer) => answer();
    await world.host.tell('follow');
    expect(await received(ground)).toEqual([10_000_000n]);
    ground.chain.mine();
    await world.host.tell('follow');
    expect(sentOf(ground).map(({ state }) => state)).toEqual(['confirmed']);
  });
});
