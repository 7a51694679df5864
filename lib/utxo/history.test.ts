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

async function send(world: World, to: readonly string[], from = SEGWIT) {
  const recipients = to.map((address) => ({ to: address, amount: '0.1', everything: false }));
  const form = { ...from, recipients, fee: 'normal' as const, picked: null, legacyMeant: [] };
  const quote = await world.call('send.prepare', form);
  const sent = await world.call('send.confirm', { quoteId: quote.quoteId, digest: quote.digest });
  return { quote, txid: 'txid' in sent ? sent.txid : '' };
}
/** The phrase on a device that knows nothing. */
function restore(ground: Ground, world: World): World {
  world.stop();
  ground.local.clear();
  ground.session.clear();
  return ground.open();
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
    const { quote, txid } = await send(world, [own(index)]);
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
    const { quote, txid } = await send(world, [legacy]);
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

  it.each([44, 49, 84, 86] as const)(
    'from an account of purpose %s to another one is to oneself in both, where another device sent it',
    async (purpose) => {
      const ground = groundOf('btc');
      ground.chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', purpose, 0, 0), amount: 60_000_000n }]));
      const world = ground.open();
      await discovered(world, 'btc');
      const [from, to] = [
        { ...OF, account: `${purpose}-0-0` },
        { ...OF, account: purpose === 44 ? '84-0-0' : '44-0-0' },
      ];
      const { fresh } = await world.call('receive.list', to);
      const { quote, txid } = await send(world, [fresh.address], from);
      ground.chain.mine();
      const restored = restore(ground, world);
      await discovered(restored, 'btc');
      expect(await itemOf(restored, from, txid)).toMatchObject({ kind: 'self', fee: quote.fee });
      expect(await itemOf(restored, to, txid)).toMatchObject({ kind: 'self', net: '10000000', fee: null });
      expect(await rowOf(restored, to, txid)).toContain(`,${txid},self,confirmed,`);
      const { total } = await restored.call('accounts.list', OF);
      expect(total?.confirmed).toBe(String(60_000_000n - BigInt(quote.fee)));
    },
  );

  it('is not one because a server puts a key of one’s own into what a stranger has signed', async () => {
    const ground = groundOf('btc');
    const stranger = fundingOf([{ to: addressAt(ABANDON, 'btc', 84, 0, 1), amount: 70_000_000n }], 9);
    const [input] = fundingOf([], 9).inputs;
    if (!input) throw new Error('no input');
    const { publicKey } = addressAt(ALL, 'btc', 44, 0, 0);
    const spends = { ...input, txid: txidOf(stranger), index: 0, script: new Uint8Array() };
    const paid = {
      ...fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 60_000_000n }]),
      inputs: [{ ...spends, witness: [new Uint8Array(71), publicKey] }],
    };
    ground.chain.pay(stranger);
    ground.chain.pay(paid);
    const world = ground.open();
    await discovered(world, 'btc');
    expect(await itemOf(world, SEGWIT, txidOf(paid))).toMatchObject({ kind: 'received' });
  });

  it('is not what was mined, which spends nothing', async () => {
    const ground = groundOf('btc');
    const taproot = addressAt(ALL, 'btc', 86, 0, 0);
    ground.chain.pay(fundingOf([{ to: taproot, amount: 10_000_000n }]));
    const input = { txid: '0'.repeat(64), index: 0xffff_ffff, script: new Uint8Array(9), sequence: 0xffff_ffff };
    const inputs = [{ ...input, witness: [new Uint8Array(32)] }];
    const mined = { ...fundingOf([{ to: taproot, amount: 50_000_000n }]), inputs };
    ground.chain.pay(mined);
    ground.gate = async (method, answer) => {
      const data = await answer();
      if (method !== 'getAccountUtxo') return data;
      return (data as { txid: string }[]).map((one) => ({ ...one, coinbase: one.txid === txidOf(mined) }));
    };
    const world = ground.open();
    await discovered(world, 'btc');
    const item = await itemOf(world, { ...OF, account: '86-0-0' }, txidOf(mined));
    expect(item).toMatchObject({ kind: 'received', net: '50000000' });
  });

  it('is looked for without a question about what strangers have spent', async () => {
    const { ground, world } = await funded();
    const asked: unknown[] = [];
    ground.gate = (method, answer, { txid }) => {
      if (method === 'getTransaction') asked.push(txid);
      return answer();
    };
    ground.clock.ms += 60_000;
    const { items } = await world.call('history.list', { ...SEGWIT, from: 0 });
    expect([items.map(({ kind }) => kind), asked]).toEqual([['received'], []]);
  });

  it('is looked for with one question at most about a stranger’s payment that names no keys', async () => {
    const ground = groundOf('btc');
    const taproot = { to: addressAt(ALL, 'btc', 86, 0, 0), amount: 10_000_000n };
    ground.chain.pay(fundingOf([taproot]));
    const theirOutputs = Array.from({ length: 30 }, (_, at) =>
      fundingOf([{ to: addressAt(ABANDON, 'btc', 86, 0, at), amount: 1_000_000n }], 100 + at),
    );
    for (const one of theirOutputs) ground.chain.pay(one);
    const spends = { index: 0, script: new Uint8Array(), sequence: 0xffff_ffff, witness: [new Uint8Array(64)] };
    const inputs = theirOutputs.map((one) => ({ ...spends, txid: txidOf(one) }));
    const paid = { ...fundingOf([taproot]), inputs };
    ground.chain.pay(paid);
    const asked: unknown[] = [];
    ground.gate = (method, answer, { txid }) => {
      if (method === 'getTransaction' && inputs.some((one) => one.txid === txid)) asked.push(txid);
      return answer();
    };
    const world = ground.open();
    await discovered(world, 'btc');
    const item = await itemOf(world, { ...OF, account: '86-0-0' }, txidOf(paid));
    expect(item).toMatchObject({ kind: 'received', net: '10000000' });
    expect(asked.length).toBeLessThan(2);
  });

  it('beside one of somebody else’s is a payment, and both are shown', async () => {
    const { ground, world } = await funded();
    const { quote, txid } = await send(world, [theirs, legacy]);
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
    const { txid } = await send(world, [theirs]);
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
