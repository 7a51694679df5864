/**
 * The whole of it but the screens, on real nodes: messages as pages send them, the engine behind them, a Blockbook, and who
 * signs: the background's keys, or a simulated Mini that is given its work as a page is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Node, startNode } from '@/e2e/simulators/nodes/node';
import { scriptOfAddress } from '@/e2e/simulators/utxo/addresses';
import { serveBlockbook } from '@/e2e/simulators/utxo/blockbook';
import { CHAINS } from '@/e2e/simulators/utxo/chains';
import { unlocked } from '@/e2e/unlocked';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { extendedKey, placesOf } from '@/lib/chains/utxo/accounts';
import { blockbookBackend } from '@/lib/chains/utxo/backend/blockbook';
import { type Socket, socketLine } from '@/lib/chains/utxo/backend/socket-line';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { ABANDON, addressAt } from '@/lib/chains/utxo/testing/seed';
import { doWork } from '@/lib/hardware/onekey/utxo-work';
import { openUtxoPlace, type UtxoPlace } from '@/lib/hardware/testing/utxo-place';
import { discovered, type Ground, groundOf, until, WALLET, type World } from '@/lib/utxo/testing/world';

type Coin = Extract<CoinId, 'btc' | 'ltc' | 'bch'>;

const nodes = new Map<Coin, Node>();
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const [bitcoin, litecoin, cash] = await Promise.all([startNode('bcoin'), startNode('bcoin'), startNode('bcash')]);
  for (const [coin, node] of [
    ['btc', bitcoin],
    ['ltc', litecoin],
    ['bch', cash],
  ] as const) {
    nodes.set(coin, node);
    closing.push(node.close);
  }
});
afterAll(() => Promise.all(closing.toReversed().map((close) => close())));

/** The engine's ground, with a real chain under it. */
async function groundOn(coin: Coin): Promise<{ readonly ground: Ground; readonly node: Node }> {
  const node = nodes.get(coin);
  if (!node) throw new Error('no node');
  const server = await serveBlockbook({ coin, node, onSent: unlocked(coin) });
  const line = socketLine({ connect: () => new WebSocket(server.url) as unknown as Socket, timeoutMs: 20_000 });
  closing.push(server.close, line.close);
  const ground = groundOf(coin);
  Object.assign(ground.chain, { backend: blockbookBackend(line) });
  return { ground, node };
}

const usual = (coin: Coin) => COINS[coin].purposes[0] ?? 44;
const keyOf = (coin: Coin, number: number) => `${usual(coin)}-${COINS[coin].coinType}-${number}`;
const scriptOf = (coin: Coin, address: string) => scriptOfAddress(CHAINS[coin], address)?.toString('hex') ?? '';

interface Wallet {
  readonly world: World;
  readonly node: Node;
  readonly coin: Coin;
  readonly account: string;
  /** Signs and sends what was shown. @returns the txid */
  confirm(quote: UtxoQuote): Promise<string>;
  /** Of the device that signs. */
  readonly screens: UtxoPlace['screens'] | null;
}

async function phraseWallet(coin: Coin): Promise<Wallet & { readonly clock: Ground['clock'] }> {
  const { ground, node } = await groundOn(coin);
  const world = ground.open();
  await discovered(world, coin);
  const confirm = async ({ quoteId, digest }: UtxoQuote) => {
    const answer = await world.call('send.confirm', { quoteId, digest });
    return 'txid' in answer ? answer.txid : '';
  };
  return { world, node, coin, account: keyOf(coin, 0), confirm, screens: null, clock: ground.clock };
}

/** Its second account: the first one of these words is the phrase's, on the same chain. */
async function deviceWallet(coin: Coin): Promise<Wallet> {
  const { ground, node } = await groundOn(coin);
  ground.types = { [WALLET]: 'hardware' };
  const world = ground.open();
  const { device, screens } = await openUtxoPlace();
  const [place] = placesOf(coin, 1);
  if (!place) throw new Error('no account');
  const account = keyOf(coin, 1);
  const xpub = extendedKey(await device.account(place, 'not'));
  await world.call('backend.set', { coin, kind: 'blockbook', url: 'ws://127.0.0.1:9130/websocket', own: false });
  await world.call('device.add', { walletId: WALLET, coin, accounts: [{ account, xpub }] });
  const confirm = async ({ quoteId, digest }: UtxoQuote) => {
    const answer = await world.call('send.confirm', { quoteId, digest });
    if (!('job' in answer)) throw new Error('no device was asked');
    const signed = await doWork(device, await world.call('device.work', { id: answer.job }), () => undefined);
    return (await world.call('device.deliver', { id: answer.job, answer: signed })).txid ?? '';
  };
  return { world, node, coin, account, confirm, screens };
}

/** Paid, mined, and seen. */
async function receive({ world, node, coin, account }: Wallet): Promise<void> {
  const of = { walletId: WALLET, coin };
  const { fresh } = await world.call('receive.list', { ...of, account });
  await node.pay(scriptOf(coin, fresh.address), 100_000_000);
  await node.mine(1);
  await world.call('refresh', of);
  const { accounts } = await world.call('accounts.list', of);
  expect(accounts.find((one) => one.account === account)?.balance?.spendable).toBe('100000000');
}

const recipient = (coin: Coin) => addressAt(ABANDON, coin, usual(coin), 0, 7).address;

async function pay({ world, coin, account, confirm }: Wallet, picked: string[] | null = null): Promise<string> {
  const to = recipient(coin);
  const form = { walletId: WALLET, coin, account, recipients: [{ to, amount: '0.25', everything: false }] };
  return confirm(await world.call('send.prepare', { ...form, fee: 'slow', picked, legacyMeant: [] }));
}

const waiting = async ({ node }: Wallet) => (await node.mempool()).length;

describe.each(['btc', 'ltc', 'bch'] as const)('%s from message to block', (coin) => {
  it.each([
    ['a phrase', phraseWallet],
    ['a device', deviceWallet],
  ] as const)('with %s', async (_, open) => {
    const wallet = await open(coin);
    const { world, node, account } = wallet;
    await receive(wallet);
    const slow = await pay(wallet);
    expect(await waiting(wallet)).toBe(1);
    const of = { walletId: WALLET, coin, account };
    const last = COINS[coin].replaceable
      ? await wallet.confirm(await world.call('send.replace', { ...of, txid: slow, fee: 'fast' }))
      : slow;
    expect(await waiting(wallet)).toBe(1);
    await node.mine(1);
    expect(await waiting(wallet)).toBe(0);
    await world.call('refresh', { walletId: WALLET, coin });
    await world.host.tell('follow');
    await until(async () => world.news.at(-1)?.ended.some(({ txid }) => txid === last) === true);
    const { items } = await world.call('history.list', { ...of, from: 0 });
    expect(items.find(({ txid }) => txid === last)).toMatchObject({ state: 'confirmed' });
    if (last !== slow) expect(items.find(({ txid }) => txid === slow)?.state).toMatch(/^replaced$/);
    const sends = wallet.screens?.filter(({ title }) => title === 'Send').map(({ lines }) => lines[0]);
    const shown = new Array(last === slow ? 1 : 2).fill(`0.25 ${COINS[coin].symbol}`);
    if (sends) expect(sends).toEqual(shown);
  });
});

describe.each(['btc', 'ltc', 'bch'] as const)('%s that a block had which leaves the chain', (coin) => {
  it.each(['kept', 'forgotten'] as const)(
    'and is %s by the node, waits again until another block has it',
    async (by) => {
      const wallet = await phraseWallet(coin);
      const { world, node, account } = wallet;
      const of = { walletId: WALLET, coin };
      const { fresh } = await world.call('receive.list', { ...of, account });
      await node.pay(scriptOf(coin, fresh.address), 100_000_000);
      // Deep enough to stay.
      await node.mine(3);
      await world.call('refresh', of);
      const txid = await pay(wallet);
      const stateOf = async () => {
        const { items } = await world.call('history.list', { ...of, account, from: 0 });
        return items.find((one) => one.txid === txid)?.state;
      };
      await node.mine(1);
      await world.call('refresh', of);
      expect(await stateOf()).toBe('confirmed');
      await world.host.told([txid]);
      // These nodes take nothing back into a pool that is empty.
      if (by === 'kept') await node.pay(scriptOf(coin, addressAt(ABANDON, coin, usual(coin), 0, 9).address), 100_000);
      await node.reorganise(1);
      const isThere = async () =>
        (await node.mempool()).some(({ hex }) => hex.includes(scriptOf(coin, recipient(coin))));
      expect(await isThere()).toBe(by === 'kept');
      await world.call('refresh', of);
      expect(await stateOf()).toBe('pending');
      expect(await isThere()).toBe(true);
      expect(world.news.at(-1)?.pending.count).toBe(1);
      await node.mine(1);
      await world.call('refresh', of);
      expect(await stateOf()).toBe('confirmed');
      expect(world.news.at(-1)?.ended).toMatchObject([{ txid, outcome: 'confirmed' }]);
    },
  );
});

describe.each(['btc', 'ltc', 'bch'] as const)(
  '%s that was called replaced, as the node had lost for a day what it spends',
  (coin) => {
    it('waits again where the node learns it again, and what comes back of it counts', async () => {
      const wallet = await phraseWallet(coin);
      const { world, node, account, clock } = wallet;
      const of = { walletId: WALLET, coin };
      const { fresh } = await world.call('receive.list', { ...of, account });
      await node.pay(scriptOf(coin, fresh.address), 100_000_000);
      const [funding] = await node.mempool();
      await node.mine(1);
      await world.call('refresh', of);
      const before = await confirmedOf(wallet);
      const { utxos } = await world.call('utxos.list', { ...of, account });
      const picked = utxos.filter(({ address }) => address === fresh.address).map(({ outpoint }) => outpoint);
      const txid = await pay(wallet, picked);
      const [payment] = await node.mempool();
      if (!funding || !payment) throw new Error('nothing waits');
      const after = await confirmedOf(wallet);
      expect(before - after).toBeGreaterThan(25_000_000n);
      await node.mine(1);
      await world.call('refresh', of);
      // These nodes take nothing back into a pool that is empty.
      await node.reorganise(2);
      const seen = async () => {
        await world.call('refresh', of);
        const { items } = await world.call('history.list', { ...of, account, from: 0 });
        return [items.find((one) => one.txid === txid)?.state, await confirmedOf(wallet)];
      };
      await seen();
      clock.ms += 61_000;
      expect(await seen()).toEqual(['pending', after]);
      clock.ms += 24 * 60 * 60_000;
      await seen();
      clock.ms += 61_000;
      expect(await seen()).toEqual(['replaced', before - 100_000_000n]);
      await world.host.told([txid]);
      await node.send(funding.hex);
      await node.send(payment.hex);
      expect(await seen()).toEqual(['pending', after]);
      await node.mine(1);
      expect(await seen()).toEqual(['confirmed', after]);
      expect(world.news.at(-1)?.ended).toMatchObject([{ txid, outcome: 'confirmed' }]);
    });
  },
);

async function confirmedOf({ world, coin, account }: Wallet): Promise<bigint> {
  const { accounts } = await world.call('accounts.list', { walletId: WALLET, coin });
  return BigInt(accounts.find((one) => one.account === account)?.balance?.confirmed ?? 0);
}
