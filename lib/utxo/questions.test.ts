/** How much a server is asked of payments that blocks have: nothing until the chain has changed, and not for ever. */
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { COINS } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { sentRecords } from './records';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const ACCOUNT = { ...OF, account: '84-0-0' };
const THEIRS = addressAt(ABANDON, 'btc', 84, 0, 7).address;
const PAYMENTS = 3;

let ground: Ground;
let world: World;
let asked: string[];

/** What is asked of what was sent: balances are not read. */
async function follow(): Promise<string[]> {
  asked = [];
  await world.host.tell('follow');
  return asked.sort();
}
const sentOf = () => z.decode(sentRecords, ground.local.get('utxo.sent') as never);

async function send(): Promise<void> {
  const recipients = [{ to: THEIRS, amount: '0.1', everything: false }];
  const form = { ...ACCOUNT, recipients, fee: { satPerVb: '2' }, picked: null, legacyMeant: [] };
  const { quoteId, digest } = await world.call('send.prepare', form);
  await world.call('send.confirm', { quoteId, digest });
}

beforeEach(async () => {
  ground = groundOf('btc');
  const owners = Array.from({ length: PAYMENTS }, (_, index) => addressAt(ALL, 'btc', 84, 0, index));
  ground.chain.pay(fundingOf(owners.map((to) => ({ to, amount: 20_000_000n }))));
  ground.gate = (method, answer) => {
    asked.push(method);
    return answer();
  };
  asked = [];
  world = ground.open();
  await discovered(world, 'btc');
  for (let sent = 0; sent < PAYMENTS; sent += 1) await send();
  ground.chain.mine();
  await world.call('refresh', OF);
  expect(sentOf().map(({ state }) => state)).toEqual(Array(PAYMENTS).fill('confirmed'));
});

const TIP = ['getBlockHash', 'getInfo'];
const EACH = [...Array(PAYMENTS).fill('getAccountInfo'), ...TIP];

it('asks for the tip once, and about each payment only when that is another', async () => {
  await follow();
  expect(await follow()).toEqual(TIP);
  ground.chain.mine();
  expect(await follow()).toEqual(EACH);
  expect(await follow()).toEqual(TIP);
});

it('asks about each again after another block of the same height, and when the background starts anew only then', async () => {
  await follow();
  world.stop();
  world = ground.open();
  expect(await follow()).toEqual(TIP);
  const [last] = sentOf();
  ground.chain.takeBack(last?.txid ?? '');
  expect(await follow()).toEqual(expect.arrayContaining(EACH));
  expect(sentOf().map(({ state }) => state)).toEqual(['pending', 'confirmed', 'confirmed']);
});

it('asks about each again after a round that was not finished', async () => {
  await follow();
  ground.chain.mine();
  const { gate } = ground;
  ground.gate = (method, answer, params) =>
    gate(method, method === 'getAccountInfo' ? () => Promise.reject(new Error('busy')) : answer, params);
  await follow();
  ground.gate = gate;
  expect(await follow()).toEqual(EACH);
});

it('ends where an address has so much history that a payment is not found in it', async () => {
  const busy = { transactions: [], page: 1, totalPages: 9 };
  ground.gate = async (method, answer, { page }) => {
    asked.push(method);
    return method === 'getAccountInfo' ? { ...busy, page } : answer();
  };
  const isFinal = () => sentOf().every(({ state, raw }) => state === 'confirmed' && raw === null);
  for (let more = 1; more < COINS.btc.coinbaseMaturity - 1; more += 1) ground.chain.mine();
  await follow();
  expect(isFinal()).toBe(false);
  ground.chain.mine();
  await follow();
  expect(isFinal()).toBe(true);
  ground.chain.mine();
  expect(await follow()).toEqual([]);
});
