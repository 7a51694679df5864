/** A payment that was called replaced, as its inputs were spent by another or not there, and that nodes know again later. */
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromHex } from '@/lib/bytes';
import { COINS } from '@/lib/chains/utxo/coins';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction, type Transaction, txidOf } from '@/lib/chains/utxo/transaction';
import { type SentRecord, sentRecords } from './records';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const ACCOUNT = { ...OF, account: '84-0-0' };
const THEIRS = addressAt(ABANDON, 'btc', 84, 0, 7);
const FUNDED = 60_000_000n;
const FUNDING = fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: FUNDED }]);

let ground: Ground;
let world: World;
let payment: Transaction;
/** Somebody else's, of the same coins. */
let rival: Transaction;
let handedOver: string[];

const refresh = () => world.call('refresh', OF);
const confirmed = async () => (await world.call('accounts.list', OF)).total?.confirmed;
const rows = async () => (await world.call('history.list', { ...ACCOUNT, from: 0 })).items;
const rowOf = async (transaction: Transaction) => (await rows()).find(({ txid }) => txid === txidOf(transaction));
const sentOf = (): SentRecord[] => z.decode(sentRecords, (ground.local.get('utxo.sent') ?? []) as never);
const keep = (sent: readonly SentRecord[]) => ground.local.set('utxo.sent', z.encode(sentRecords, [...sent]));
const states = () => sentOf().map(({ state }) => state);
const told = () => (world.news.at(-1)?.ended ?? []).map(({ txid, outcome }) => [txid, outcome]);
/** What has come back of a payment to somebody else. */
const changeOf = ({ outputs }: Transaction): bigint =>
  outputs.reduce((sum, { amount, script }) => (script.join() === THEIRS.script.join() ? sum : sum + amount), 0n);

async function send(amount = '0.1', satPerVb = '2'): Promise<Transaction> {
  const recipients = [{ to: THEIRS.address, amount, everything: false }];
  const form = { ...ACCOUNT, recipients, fee: { satPerVb }, picked: null, legacyMeant: [] };
  const { quoteId, digest } = await world.call('send.prepare', form);
  const sent = await world.call('send.confirm', { quoteId, digest });
  return parseTransaction(await ground.chain.backend.transaction('txid' in sent ? sent.txid : ''), COINS.btc);
}

const DAY = 24 * 60 * 60_000;

/** Asked about for longer than a minute, and told. */
async function calledOver(): Promise<void> {
  for (let asked = 0; asked <= states().length; asked += 1) {
    await refresh();
    ground.clock.ms += 61_000;
  }
  expect(states()).toEqual(states().map(() => 'replaced'));
  await world.host.told(sentOf().map(({ txid }) => txid));
  handedOver = [];
}

const restart = (): void => {
  world.stop();
  world = ground.open();
};

beforeEach(async () => {
  ground = groundOf('btc');
  ground.chain.pay(FUNDING);
  world = ground.open();
  await discovered(world, 'btc');
  payment = await send();
  rival = { ...payment, outputs: [{ amount: 1_000n, script: THEIRS.script }] };
  handedOver = [];
  ground.gate = (method, answer, { hex }) => {
    if (method === 'sendTransaction') handedOver.push(txidOf(parseTransaction(fromHex(String(hex)), COINS.btc)));
    return answer();
  };
});

describe('a payment that another one of the same coins had pushed out', () => {
  beforeEach(async () => {
    ground.chain.drop(txidOf(payment));
    ground.chain.wait(rival);
    await calledOver();
    expect(await confirmed()).toBe('0');
    expect((await rowOf(payment))?.state).toBe('replaced');
  });

  it.each([
    ['at once', () => undefined],
    ['after a restart', restart],
    [
      'where an earlier version had forgotten it',
      () => {
        keep(sentOf().map((one) => ({ ...one, raw: null })));
        restart();
      },
    ],
  ])('is confirmed, told, and its change counted, if it is mined after all: %s', async (_, between) => {
    between();
    ground.chain.drop(txidOf(rival));
    ground.chain.pay(payment);
    await refresh();
    expect(states()).toEqual(['confirmed']);
    expect(told()).toEqual([[txidOf(payment), 'confirmed']]);
    expect(await confirmed()).toBe(String(changeOf(payment)));
    expect(await rowOf(payment)).toMatchObject({ state: 'confirmed', kind: 'sent' });
    expect(await rows()).toHaveLength(2);
    expect(handedOver).toEqual([]);
  });

  it('waits again where the block that had it leaves the chain', async () => {
    ground.chain.drop(txidOf(rival));
    ground.chain.pay(payment);
    await refresh();
    ground.chain.drop(txidOf(payment));
    await refresh();
    expect(states()).toEqual(['pending']);
    expect(handedOver).toEqual([txidOf(payment)]);
    expect(await confirmed()).toBe(String(changeOf(payment)));
  });

  it('waits again once a server has it, as long as that has it: the wallet does not hand it over', async () => {
    ground.chain.drop(txidOf(rival));
    ground.chain.wait(payment);
    await refresh();
    expect(states()).toEqual(['pending']);
    expect(told()).toEqual([]);
    expect(await confirmed()).toBe(String(changeOf(payment)));
    expect((await rowOf(payment))?.state).toBe('pending');
    ground.chain.drop(txidOf(payment));
    await refresh();
    expect(states()).toEqual(['replaced']);
    expect(await confirmed()).toBe(String(FUNDED));
    expect(told()).toEqual([]);
    expect(handedOver).toEqual([]);
  });

  it('goes on waiting where a server lists more than is read', async () => {
    ground.chain.drop(txidOf(rival));
    ground.chain.wait(payment);
    await refresh();
    ground.gate = async (method, answer, { details }) => {
      const told = await answer();
      const isHistory = method === 'getAccountInfo' && details === 'txs';
      return isHistory ? { ...(told as object), transactions: [], totalPages: 9 } : told;
    };
    await refresh();
    expect(states()).toEqual(['pending']);
  });

  it('is not handed over by the wallet, which has said that it is over', async () => {
    ground.chain.drop(txidOf(rival));
    await refresh();
    ground.chain.mine();
    await refresh();
    expect(states()).toEqual(['replaced']);
    expect(handedOver).toEqual([]);
    expect(await confirmed()).toBe(String(FUNDED));
  });

  it.each([
    ['', () => undefined],
    [', also where an earlier version had forgotten it', () => keep(sentOf().map((one) => ({ ...one, raw: null })))],
  ])('is sent again where somebody pays the same again%s', async (_, between) => {
    between();
    restart();
    ground.chain.drop(txidOf(rival));
    await refresh();
    expect(txidOf(await send())).toBe(txidOf(payment));
    expect(handedOver).toEqual([txidOf(payment)]);
    expect(states()).toEqual(['pending']);
    expect((await rowOf(payment))?.state).toBe('pending');
    expect(await confirmed()).toBe(String(changeOf(payment)));
  });

  it('is as it was where a server refuses it when it is sent again', async () => {
    ground.chain.drop(txidOf(rival));
    await refresh();
    ground.gate = (method, answer) => {
      if (method === 'sendTransaction') throw new Error('bad-txns-inputs-missingorspent');
      return answer();
    };
    await expect(send()).rejects.toMatchObject({ code: 'transaction-refused' });
    expect(states()).toEqual(['replaced']);
    expect((await rowOf(payment))?.state).toBe('replaced');
    ground.chain.wait(payment);
    await refresh();
    expect(states()).toEqual(['pending']);
    expect(await confirmed()).toBe(String(changeOf(payment)));
  });

  it('beats what was paid with the same coins since, if it is mined before that', async () => {
    ground.chain.drop(txidOf(rival));
    await refresh();
    const second = await send('0.2', '9');
    ground.chain.drop(txidOf(second));
    ground.chain.wait(payment);
    await refresh();
    expect(states()).toEqual(['pending', 'replaced']);
    expect(await confirmed()).toBe(String(changeOf(second)));
    ground.chain.mine();
    await refresh();
    expect(states()).toEqual(['replaced', 'confirmed']);
    expect(await confirmed()).toBe(String(changeOf(payment)));
  });

  it('is over for good once what was paid with the same coins since is deep in the chain', async () => {
    ground.chain.drop(txidOf(rival));
    await refresh();
    const second = await send('0.2', '9');
    for (let more = 0; more < COINS.btc.coinbaseMaturity; more += 1) ground.chain.mine();
    await refresh();
    await refresh();
    const asked: string[] = [];
    ground.gate = (method, answer) => {
      asked.push(method);
      return answer();
    };
    await world.host.tell('follow');
    expect(asked).toEqual([]);
    expect(sentOf().map(({ state, raw }) => [state, raw])).toEqual([
      ['confirmed', null],
      ['replaced', null],
    ]);
    expect(await confirmed()).toBe(String(changeOf(second)));
  });
});

describe('a payment of many outputs that a server refuses', () => {
  const MANY = 12;
  const fundings = Array.from({ length: MANY }, (_, at) =>
    fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, at), amount: 10_000_000n }], 2 + at),
  );
  let asked: number;
  let wide: Transaction;
  beforeEach(async () => {
    ground.chain.mine();
    for (const one of fundings) ground.chain.pay(one);
    await refresh();
    wide = await send('1.6');
    expect(wide.inputs.length).toBe(MANY + 1);
    ground.chain.drop(txidOf(wide));
    ground.gate = (method, answer) => {
      if (method === 'getTransaction') asked += 1;
      return answer();
    };
  });
  const follow = async (times: number): Promise<number> => {
    asked = 0;
    for (let time = 0; time < times; time += 1) {
      await world.host.tell('follow');
      ground.clock.ms += 3_000;
    }
    return asked;
  };

  it('asks about each once, and then about one that is missing, as long as it is', async () => {
    const missing = fundings.at(-1) as Transaction;
    ground.chain.drop(txidOf(missing));
    expect(await follow(10)).toBe(MANY + 1 + 9);
    expect(sentOf()[0]).toMatchObject({ state: 'pending', goneAtMs: null });
    ground.chain.pay(missing);
    await follow(1);
    await expect(ground.chain.backend.transaction(txidOf(wide))).resolves.toBeDefined();
  });

  it('asks about each at the beginning of the minute that it is given, and at its end', async () => {
    ground.chain.wait({ ...rival, inputs: wide.inputs });
    expect(await follow(20)).toBe(MANY + 1);
    expect(await follow(2)).toBe(MANY + 1);
    expect(sentOf()[0]).toMatchObject({ state: 'replaced' });
  });
});

describe('payments that a server refuses, as it does not know what they spend', () => {
  let further: Transaction;
  beforeEach(async () => {
    further = await send('0.3');
    handedOver = [];
    for (const one of [further, payment, FUNDING]) ground.chain.drop(txidOf(one));
  });
  const restored = (...all: readonly Transaction[]) => {
    for (const one of all) ground.chain.pay(one);
  };

  it('wait, as one that is behind will know it in the end, and are handed over then', async () => {
    for (let minutes = 0; minutes < 20; minutes += 5) {
      await refresh();
      ground.clock.ms += 5 * 60_000;
    }
    expect(states()).toEqual(['pending', 'pending']);
    restored(FUNDING);
    await refresh();
    expect(states()).toEqual(['pending', 'pending']);
    ground.chain.mine();
    await refresh();
    expect(states()).toEqual(['confirmed', 'confirmed']);
    expect(await confirmed()).toBe(String(changeOf(further)));
  });

  it('are over a minute after something else has spent it, however long it was not known', async () => {
    await refresh();
    ground.clock.ms += 10 * 60_000;
    restored(FUNDING, rival);
    await refresh();
    expect(states()).toEqual(['pending', 'pending']);
    await calledOver();
    expect(await confirmed()).toBe('0');
  });

  it('are over together, as nothing can be spent of what is not there', async () => {
    restored(FUNDING, rival);
    await refresh();
    ground.clock.ms += 61_000;
    await refresh();
    expect(states()).toEqual(['replaced', 'replaced']);
    expect(await confirmed()).toBe('0');
    expect(told()).toEqual([further, payment].map((one) => [txidOf(one), 'replaced']));
  });

  describe('for a day, and that are called over then', () => {
    beforeEach(async () => {
      ground.clock.ms += DAY;
      await calledOver();
      expect(await confirmed()).toBe('0');
    });

    it('are all confirmed where another server has them in blocks', async () => {
      restored(FUNDING, payment, further);
      await refresh();
      expect(states()).toEqual(['confirmed', 'confirmed']);
      expect(await confirmed()).toBe(String(changeOf(further)));
      expect((await rows()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    });

    it('wait again where one has the first in a block, and the other not yet', async () => {
      restored(FUNDING, payment);
      ground.chain.wait(further);
      await refresh();
      expect(states()).toEqual(['pending', 'confirmed']);
      expect(await confirmed()).toBe(String(changeOf(further)));
    });

    it('are counted once where the first is sent again, and a server has the other one, too', async () => {
      restored(FUNDING);
      await refresh();
      expect(txidOf(await send())).toBe(txidOf(payment));
      ground.chain.wait(further);
      await refresh();
      expect(states()).toEqual(['pending', 'pending']);
      expect(await confirmed()).toBe(String(changeOf(further)));
    });

    it('are counted from what a server lists, also where it does not tell their history', async () => {
      restored(FUNDING, payment);
      ground.gate = (method, answer, { details }) => {
        if (method === 'getAccountInfo' && details === 'txs') throw new Error('no history here');
        return answer();
      };
      await refresh();
      expect(states()).toEqual(['replaced', 'replaced']);
      expect(await confirmed()).toBe(String(changeOf(payment)));
    });
  });
});
