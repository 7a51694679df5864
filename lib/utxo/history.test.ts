import { describe, expect, it } from 'vitest';
import { addressesOf, deriveAccount } from '@/lib/chains/utxo/accounts';
import { keyScript } from '@/lib/chains/utxo/script';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { txidOf } from '@/lib/chains/utxo/transaction';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const SEGWIT = { ...OF, account: '84-0-0' };
const LEGACY = { ...OF, account: '44-0-0' };
const own = (index: number) => addressAt(ALL, 'btc', 84, 0, index).address;
const legacy = addressAt(ALL, 'btc', 44, 0, 0).address;
const theirs = addressAt(ABANDON, 'btc', 84, 0, 7).address;

async function funded(): Promise<{ ground: Ground; world: World }> {
  const ground = groundOf('btc');
  ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 60_000_000n }]));
  const world = ground.open();
  await discovered(world, 'btc');
  return { ground, world };
}

async function send(world: World, ...to: readonly string[]) {
  const recipients = to.map((address) => ({ to: address, amount: '0.1', everything: false }));
  const form = { ...SEGWIT, recipients, fee: 'normal' as const, picked: null, legacyMeant: [] };
  const quote = await world.call('send.prepare', form);
  const sent = await world.call('send.confirm', { quoteId: quote.quoteId, digest: quote.digest });
  return { quote, txid: 'txid' in sent ? sent.txid : '' };
}
const itemOf = async (world: World, of: typeof SEGWIT, txid: string) =>
  (await world.call('history.list', { ...of, from: 0 })).items.find((one) => one.txid === txid);
const rowOf = async (world: World, of: typeof SEGWIT, txid: string) =>
  (await world.call('history.csv', of)).csv.split('\r\n').find((line) => line.includes(txid));
const reason = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details.reason}`,
  );

describe('a payment to an address of one’s own', () => {
  it.each([
    ['the fresh one', 1],
    ['a later one', 12],
  ])('that is %s is to oneself, and costs the fee alone', async (_, index) => {
    const { ground, world } = await funded();
    const { quote, txid } = await send(world, own(index));
    expect(quote.recipients).toEqual([{ address: own(index), amount: '10000000', isOwn: true }]);
    const told = { kind: 'self', net: `-${quote.fee}`, fee: quote.fee };
    expect(await itemOf(world, SEGWIT, txid)).toMatchObject({ ...told, state: 'pending' });
    ground.chain.mine();
    await world.call('refresh', OF);
    expect(await itemOf(world, SEGWIT, txid)).toMatchObject({ ...told, state: 'confirmed' });
    expect((await itemOf(world, SEGWIT, txid))?.outputs.map(({ address }) => address)).toContain(own(index));
    expect(await rowOf(world, SEGWIT, txid)).toMatch(new RegExp(`,${txid},self,confirmed,\\d+,-0\\.0000`));
  });

  it('in another account is to oneself in both, and each tells what has come or gone', async () => {
    const { ground, world } = await funded();
    const { quote, txid } = await send(world, legacy);
    ground.chain.mine();
    await world.call('refresh', OF);
    expect(await itemOf(world, SEGWIT, txid)).toMatchObject({
      kind: 'self',
      net: String(-10_000_000n - BigInt(quote.fee)),
      fee: quote.fee,
      outputs: [{ address: legacy, amount: '10000000', isOwn: true }],
    });
    expect(await itemOf(world, LEGACY, txid)).toMatchObject({ kind: 'self', net: '10000000', fee: null });
  });

  it('in another account is to oneself in the one that paid, and received in the other, where another device sent it', async () => {
    const { ground, world } = await funded();
    const { quote, txid } = await send(world, legacy);
    ground.chain.mine();
    world.stop();
    ground.local.clear();
    ground.session.clear();
    const restored = ground.open();
    await discovered(restored, 'btc');
    expect(await itemOf(restored, SEGWIT, txid)).toMatchObject({ kind: 'self', fee: quote.fee });
    expect(await itemOf(restored, LEGACY, txid)).toMatchObject({ kind: 'received', net: '10000000', fee: null });
    expect(await rowOf(restored, LEGACY, txid)).toContain(`,${txid},received,confirmed,`);
  });

  it('beside one of somebody else’s is a payment, and both are shown', async () => {
    const { ground, world } = await funded();
    const { quote, txid } = await send(world, theirs, legacy);
    expect(quote.recipients.map(({ isOwn }) => isOwn)).toEqual([false, true]);
    ground.chain.mine();
    await world.call('refresh', OF);
    const item = await itemOf(world, SEGWIT, txid);
    expect(item?.kind).toBe('sent');
    expect(item?.outputs.map(({ address, isOwn }) => [address, isOwn])).toEqual(
      expect.arrayContaining([
        [theirs, false],
        [legacy, true],
      ]),
    );
  });
});

describe('a history', () => {
  it('tells what was sent from what has come', async () => {
    const { ground, world } = await funded();
    const { txid } = await send(world, theirs);
    ground.chain.mine();
    await world.call('refresh', OF);
    const { items } = await world.call('history.list', { ...SEGWIT, from: 0 });
    expect(items.map(({ txid: id, kind }) => [id === txid, kind])).toEqual([
      [true, 'sent'],
      [false, 'received'],
    ]);
    expect((await world.call('history.csv', SEGWIT)).csv.split('\r\n')[0]).toBe(
      'time,txid,kind,state,height,amount,fee,unit,label,addresses',
    );
  });

  it.each([false, true])('with a transaction of strangers in it is refused (own server: %s)', async (isOwn) => {
    const ground = groundOf('btc');
    ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 60_000_000n }]));
    const strange = fundingOf([{ to: addressAt(ABANDON, 'btc', 84, 0, 7), amount: 1n }], 9);
    ground.chain.pay(strange);
    ground.gate = async (method, answer, { details }) => {
      const data = (await answer()) as { transactions?: object[] };
      if (method !== 'getAccountInfo' || details !== 'txs') return data;
      const more = { txid: txidOf(strange), blockHeight: 1_000_001, blockTime: 1 };
      return { ...data, transactions: [...(data.transactions ?? []), more] };
    };
    const world = ground.open();
    await discovered(world, 'btc', { own: isOwn });
    expect(await reason(world.call('history.list', { ...SEGWIT, from: 0 }))).toBe(
      'party-misbehaved foreign-transaction',
    );
    const { coin } = await world.call('accounts.list', OF);
    expect(coin.backend?.error).toMatchObject({ details: { reason: 'foreign-transaction' } });
  });

  it('stays whole where a stranger has paid to the bare key of an address', async () => {
    const ground = groundOf('btc');
    const account = deriveAccount(ALL, { coin: 'btc', purpose: 44, coinType: 0, account: 0 });
    const at = addressesOf(account, 0)(0);
    ground.chain.pay(fundingOf([{ to: at, amount: 60_000_000n }]));
    const bare = fundingOf([{ to: { ...at, script: keyScript(at.publicKey) }, amount: 1_000n }], 9);
    ground.chain.pay(bare);
    const txid = txidOf(bare);
    // As a Blockbook does it: outputs to a key are listed with the key's address.
    ground.gate = async (method, answer, { descriptor, details }) => {
      const data = await answer();
      if (descriptor !== at.address) return data;
      if (method === 'getAccountUtxo')
        return [...(data as object[]), { txid, vout: 0, value: '1000', height: 1_000_002 }];
      if (details !== 'txs') return data;
      const { transactions } = data as { transactions: object[] };
      return { ...(data as object), transactions: [...transactions, { txid, blockHeight: 1_000_002, blockTime: 9 }] };
    };
    const world = ground.open();
    await discovered(world, 'btc');
    const { total, sync } = await world.call('accounts.list', OF);
    expect(sync.error).toBeNull();
    expect(total?.confirmed).toBe('60000000');
    const { items } = await world.call('history.list', { ...LEGACY, from: 0 });
    expect(items.map(({ txid: id, net }) => [id === txid, net])).toEqual(
      expect.arrayContaining([
        [true, '0'],
        [false, '60000000'],
      ]),
    );
  });
});
