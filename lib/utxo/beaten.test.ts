/** Two payments of the same coins: the slower one was mined, its block leaves the chain, and either can be mined in the end. */
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromHex } from '@/lib/bytes';
import { COINS } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction, type Transaction, txidOf } from '@/lib/chains/utxo/transaction';
import { sentRecords } from './records';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const ACCOUNT = { ...OF, account: '84-0-0' };
const THEIRS = addressAt(ABANDON, 'btc', 84, 0, 7).address;
const FUNDED = 60_000_000n;

let ground: Ground;
let world: World;
/** Mined first, sent after it for a higher fee, and what spends the change of the first. */
let slow: Transaction;
let fast: Transaction;
let further: Transaction;
/** What the wallet has handed over since the block left. */
let handedOver: string[];

const refresh = () => world.call('refresh', OF);
const total = async () => (await world.call('accounts.list', OF)).total;
const transactionOf = async (txid: string) => parseTransaction(await ground.chain.backend.transaction(txid), COINS.btc);

function states(): Record<string, string> {
  const names = { [txidOf(slow)]: 'slow', [txidOf(fast)]: 'fast', [txidOf(further)]: 'further' };
  const sent = z.decode(sentRecords, ground.local.get('utxo.sent') as never);
  return Object.fromEntries(sent.map(({ txid, state }) => [names[txid], state]));
}
const told = () => Object.fromEntries((world.news.at(-1)?.ended ?? []).map(({ txid, outcome }) => [txid, outcome]));
const back = (...sent: readonly Transaction[]): bigint =>
  FUNDED -
  sent.reduce((gone, { inputs, outputs }) => {
    const spent = inputs.reduce((sum, { txid, index }) => {
      const from = txid === txidOf(slow) ? slow.outputs[index]?.amount : FUNDED;
      return sum + (from ?? 0n);
    }, 0n);
    const [, change] = outputs.length === 2 ? ordered(outputs) : [];
    return gone + spent - (change ?? 0n);
  }, 0n);
/** The payment, then the change. */
const ordered = (outputs: Transaction['outputs']): bigint[] =>
  [...outputs].sort((a, b) => Number(isTheirs(b)) - Number(isTheirs(a))).map(({ amount }) => amount);
const isTheirs = ({ script }: Transaction['outputs'][number]) =>
  script.join() === addressAt(ABANDON, 'btc', 84, 0, 7).script.join();

async function send(amount: string): Promise<Transaction> {
  const recipients = [{ to: THEIRS, amount, everything: false }];
  const form = { ...ACCOUNT, recipients, fee: { satPerVb: '2' }, picked: null, legacyMeant: [] };
  const { quoteId, digest } = await world.call('send.prepare', form);
  const sent = await world.call('send.confirm', { quoteId, digest });
  return transactionOf('txid' in sent ? sent.txid : '');
}

beforeEach(async () => {
  ground = groundOf('btc');
  const { chain } = ground;
  chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: FUNDED }]));
  world = ground.open();
  await discovered(world, 'btc');
  slow = await send('0.1');
  const again = { ...ACCOUNT, txid: txidOf(slow), fee: { satPerVb: '30' } };
  const { quoteId, digest } = await world.call('send.replace', again);
  chain.drop(txidOf(slow));
  const sent = await world.call('send.confirm', { quoteId, digest });
  fast = await transactionOf('txid' in sent ? sent.txid : '');
  chain.drop(txidOf(fast));
  chain.pay(slow);
  await refresh();
  further = await send('0.3');
  expect(states()).toEqual({ slow: 'confirmed', fast: 'replaced', further: 'pending' });
  await world.host.told([txidOf(slow)]);
  handedOver = [];
  ground.gate = (method, answer, { hex }) => {
    if (method === 'sendTransaction') handedOver.push(txidOf(parseTransaction(fromHex(String(hex)), COINS.btc)));
    return answer();
  };
});

describe('a payment that had been beaten, once the block of the other one has left the chain', () => {
  it('stays beaten while the other one waits, and where that is mined again', async () => {
    const before = await total();
    ground.chain.takeBack(txidOf(slow));
    await refresh();
    await refresh();
    expect(states()).toEqual({ slow: 'pending', fast: 'replaced', further: 'pending' });
    expect(await total()).toEqual(before);
    expect(before?.confirmed).toBe(String(back(slow, further)));
    ground.chain.mine();
    await refresh();
    expect(states()).toEqual({ slow: 'confirmed', fast: 'replaced', further: 'confirmed' });
    expect((await total())?.confirmed).toBe(String(back(slow, further)));
    expect(handedOver).toEqual([]);
  });

  it('is not handed over where the nodes have lost all of them: what was mined is, and what spends of it', async () => {
    ground.chain.drop(txidOf(further));
    ground.chain.drop(txidOf(slow));
    await refresh();
    await refresh();
    expect(states()).toEqual({ slow: 'pending', fast: 'replaced', further: 'pending' });
    expect(handedOver).toEqual([txidOf(slow), txidOf(further)]);
    expect((await total())?.confirmed).toBe(String(back(slow, further)));
  });

  it('is waited for where a server has it in the place of the other one, and confirmed when it is mined', async () => {
    ground.chain.drop(txidOf(further));
    ground.chain.drop(txidOf(slow));
    ground.chain.wait(fast);
    await refresh();
    ground.clock.ms += 61_000;
    await refresh();
    expect(states()).toEqual({ slow: 'pending', fast: 'replaced', further: 'pending' });
    expect((await total())?.confirmed).toBe(String(back(slow, further)));
    ground.chain.mine();
    await refresh();
    expect(states()).toEqual({ slow: 'replaced', fast: 'confirmed', further: 'replaced' });
    expect(told()).toEqual({ [txidOf(fast)]: 'confirmed', [txidOf(further)]: 'replaced' });
    expect((await total())?.confirmed).toBe(String(back(fast)));
    expect(handedOver).toEqual([]);
  });

  it('holds back nothing that was sent after it, to take its place, too', async () => {
    ground.chain.drop(txidOf(further));
    ground.chain.drop(txidOf(slow));
    ground.chain.wait(fast);
    await refresh();
    // What spends of it is not there: otherwise its fee could not be raised.
    const sent = z.decode(sentRecords, ground.local.get('utxo.sent') as never);
    ground.local.set(
      'utxo.sent',
      z.encode(
        sentRecords,
        sent.filter(({ txid }) => txid !== txidOf(further)),
      ),
    );
    world.stop();
    world = ground.open();
    const again = { ...ACCOUNT, txid: txidOf(slow), fee: { satPerVb: '60' } };
    const { quoteId, digest } = await world.call('send.replace', again);
    ground.chain.drop(txidOf(fast));
    const answer = await world.call('send.confirm', { quoteId, digest });
    const newest = 'txid' in answer ? answer.txid : '';
    ground.chain.drop(newest);
    ground.chain.wait(fast);
    handedOver = [];
    await refresh();
    expect(handedOver).toEqual([newest]);
  });

  it('is confirmed where the new chain has it, and what had spent of the other one is over', async () => {
    ground.chain.drop(txidOf(further));
    ground.chain.drop(txidOf(slow));
    ground.chain.pay(fast);
    await refresh();
    expect(states()).toEqual({ slow: 'replaced', fast: 'confirmed', further: 'replaced' });
    expect((await total())?.confirmed).toBe(String(back(fast)));
    expect(handedOver).not.toContain(txidOf(fast));
    const { items } = await world.call('history.list', { ...ACCOUNT, from: 0 });
    expect(items.map(({ txid, state }) => [txid, state])).toEqual(
      expect.arrayContaining([
        [txidOf(slow), 'replaced'],
        [txidOf(fast), 'confirmed'],
        [txidOf(further), 'replaced'],
      ]),
    );
  });

  it('is final with all that it has beaten, and all of that with what had spent of it', async () => {
    ground.chain.drop(txidOf(further));
    ground.chain.drop(txidOf(slow));
    ground.chain.pay(fast);
    await refresh();
    for (let more = 1; more < COINS.btc.coinbaseMaturity; more += 1) ground.chain.mine();
    await refresh();
    const sent = z.decode(sentRecords, ground.local.get('utxo.sent') as never);
    expect(sent.map(({ raw }) => raw)).toEqual([null, null, null]);
  });
});
