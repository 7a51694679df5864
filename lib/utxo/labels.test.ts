import { describe, expect, it } from 'vitest';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { txidOf } from '@/lib/chains/utxo/transaction';
import type { CoinRecord } from './records';
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

/** Transactions that nobody has part in. */
const foreign = (many: number) =>
  Array.from({ length: many }, (_, at) => ({ type: 'tx', ref: at.toString(16).padStart(64, '0'), label: 'x' }));

const confirmed = ({ quoteId, digest }: UtxoQuote) => ({ quoteId, digest });

/** As many labels and coins put aside as there is room for. */
function fill({ local }: Ground): void {
  const [key = '', record] = [...local].find(([name]) => name.endsWith(`coin.${WALLET}.btc`)) ?? [];
  const refs = foreign(5_000).map(({ ref }) => ref);
  const labels = Object.fromEntries(refs.map((ref) => [ref, 'x']));
  local.set(key, { ...(record as CoinRecord), labels, frozen: refs.map((ref) => `${ref}:0`) });
}

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
    expect(await other.call('labels.read', { ...SEGWIT, text: labels })).toEqual({
      ...{ labels: 2, frozen: 1, allowed: 0, others: 0 },
    });
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
    expect(taken).toEqual({ labels: 1, frozen: 0, allowed: 1, others: 0 });
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
    expect(taken).toEqual({ labels: 1, frozen: 0, allowed: 0, others: 8 });
    expect((await written(world, SEGWIT)).map(({ label: text }) => text)).toEqual(['Mine']);
  });

  it('touch nothing of another account, also where the file does not say whose they are', async () => {
    const { world } = await opened();
    await label(world, txidOf(second), 'Gift');
    await label(world, outpoint(1), 'Theirs');
    await world.call('utxos.set-frozen', { ...OF, outpoint: outpoint(1), frozen: true });
    const taken = await read(
      world,
      { type: 'tx', ref: txidOf(second), label: 'x' },
      { type: 'output', ref: outpoint(1), label: 'x', spendable: true },
      { type: 'output', ref: `${txidOf(second)}:0`, label: 'x', spendable: false },
      { type: 'output', ref: outpoint(7), label: 'x', spendable: false },
      ...foreign(1),
      { type: 'output', ref: outpoint(0), label: 'Mine', spendable: false },
    );
    expect(taken).toEqual({ labels: 1, frozen: 1, allowed: 0, others: 5 });
    const theirs = (await world.call('utxos.list', LEGACY)).utxos;
    expect(theirs.map(({ label: text, isFrozen }) => [text, isFrozen])).toEqual([
      ['', false],
      ['Theirs', true],
    ]);
    expect((await written(world, LEGACY)).map(({ label: text }) => text)).toEqual(['Gift', 'Theirs']);
    expect((await written(world, SEGWIT)).map(({ label: text }) => text)).toEqual(['Mine']);
  });

  it('that say again what is so change nothing, and are not counted as put aside or allowed', async () => {
    const { world } = await opened();
    const spendable = (may: boolean) => ({ type: 'output', ref: outpoint(0), spendable: may });
    expect(await read(world, spendable(true))).toMatchObject({ frozen: 0, allowed: 0 });
    expect(await read(world, spendable(false))).toMatchObject({ frozen: 1, allowed: 0 });
    expect(await read(world, spendable(false))).toMatchObject({ frozen: 0, allowed: 0 });
    expect(await read(world, spendable(true), spendable(false), spendable(true))).toMatchObject({
      ...{ frozen: 0, allowed: 1 },
    });
  });

  it('of addresses are taken without asking a server', async () => {
    const { world, ground } = await opened();
    let questions = 0;
    ground.gate = (_, answer) => {
      questions += 1;
      return answer();
    };
    expect(await read(world, { type: 'addr', ref: segwit.address, label: 'Employer' })).toMatchObject({ labels: 1 });
    expect(questions).toBe(0);
    await read(world, { type: 'tx', ref: txidOf(first), label: 'x' });
    expect(questions).toBeGreaterThan(0);
  });

  it('of what was sent from here and replaced are taken and written, though no server has it any more', async () => {
    const { ground, world } = await opened();
    const recipients = [{ to: addressAt(ABANDON, 'btc', 84, 0, 7).address, amount: '0.01', everything: false }];
    const form = { ...SEGWIT, recipients, fee: { satPerVb: '1' }, picked: null, legacyMeant: [] };
    const sent = await world.call('send.confirm', await world.call('send.prepare', form).then(confirmed));
    const slow = 'txid' in sent ? sent.txid : '';
    const faster = await world.call('send.replace', { ...SEGWIT, txid: slow, fee: { satPerVb: '30' } });
    ground.chain.drop(slow);
    await world.call('send.confirm', confirmed(faster));
    world.stop();
    const later = ground.open();
    const lines = [0, 1].map((index) => ({ type: 'output', ref: `${slow}:${index}`, label: 'Change' }));
    expect(await read(later, ...lines)).toMatchObject({ labels: 1, others: 1 });
    expect((await written(later, SEGWIT)).map(({ label: text }) => text)).toEqual(['Change']);
  });

  it('of others fill no room, and a book that is full says so in words of its own', async () => {
    const { ground, world: before } = await opened();
    expect(await read(before, ...foreign(5_001))).toEqual({ labels: 0, frozen: 0, allowed: 0, others: 5_001 });
    before.stop();
    fill(ground);
    const world = ground.open();
    expect(await failure(label(world, segwit.address, 'x'))).toMatch(/^labels-full/);
    expect(await failure(read(world, { type: 'addr', ref: segwit.address, label: 'x' }))).toMatch(/^labels-full/);
    const frozen = { ...OF, outpoint: outpoint(0), frozen: true };
    expect(await failure(world.call('utxos.set-frozen', frozen))).toMatch(/^labels-full/);
    // What is taken away makes room.
    await label(world, foreign(1)[0]?.ref ?? '', '');
    await label(world, segwit.address, 'x');
    await world.call('utxos.set-frozen', { ...frozen, outpoint: `${foreign(1)[0]?.ref}:0`, frozen: false });
    await world.call('utxos.set-frozen', frozen);
  });

  it('that cannot be read change nothing', async () => {
    const { world } = await opened();
    await label(world, txidOf(first), 'Old');
    const text = `${JSON.stringify({ type: 'tx', ref: txidOf(first), label: 'New' })}\nno`;
    expect(await failure(world.call('labels.read', { ...SEGWIT, text }))).toBe('bad-labels malformed');
    expect(await failure(read(world, ...foreign(10_001)))).toBe('bad-labels too-many');
    expect((await written(world, SEGWIT)).map(({ label: one }) => one)).toEqual(['Old']);
    const long = 'x'.repeat(1_000_001);
    expect(await failure(world.call('labels.read', { ...SEGWIT, text: long }))).toBe('bad-message labels.read');
  });
});
