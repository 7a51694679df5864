import { base58AddressToLockingBytecode, lockingBytecodeToCashAddress } from '@bitauth/libauth';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import bitcore from 'bitcore-lib';
import doge from 'bitcore-lib-doge';
import litecoin from 'bitcore-lib-ltc';
import coininfo from 'coininfo';
import { describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import {
  addressesOf,
  deriveAccount,
  descriptorOf,
  extendedKey,
  pathText,
  placesBeforeSplit,
  placesOf,
} from './accounts';
import vectors from './address.vectors.json';
import { COIN_IDS, COINS, type CoinId, type Purpose } from './coins';
import { ABANDON, ALL, accountOf, addressAt } from './testing/seed';

const ABANDON_SEED = toHex(mnemonicToSeedSync(`${'abandon '.repeat(11)}about`));

const known = (row: { coin: string; purpose: number }) => row as { coin: CoinId; purpose: Purpose };

describe('addresses of accounts', () => {
  it('are those of every coin and kind', () => {
    for (const row of vectors.abandon) {
      const { coin, purpose } = known(row);
      expect(addressAt(ABANDON, coin, purpose, 0, 0).address, `${coin} ${purpose}`).toBe(row.receive);
      expect(addressAt(ABANDON, coin, purpose, 1, 0).address, `${coin} ${purpose}`).toBe(row.change);
    }
    const kinds = COIN_IDS.flatMap((coin) => COINS[coin].purposes.map((purpose) => `${coin} ${purpose}`));
    expect(vectors.abandon.map(({ coin, purpose }) => `${coin} ${purpose}`).sort()).toEqual(kinds.sort());
  });

  it('are those that devices show', () => {
    for (const row of vectors.all) {
      const { coin, purpose } = known(row);
      expect(addressAt(ALL, coin, purpose, row.chain as 0 | 1, row.index).address).toBe(row.address);
    }
  });

  it('have the key of their path, made without a private one', () => {
    for (const coin of COIN_IDS)
      for (const place of placesOf(coin, 3)) {
        const at = addressesOf(deriveAccount(ALL, place), 1);
        for (const index of [0, 1, 41]) {
          const { path, publicKey } = at(index);
          expect(toHex(publicKey)).toBe(toHex(ALL.derive(pathText(path)).publicKey ?? new Uint8Array()));
        }
      }
  });

  it('have no hardened index', () => {
    const at = addressesOf(accountOf(ALL, 'btc', 84), 0);
    for (const index of [-1, 0.5, 2 ** 31]) expect(() => at(index)).toThrow(RangeError);
  });
});

describe('addresses by other libraries', () => {
  it.each(COIN_IDS)('have the constants of %s that another table has', (id) => {
    const { versions, bech32 = null } = coininfo(id);
    const { pubKeyHash, scriptHash, coinType, bech32: prefix } = COINS[id];
    expect([pubKeyHash, scriptHash, coinType]).toEqual([versions.public, versions.scripthash, versions.bip44]);
    expect(prefix).toBe(bech32);
  });

  const kinds = { 44: 'pubkeyhash', 49: 'scripthash', 84: 'witnesspubkeyhash', 86: 'taproot' } as const;

  it.each([
    ['btc', bitcore, [44, 49, 84, 86]],
    ['ltc', litecoin, [44, 49, 84]],
    ['doge', doge, [44]],
  ] as const)('are the same for %s', (coin, { HDPrivateKey, Address }, purposes) => {
    const master = HDPrivateKey.fromSeed(ABANDON_SEED);
    for (const purpose of purposes)
      for (const [chain, index] of [
        [0, 0],
        [0, 7],
        [1, 0],
      ] as const) {
        const own = addressAt(ABANDON, coin, purpose, chain, index);
        const { publicKey } = master.deriveChild(pathText(own.path));
        expect(own.address).toBe(Address.fromPublicKey(publicKey, 'livenet', kinds[purpose]).toString());
      }
  });

  it('are the same for Bitcoin Cash', () => {
    for (const index of [0, 1, 2, 3]) {
      const { address, path } = addressAt(ABANDON, 'bch', 44, 0, index);
      const key = bitcore.HDPrivateKey.fromSeed(ABANDON_SEED).deriveChild(pathText(path)).publicKey;
      const legacy = bitcore.Address.fromPublicKey(key, 'livenet', 'pubkeyhash').toString();
      const bytecode = base58AddressToLockingBytecode(legacy);
      if (typeof bytecode === 'string') throw new Error(bytecode);
      const options = { bytecode: bytecode.bytecode, prefix: 'bitcoincash' } as const;
      expect(lockingBytecodeToCashAddress(options)).toMatchObject({ address });
    }
  });

  it.each([
    ['btg', [44, 49, 84]],
    ['dash', [44]],
  ] as const)('are the same for %s, with the constants of another table', (coin, purposes) => {
    const { versions, bech32 } = coininfo(coin);
    const network = bitcore.Networks.add({
      name: coin,
      alias: coin,
      pubkeyhash: versions.public,
      scripthash: versions.scripthash,
      privatekey: versions.private,
      bech32prefix: bech32,
      xpubkey: versions.bip32.public,
      xprivkey: versions.bip32.private,
    });
    const master = bitcore.HDPrivateKey.fromSeed(ABANDON_SEED);
    for (const purpose of purposes)
      for (const chain of [0, 1] as const) {
        const own = addressAt(ABANDON, coin, purpose, chain, 3);
        const { publicKey } = master.deriveChild(pathText(own.path));
        expect(own.address).toBe(bitcore.Address.fromPublicKey(publicKey, network, kinds[purpose]).toString());
      }
  });
});

describe('places', () => {
  it('begin with the usual kind', () => {
    const first = (coin: CoinId) => pathText(addressAt(ALL, coin, COINS[coin].purposes[0] ?? 44, 0, 7).path);
    expect(COIN_IDS.map(first)).toEqual([
      "m/84'/0'/0'/0/7",
      "m/84'/2'/0'/0/7",
      "m/44'/145'/0'/0/7",
      "m/49'/156'/0'/0/7",
      "m/44'/5'/0'/0/7",
      "m/44'/3'/0'/0/7",
    ]);
  });

  it('before a split are on the paths of Bitcoin, with addresses of the new chain', () => {
    const [gold] = placesBeforeSplit('btg').map((place) => addressesOf(deriveAccount(ALL, place), 0)(0));
    expect(pathText(gold?.path ?? [])).toBe("m/49'/0'/0'/0/0");
    expect(toHex(gold?.script ?? new Uint8Array())).toBe(toHex(addressAt(ALL, 'btc', 49, 0, 0).script));
    const cash = placesBeforeSplit('bch').map((place) => addressesOf(deriveAccount(ALL, place), 0)(0));
    expect(cash.map(({ path }) => pathText(path))).toEqual(["m/44'/0'/0'/0/0"]);
    expect(cash[0]?.address).toMatch(/^bitcoincash:q/);
    expect(['btc', 'ltc', 'dash', 'doge'].flatMap((coin) => placesBeforeSplit(coin as CoinId))).toEqual([]);
  });
});

describe('keys that other wallets read', () => {
  // BIP-84, "Test vectors"; BIP-86, "Test vectors".
  it('are those of BIP-84 and BIP-86', () => {
    expect(extendedKey(accountOf(ABANDON, 'btc', 84))).toBe(
      'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs',
    );
    expect(extendedKey(accountOf(ABANDON, 'btc', 86))).toBe(
      'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ',
    );
  });

  it('begin as every coin writes them', () => {
    const beginnings = (coin: CoinId) =>
      COINS[coin].purposes.map((purpose) => extendedKey(accountOf(ALL, coin, purpose)).slice(0, 4));
    expect(Object.fromEntries(COIN_IDS.map((coin) => [coin, beginnings(coin)]))).toEqual({
      btc: ['zpub', 'xpub', 'ypub', 'xpub'],
      ltc: ['zpub', 'Mtub', 'Ltub'],
      bch: ['xpub'],
      btg: ['ypub', 'zpub', 'xpub'],
      dash: ['drkp'],
      doge: ['dgub'],
    });
  });

  it('lead to the same addresses', () => {
    const account = accountOf(ALL, 'btc', 44);
    const read = HDKey.fromExtendedKey(extendedKey(account)).deriveChild(0).deriveChild(5);
    expect(toHex(read.publicKey ?? new Uint8Array())).toBe(toHex(addressesOf(account, 0)(5).publicKey));
  });

  it('stand in a descriptor that says the kind', () => {
    const frames = ([84, 86, 49, 44] as const).map((purpose) =>
      descriptorOf(accountOf(ALL, 'btc', purpose)).replace(/xpub[1-9A-HJ-NP-Za-km-z]{107}/, 'X'),
    );
    expect(frames).toEqual(['wpkh(X/<0;1>/*)', 'tr(X/<0;1>/*)', 'sh(wpkh(X/<0;1>/*))', 'pkh(X/<0;1>/*)']);
  });
});
