/** Whatever servers and blocks do to payments: nothing on the chain is left out or counted twice, and all is told in the end. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { fromHex } from '@/lib/bytes';
import { addressesOf } from '@/lib/chains/utxo/accounts';
import { COINS } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, accountOf, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction } from '@/lib/chains/utxo/transaction';
import { outpoint } from '@/lib/chains/utxo/utxos';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { type SentRecord, sentRecords } from './records';
import { numbersOf, type Unruly, unruly } from './testing/unruly';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const ACCOUNT = { ...OF, account: '84-0-0' };
const THEIRS = addressAt(ABANDON, 'btc', 84, 0, 7);
const OWN = ([0, 1] as const).flatMap((chain) => {
  const at = addressesOf(accountOf(ALL, 'btc', 84), chain);
  return Array.from({ length: 40 }, (_, index) => at(index));
});
const STEPS = 70;
const MINUTE = 61_000;
const DAY = 25 * 60 * 60_000;

interface Storm {
  readonly ground: Ground;
  readonly nodes: Unruly;
  readonly pick: (below: number) => number;
  world: World;
}

const sentOf = ({ ground }: Storm): SentRecord[] =>
  z.decode(sentRecords, (ground.local.get('utxo.sent') ?? []) as never);
const onChain = async ({ ground }: Storm) =>
  (await Promise.all(OWN.map(({ address }) => ground.chain.backend.utxos(address)))).flat();

async function confirm({ world }: Storm, { quoteId, digest }: { quoteId: string; digest: string }): Promise<void> {
  await world.call('send.confirm', { quoteId, digest });
}

async function send(storm: Storm): Promise<void> {
  const recipients = [{ to: THEIRS.address, amount: `0.0${1 + storm.pick(9)}`, everything: false }];
  const fee = { satPerVb: String(2 + storm.pick(5)) };
  await confirm(
    storm,
    await storm.world.call('send.prepare', { ...ACCOUNT, recipients, fee, picked: null, legacyMeant: [] }),
  );
}

async function speedUp(storm: Storm): Promise<void> {
  const { items } = await storm.world.call('history.list', { ...ACCOUNT, from: 0 });
  const txid = items.find(({ canSpeedUp }) => canSpeedUp)?.txid;
  if (txid === undefined) return;
  const fee = { satPerVb: String(20 + storm.pick(50)) };
  const quote = await storm.world.call('send.replace', { ...ACCOUNT, txid, fee });
  storm.nodes.lose(txid);
  await confirm(storm, quote);
}

/** After a look at the server, what is shown holds beside what the chain has. */
async function look(storm: Storm): Promise<void> {
  await storm.world.call('refresh', OF);
  const spentBy = (all: readonly SentRecord[]) => all.flatMap(({ draft }) => draft.inputs.map(outpoint));
  const waiting = new Set(spentBy(sentOf(storm).filter(({ state }) => state === 'pending')));
  const { utxos } = await storm.world.call('utxos.list', ACCOUNT);
  const shown = new Set(utxos.map((one) => one.outpoint));
  const inBlocks = (await onChain(storm)).filter(({ height }) => height !== null).map(outpoint);
  expect(inBlocks.filter((one) => !shown.has(one) && !waiting.has(one))).toEqual([]);
  const makers = [...new Set([...shown].map((one) => one.split(':')[0] ?? ''))];
  const spent = makers.flatMap((txid) => storm.nodes.known.get(txid)?.inputs.map(outpoint) ?? []);
  // No two of one output, and none beside what spends it.
  expect(new Set(spent).size).toBe(spent.length);
  expect(spent.filter((one) => shown.has(one))).toEqual([]);
}

const wait = ({ ground }: Storm, ms: number): void => {
  ground.clock.ms += ms;
};
const restart = (storm: Storm): void => {
  storm.world.stop();
  storm.world = storm.ground.open();
};

type Step = (storm: Storm) => unknown;
/** How often each comes, beside the others. */
const KINDS: ReadonlyArray<readonly [times: number, Step]> = [
  [4, send],
  [2, speedUp],
  [1, ({ nodes }) => nodes.mine()],
  [1, ({ nodes }) => nodes.takeBack()],
  [2, ({ nodes }) => nodes.lose()],
  [2, ({ nodes }) => nodes.find('block')],
  [2, ({ nodes }) => nodes.find('pool')],
  [2, ({ nodes }) => nodes.rival(THEIRS.script)],
  [2, (storm) => wait(storm, MINUTE)],
  [1, (storm) => wait(storm, DAY)],
  [3, look],
  [1, ({ world }) => world.host.tell('follow')],
  [1, restart],
];
const ALL_STEPS = KINDS.flatMap(([times, step]) => new Array<Step>(times).fill(step));

/** Nothing is left to pay with, or what waits cannot be sped up, or what is spent is lost. */
const CANNOT_BE_DONE: readonly ErrorCode[] = ['insufficient-funds', 'bad-fee', 'already-mined', 'transaction-refused'];

async function begin(seed: number): Promise<Storm> {
  const ground = groundOf('btc');
  const funding = fundingOf(OWN.slice(0, 3).map((to) => ({ to, amount: 20_000_000n })));
  ground.chain.pay(funding);
  const pick = numbersOf(seed);
  const nodes = unruly(ground.chain, funding, pick);
  ground.gate = async (method, answer, { hex }) => {
    const told = await answer();
    if (method === 'sendTransaction') nodes.taken(parseTransaction(fromHex(String(hex)), COINS.btc));
    return told;
  };
  const world = ground.open();
  await discovered(world, 'btc');
  return { ground, nodes, pick, world };
}

// Of the seeds up to 24 those that have found payments which were called replaced and mined all the same.
it.each([10, 16, 18, 21])('what is shown is what is on the chain, come what may (%i)', async (seed) => {
  const storm = await begin(seed);
  for (let step = 0; step < STEPS; step += 1) {
    const work = ALL_STEPS[storm.pick(ALL_STEPS.length)];
    await Promise.resolve(work?.(storm)).catch((error) => {
      if (!(error instanceof WalletError) || !CANNOT_BE_DONE.includes(error.code)) throw error;
    });
  }
  expect(sentOf(storm).length).toBeGreaterThan(3);
  storm.nodes.rest();
  for (let days = 0; days < 8; days += 1) {
    await storm.world.call('refresh', OF);
    storm.nodes.mine();
    wait(storm, DAY);
  }
  await look(storm);
  const { total } = await storm.world.call('accounts.list', OF);
  const there = (await onChain(storm)).reduce((sum, { amount }) => sum + amount, 0n);
  expect(BigInt(total?.confirmed ?? 0) + BigInt(total?.pending ?? 0)).toBe(there);
  const wrong = sentOf(storm).filter(({ txid, state }) => (state === 'confirmed') !== storm.nodes.has(txid));
  expect(wrong.map(({ txid, state }) => [txid, state])).toEqual([]);
});
