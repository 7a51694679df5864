import { describe, expect, it } from 'vitest';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { txidOf } from '@/lib/chains/utxo/transaction';
import { discovered, type Ground, groundOf, WALLET, type World } from './testing/world';

const OF = { walletId: WALLET, coin: 'btc' } as const;
const SEGWIT = { ...OF, account: '84-0-0' };
const LEGACY = { ...OF, account: '44-0-0' };
const segwit = addressAt(ALL, 'btc', 84, 0, 0);
const legacy = addressAt(ALL, 'btc', 44, 0, 0);
const first = fundingOf(
  [
    { to: segwit, amount: 5_000_000n },
    { to: legacy, amount: 7_000_000n },
  ],
  1,
);
const second = fundingOf([{ to: legacy, amount: 9_000_000n }], 2);
const outpoint = (index: number) => `${txidOf(first)}:${index}`;
/** Of the master key of the words that tests are of. */
const ORIGIN = "wpkh([5c9e228d/84'/0'/0'])";

async function opened(): Promise<{ ground: Ground; world: World }> {
  const ground = groundOf('btc');
  ground.chain.pay(first);
  ground.chain.pay(second);
  const world = ground.open();
  await discovered(world, 'btc');
  return { ground, world };
}
const label = (world: World, of: string, text: string) => world.call('labels.set', { ...OF, of, label: text });
const written = async (world: World, of: typeof SEGWIT) => {
  const { labels } = await world.call('labels.write', of);
  return labels === ''
    ? []
    : labels
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
};
const read = (world: World, ...records: readonly object[]) =>
  world.call('labels.read', { ...SEGWIT, text: records.map((one) => JSON.stringify(one)).join('\n') });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details.reason}`,
  );

describe('labels of an account', () => {
  it('are written with what is put aside, and of this account alone', async () => {
    const { world } = await opened();
    await label(world, txidOf(first), 'Wages');
    await label(world, txidOf(second), 'Gift');
    await label(world, segwit.address, 'Employer');
    await label(world, legacy.address, 'Family');
    await label(world, outpoint(0), 'Savings');
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(0), frozen: true });
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(1), frozen: true });
    expect(await written(world, SEGWIT)).toEqual([
      { type: 'tx', ref: txidOf(first), label: 'Wages', origin: ORIGIN },
      { type: 'addr', ref: segwit.address, label: 'Employer', origin: ORIGIN },
      { type: 'output', ref: outpoint(0), label: 'Savings', origin: ORIGIN, spendable: false },
    ]);
    const theirs = await written(world, LEGACY);
    expect(theirs.map(({ type, ref, label: text }) => [type, ref, text])).toEqual([
      ['tx', txidOf(first), 'Wages'],
      ['tx', txidOf(second), 'Gift'],
      ['addr', legacy.address, 'Family'],
      ['output', outpoint(1), ''],
    ]);
    expect((await world.call('labels.write', SEGWIT)).name).toBe('btc-84-0-0-labels.jsonl');
  });

  it('are nothing where there are none', async () => {
    const { world } = await opened();
    expect(await written(world, SEGWIT)).toEqual([]);
  });

  it('go into another wallet and come back the same', async () => {
    const { world } = await opened();
    await label(world, txidOf(first), 'Wages');
    await label(world, segwit.address, 'Employer');
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(0), frozen: true });
    const { labels } = await world.call('labels.write', SEGWIT);
    const other = (await opened()).world;
    expect(await other.call('labels.read', { ...SEGWIT, text: labels })).toEqual({ labels: 2, outputs: 1, others: 0 });
    expect((await other.call('labels.write', SEGWIT)).labels).toBe(labels);
    const [utxo] = (await other.call('utxos.list', SEGWIT)).utxos;
    expect(utxo).toMatchObject({ outpoint: outpoint(0), hold: 'frozen', label: 'Employer' });
  });

  it('replace what is here, and leave the rest', async () => {
    const { world } = await opened();
    await label(world, txidOf(first), 'Old');
    await label(world, segwit.address, 'Stays');
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(0), frozen: true });
    const taken = await read(
      world,
      { type: 'tx', ref: txidOf(first).toUpperCase(), label: 'New' },
      { type: 'addr', ref: segwit.address, label: '' },
      { type: 'output', ref: outpoint(0), spendable: true },
    );
    expect(taken).toEqual({ labels: 1, outputs: 1, others: 0 });
    expect((await written(world, SEGWIT)).map(({ label: text }) => text)).toEqual(['New', 'Stays']);
    expect((await world.call('utxos.list', SEGWIT)).utxos[0]?.isFrozen).toBe(false);
    // Nothing said of it leaves it as it is.
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(0), frozen: true });
    await read(world, { type: 'output', ref: outpoint(0), label: 'Named' });
    expect((await world.call('utxos.list', SEGWIT)).utxos[0]).toMatchObject({ isFrozen: true, label: 'Named' });
  });

  it('of somebody else, of another account, or of what is none, are read over and counted', async () => {
    const { world } = await opened();
    const taken = await read(
      world,
      { type: 'addr', ref: addressAt(ABANDON, 'btc', 84, 0, 0).address, label: 'Theirs' },
      { type: 'addr', ref: legacy.address, label: 'Of another account' },
      { type: 'addr', ref: '__proto__', label: 'x' },
      { type: 'tx', ref: 'no txid', label: 'x' },
      { type: 'output', ref: `${txidOf(first)}:01`, label: 'x' },
      { type: 'xpub', ref: 'xpub', label: 'x' },
      { type: 'tx', ref: txidOf(first), label: 'x', origin: "pkh([5c9e228d/44'/0'/0'])" },
      { type: 'tx', ref: txidOf(first), label: 'x', origin: "wpkh([00000000/84'/0'/0'])" },
      { type: 'tx', ref: txidOf(first), label: 'Mine', origin: 'wpkh([5C9E228D/84h/0h/0h])#abcdefgh' },
    );
    expect(taken).toEqual({ labels: 1, outputs: 0, others: 8 });
    expect((await written(world, SEGWIT)).map(({ label: text }) => text)).toEqual(['Mine']);
  });

  it('that cannot be read change nothing', async () => {
    const { world } = await opened();
    await label(world, txidOf(first), 'Old');
    const text = `${JSON.stringify({ type: 'tx', ref: txidOf(first), label: 'New' })}\nno`;
    expect(await failure(world.call('labels.read', { ...SEGWIT, text }))).toBe('bad-labels malformed');
    const many = Array.from({ length: 5_001 }, (_, at) => ({
      type: 'tx',
      ref: at.toString(16).padStart(64, '0'),
      label: 'x',
    }));
    expect(await failure(read(world, ...many))).toBe('bad-labels too-many');
    expect((await written(world, SEGWIT)).map(({ label: one }) => one)).toEqual(['Old']);
    const long = 'x'.repeat(1_000_001);
    expect(await failure(world.call('labels.read', { ...SEGWIT, text: long }))).toBe('bad-message labels.read');
  });
});
