import { sha256 } from '@noble/hashes/sha2.js';
import { createBase58check } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { descriptorOf } from '../accounts';
import type { CoinId, Purpose } from '../coins';
import { discoverAccount, GAP_LIMIT } from '../discover';
import { testChain } from '../testing/chain';
import { ABANDON, ALL, accountOf, addressAt } from '../testing/seed';
import { fundingOf } from '../testing/wallet';
import { type Transaction, txidOf } from '../transaction';
import { readerByKey } from './reader-by-key';
import type { AccountBackend, PlacedAddress, UtxoBackend } from './types';

const account = accountOf(ALL, 'btc', 84);
const at = (chain: 0 | 1, index: number, coin: CoinId = 'btc', purpose: Purpose = 84) =>
  addressAt(ALL, coin, purpose, chain, index);
const placed = (chain: 0 | 1, index: number): PlacedAddress => {
  return { address: at(chain, index).address, path: `m/84'/0'/0'/${chain}/${index}` };
};
const HASH = 'ab'.repeat(32);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details.reason}`,
  );

/** The same hash with another version of base58check. */
function oldForm(address: string, version: number): string {
  const base58 = createBase58check(sha256);
  return base58.encode(Uint8Array.of(version, ...base58.decode(address).subarray(1)));
}

interface Says extends Partial<AccountBackend> {
  /** What each question about the use of the account is answered with. */
  readonly used?: readonly PlacedAddress[];
  readonly waiting?: readonly Transaction[];
  /** Used without the server that is asked by key looking at them. */
  readonly beyond?: readonly string[];
}

function reader({ used = [], waiting = [], beyond = [], ...answers }: Says, of = account) {
  const asked: string[] = [];
  const gaps: number[] = [];
  const accounts: AccountBackend = {
    usage: async (descriptor, gap) => {
      expect(descriptor).toBe(descriptorOf(of));
      gaps.push(gap);
      return { used, waiting: waiting.map(txidOf) };
    },
    utxos: async () => [],
    history: async () => ({ transactions: [], next: null }),
    ...answers,
  };
  const backend: UtxoBackend = {
    ...testChain('btc').backend,
    isUsed: async (address) => {
      asked.push(address);
      return beyond.includes(address);
    },
    utxos: async (address) => {
      asked.push(address);
      return [];
    },
  };
  const transaction = async (txid: string) => {
    const found = waiting.find((one) => txidOf(one) === txid);
    if (!found) throw new WalletError('party-misbehaved', { reason: 'refusal' });
    return found;
  };
  return { asked, gaps, reader: readerByKey({ backend, accounts, transaction }, of) };
}

describe('an account asked by its key', () => {
  it('costs one question, and none about an address', async () => {
    const server = reader({ used: [placed(0, 0), placed(0, 3), placed(1, 1)] });
    const found = await discoverAccount(server.reader, account);
    expect(found.receive.used.map(({ index }) => index)).toEqual([0, 3]);
    expect(found.receive.fresh.index).toBe(4);
    expect(found.change.used.map(({ index }) => index)).toEqual([1]);
    expect(server.gaps).toEqual([GAP_LIMIT]);
    expect(server.asked).toEqual([]);
  });

  it('is used by what waits, too, which the server does not count: it is asked with a wider gap', async () => {
    const waiting = [fundingOf([{ to: at(0, 15), amount: 1n }], 1), fundingOf([{ to: at(0, 33), amount: 1n }], 2)];
    const server = reader({ used: [placed(0, 0)], waiting });
    const found = await discoverAccount(server.reader, account);
    expect(found.receive.used.map(({ index }) => index)).toEqual([0, 15, 33]);
    expect(server.gaps).toEqual([20, 35, 53]);
    expect(server.asked).toEqual([]);
    // Unspent outputs are listed within the usual gap alone.
    await server.reader.utxos(at(0, 15).address);
    expect(server.asked).toEqual([]);
    await server.reader.utxos(at(0, 33).address);
    expect(server.asked).toEqual([at(0, 33).address]);
  });

  it('is asked for one address where the key does not reach', async () => {
    const far = at(0, 60);
    const server = reader({ used: [placed(0, 39)], beyond: [far.address] });
    expect(await server.reader.isUsed(far.address)).toBe(true);
    expect(server.asked).toEqual([far.address]);
    expect(await server.reader.isUsed(at(0, 59).address)).toBe(false);
    expect(server.asked).toEqual([far.address]);
  });

  it('forgets what waited and is gone', async () => {
    const server = reader({ usage: async () => ({ used: [], waiting: [HASH] }) });
    expect((await discoverAccount(server.reader, account)).receive.used).toEqual([]);
  });

  it.each([
    ['an address of somebody else', { address: addressAt(ABANDON, 'btc', 84, 0, 0).address, path: "m/84'/0'/0'/0/0" }],
    ['an own address at another place', { address: at(0, 1).address, path: "m/84'/0'/0'/0/0" }],
    ['change as if others had paid to it', { address: at(1, 0).address, path: "m/84'/0'/0'/0/0" }],
    ['a third chain', { address: at(0, 0).address, path: "m/84'/0'/0'/2/0" }],
    ['no path', { address: at(0, 0).address, path: '' }],
    ['an index that is none', { address: at(0, 0).address, path: "m/84'/0'/0'/0/4294967296" }],
    ['a hardened step', { address: at(0, 0).address, path: "m/84'/0'/0'/0/0'" }],
    ['no address', { address: 'nothing', path: "m/84'/0'/0'/0/0" }],
    ['one of another kind', { address: at(0, 0, 'btc', 44).address, path: "m/84'/0'/0'/0/0" }],
  ])('refuses %s', async (_, one) => {
    const lie = 'party-misbehaved foreign-address';
    expect(await failure(reader({ used: [placed(0, 0), one] }).reader.isUsed(at(0, 0).address))).toBe(lie);
    const utxos = async () => [{ txid: HASH, index: 0, amount: 5n, height: 1, isCoinbase: false, ...one }];
    expect(await failure(reader({ utxos }).reader.utxos(at(0, 0).address))).toBe(lie);
  });

  it.each([
    ['bch', 44, '1mW6fDEMjKrDHvLvoEsaeLxSCzZBf3Bfg'],
    ['bch', 44, 'qqyx49mu0kkn9ftfj6hje6g2wfer34yfnq5tahq3q6'],
    ['ltc', 49, oldForm('M7wtsL7wSHDBJVMWWhtQfTMSYYkyooAAXM', 0x05)],
  ] as const)('of %s on purpose %s takes %s for what it is', async (coin, purpose, address) => {
    const server = reader({ used: [{ address, path: "m/44'/0'/0'/0/0" }] }, accountOf(ABANDON, coin, purpose));
    expect(await server.reader.isUsed(addressAt(ABANDON, coin, purpose, 0, 0).address)).toBe(true);
  });

  it('is not led on for ever', async () => {
    const far = { address: at(0, 2_001).address, path: "m/84'/0'/0'/0/2001" };
    expect(await failure(reader({ used: [far] }).reader.isUsed(at(0, 0).address))).toBe('party-misbehaved endless');
    const farthest = { address: far.address, path: "m/84'/0'/0'/0/999999999" };
    expect(await failure(reader({ used: [farthest] }).reader.isUsed(at(0, 0).address))).toBe(
      'party-misbehaved endless',
    );
    const many = Array.from({ length: 60 }, (_, place) => at(0, 19 * (place + 1)));
    const waiting = many.map((to, nonce) => fundingOf([{ to, amount: 1n }], nonce + 1));
    expect(await failure(reader({ waiting }).reader.isUsed(at(0, 0).address))).toBe('party-misbehaved endless');
  });

  it('has pages of history, and those of addresses beyond its reach', async () => {
    const pages = [['a'], ['b', 'c']].map((names) =>
      names.map((name) => ({ txid: name.repeat(64), height: 1, timeMs: null })),
    );
    const history: AccountBackend['history'] = async (_, from) => {
      return { transactions: pages[Number(from ?? 0)] ?? [], next: from === null ? '1' : null };
    };
    const server = reader({ used: [placed(0, 0)], history });
    const all = await server.reader.history([at(0, 0), at(0, 21), at(0, 60)]);
    expect(all.map(({ txid }) => txid[0])).toEqual(['a', 'b', 'c']);
    const endless: AccountBackend['history'] = async () => ({ transactions: [], next: '1' });
    expect(await failure(reader({ history: endless }).reader.history([]))).toBe('party-misbehaved endless');
  });
});
