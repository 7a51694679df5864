import { sha256 } from '@noble/hashes/sha2.js';
import { bech32, bech32m, createBase58check } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { addressOf, checkAddress } from './address';
import { encodeCashAddress } from './cash-address';
import { type AddressType, COIN_IDS, COINS, type CoinId } from './coins';
import { scriptOf } from './script';

const LENGTH: Readonly<Record<AddressType, number>> = { p2pkh: 20, p2sh: 20, p2wpkh: 20, p2wsh: 32, p2tr: 32 };
const base58check = createBase58check(sha256);
const HASH = new Uint8Array(20).fill(7);
const base58 = (version: number) => base58check.encode(Uint8Array.of(version, ...HASH));
const witness = (
  prefix: string,
  version: number,
  length: number,
  coder: typeof bech32 | typeof bech32m = version === 0 ? bech32 : bech32m,
) => coder.encode(prefix, [version, ...coder.toWords(new Uint8Array(length).fill(9))], false);
const cash = (kind: number, prefix = 'bitcoincash') => encodeCashAddress({ prefix, kind, hash: HASH });

/** The reason of a refusal, with the chain that was meant, or the address if there is none. */
function said(coin: CoinId, text: string, legacy: 'ask' | 'meant' = 'ask'): string {
  try {
    return checkAddress(COINS[coin], text, { legacy }).address;
  } catch (error) {
    if (!(error instanceof WalletError) || error.code !== 'bad-address') throw error;
    const { reason = '', party } = error.details;
    return party === undefined ? reason : `${reason} ${party}`;
  }
}

describe('addresses', () => {
  it('of every kind that a coin pays to are read as they are written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COIN_IDS), fc.uint8Array({ minLength: 32, maxLength: 32 }), (id, bytes) => {
        for (const type of COINS[id].pays) {
          const script = scriptOf({ type, hash: bytes.slice(0, LENGTH[type]) });
          const address = addressOf(COINS[id], script) ?? '';
          const checked = checkAddress(COINS[id], `  ${address}\n`);
          expect({ ...checked, script: toHex(checked.script) }).toMatchObject({ address, type, script: toHex(script) });
        }
      }),
    );
  });

  it('with one letter changed are refused, or are none of this coin', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COIN_IDS),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ:'),
        (id, bytes, where, letter) => {
          for (const type of COINS[id].pays) {
            const address = addressOf(COINS[id], scriptOf({ type, hash: bytes.slice(0, LENGTH[type]) })) ?? '';
            const at = where % address.length;
            if (address[at] === letter) continue;
            expect(said(id, address.slice(0, at) + letter + address.slice(at + 1))).not.toMatch(/[0-9A-Z]{20}/i);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('with segregated witness are refused where it is not known', () => {
    expect(said('doge', witness('doge', 0, 20))).toBe('no-segwit');
    expect(said('dash', witness('dash', 0, 20))).toBe('no-segwit');
    expect(said('bch', witness('bch', 0, 20))).toBe('no-segwit');
    for (const coin of ['doge', 'dash', 'bch'] as const) {
      expect(said(coin, witness('bc', 0, 20))).toBe('other-chain Bitcoin');
      expect(said(coin, witness('ltc', 0, 32))).toBe('other-chain Litecoin');
      expect(said(coin, witness('bc', 1, 32))).toBe('other-chain Bitcoin');
    }
  });

  it('of old Litecoin scripts are shown in their new form', () => {
    const modern = base58(COINS.ltc.scriptHash);
    expect(modern).toMatch(/^M/);
    expect(base58(5)).toMatch(/^3/);
    expect(said('ltc', base58(5))).toBe(modern);
    expect(said('ltc', modern)).toBe(modern);
  });

  it('of MWEB are refused by name', () => {
    const mweb = bech32.encode('ltcmweb', [0, ...bech32.toWords(new Uint8Array(66).fill(3))], false);
    expect(said('ltc', mweb)).toBe('mweb');
    expect(said('ltc', mweb.toUpperCase())).toBe('mweb');
    expect(said('btc', mweb)).toBe('other-chain Litecoin');
  });

  it('of Bitcoin Cash are read in either case, with and without prefix', () => {
    const address = cash(0);
    for (const text of [address, address.toUpperCase(), address.slice(12), address.slice(12).toUpperCase()])
      expect(said('bch', text)).toBe(address);
    expect(said('bch', address.replace('q', 'Q'))).toBe('checksum');
    expect(said('bch', address.replace('bitcoincash', 'ecash'))).toBe('checksum');
    expect(said('bch', cash(0, 'ecash'))).toBe('format');
    expect(said('bch', cash(0, 'bchtest'))).toBe('test-network');
    expect(said('btc', address)).toBe('other-chain Bitcoin Cash');
    expect(said('doge', address.slice(12))).toBe('other-chain Bitcoin Cash');
  });

  it('of Bitcoin Cash that take tokens, or longer hashes, are refused', () => {
    expect(cash(2)).toMatch(/^bitcoincash:z/);
    expect(cash(3)).toMatch(/^bitcoincash:r/);
    expect([said('bch', cash(2)), said('bch', cash(3)), said('bch', cash(4))]).toEqual([
      'token-aware',
      'token-aware',
      'type',
    ]);
  });

  it('of old Bitcoin Cash ask whether Bitcoin was meant', () => {
    for (const [version, kind] of [
      [0, 0],
      [5, 1],
    ] as const) {
      expect(said('bch', base58(version))).toBe('maybe-bitcoin');
      expect(said('bch', base58(version), 'meant')).toBe(cash(kind));
    }
  });

  it('of other coins are refused with the name of the coin', () => {
    const names = {
      48: 'Litecoin',
      50: 'Litecoin',
      38: 'Bitcoin Gold',
      23: 'Bitcoin Gold',
      76: 'Dash',
      16: 'Dash',
      30: 'Dogecoin',
      22: 'Dogecoin',
    };
    for (const [version, name] of Object.entries(names))
      for (const coin of COIN_IDS)
        if (COINS[coin].name !== name) expect(said(coin, base58(Number(version)))).toBe(`other-chain ${name}`);
    for (const coin of ['btg', 'dash', 'doge'] as const)
      for (const version of [0, 5]) expect(said(coin, base58(version))).toBe('other-chain Bitcoin');
    expect(said('ltc', base58(0))).toBe('other-chain Bitcoin');
    expect(said('btc', 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh')).toBe('other-chain XRP Ledger');
    expect(said('doge', `0x${'2a'.repeat(20)}`)).toBe('other-chain Ethereum');
  });

  it('of test networks are refused as such', () => {
    expect(said('btc', base58(111))).toBe('test-network');
    expect(said('btc', base58(196))).toBe('test-network');
    expect(said('doge', base58(113))).toBe('test-network');
    expect(said('dash', base58(140))).toBe('test-network');
    expect(said('ltc', base58(58))).toBe('test-network');
    expect(said('btc', witness('bcrt', 0, 20))).toBe('test-network');
    expect(said('ltc', witness('tltc', 0, 20))).toBe('test-network');
  });

  it('that are hurt say how', () => {
    expect(said('btc', '')).toBe('empty');
    expect(said('btc', ' \n ')).toBe('empty');
    expect(said('btc', 'hello')).toBe('format');
    expect(said('btc', `${base58(0).slice(0, -1)}x`)).toBe('checksum');
    expect(said('btc', `${witness('bc', 0, 20).slice(0, -1)}q`)).toBe('checksum');
    // BIP-350: each version has the checksum of its own.
    expect(said('btc', witness('bc', 0, 20, bech32m))).toBe('checksum');
    expect(said('btc', witness('bc', 1, 32, bech32))).toBe('checksum');
    expect(said('btc', witness('bc', 0, 25))).toBe('format');
  });

  it('of kinds that devices do not pay to are refused', () => {
    expect(said('ltc', witness('ltc', 1, 32))).toBe('type');
    expect(said('btg', witness('btg', 1, 32))).toBe('type');
    expect(said('btc', witness('bc', 2, 32))).toBe('type');
    expect(said('btc', witness('bc', 1, 20))).toBe('type');
  });
});
