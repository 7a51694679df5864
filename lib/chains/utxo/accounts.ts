/** Accounts and their addresses (BIP-44, 49, 84, 86): m / purpose' / coin type' / account' / chain / index. */
import { HDKey } from '@scure/bip32';
import { childKeyOf, childPointsOf } from '../child-points';
import { addressOf } from './address';
import { COINS, type CoinId, type Purpose } from './coins';
import { ownScript, SCRIPT_TYPE, type ScriptType } from './script';

export const HARDENED = 0x8000_0000;

/** Where an account stands. Its coin type is another chain's for coins from before a split. */
export interface AccountPlace {
  readonly coin: CoinId;
  readonly purpose: Purpose;
  readonly coinType: number;
  /** From 0. */
  readonly account: number;
}

/** Enough to find every address of an account, and to spend nothing. */
export interface Account extends AccountPlace {
  /** Of m / purpose' / coin type' / account', compressed, 33 bytes. */
  readonly publicKey: Uint8Array;
  readonly chainCode: Uint8Array;
  /** Of the key above it (BIP-32); only part of what `extendedKey` writes. */
  readonly parentFingerprint: number;
}

/** 0: addresses that are given to others; 1: change. */
export type Chain = 0 | 1;

export interface OwnAddress {
  readonly address: string;
  readonly script: Uint8Array;
  readonly scriptType: ScriptType;
  readonly publicKey: Uint8Array;
  /** Whole, from the master key. */
  readonly path: readonly number[];
  readonly chain: Chain;
  readonly index: number;
}

/** Every kind of account that a coin has, the usual one first. @param account from 0 */
export function placesOf(coin: CoinId, account = 0): AccountPlace[] {
  const { purposes, coinType } = COINS[coin];
  return purposes.map((purpose) => ({ coin, purpose, coinType, account }));
}

/**
 * Where coins from before the split are, on the paths of the chain that it left: never on those of purposes that have
 * come later, and none for a coin that has not split off.
 */
export function placesBeforeSplit(coin: CoinId, account = 0): AccountPlace[] {
  const { purposes, splitFromCoinType } = COINS[coin];
  if (splitFromCoinType === null) return [];
  return purposes.map((purpose) => ({ coin, purpose, coinType: splitFromCoinType, account }));
}

export const pathOf = ({ purpose, coinType, account }: AccountPlace): readonly number[] => [
  HARDENED + purpose,
  HARDENED + coinType,
  HARDENED + account,
];

/** As people write it, such as m/84'/0'/0'. */
export const pathText = (path: readonly number[]): string =>
  ['m', ...path.map((step) => (step >= HARDENED ? `${step - HARDENED}'` : `${step}`))].join('/');

/** @param master of the seed; it keeps its private key, and no other is kept */
export function deriveAccount(master: HDKey, place: AccountPlace): Account {
  const key = master.derive(pathText(pathOf(place)));
  const { publicKey, chainCode, parentFingerprint } = key;
  if (!publicKey || !chainCode) throw new Error('no key at this path');
  const account = { ...place, publicKey: publicKey.slice(), chainCode: chainCode.slice(), parentFingerprint };
  key.wipePrivateData();
  return account;
}

/** The addresses of one chain of an account. @returns a function of the index, 0 to 2^31 - 1 */
export function addressesOf(account: Account, chain: Chain): (index: number) => OwnAddress {
  const coin = COINS[account.coin];
  const scriptType = SCRIPT_TYPE[account.purpose];
  const pointAt = childPointsOf(childKeyOf(account, chain));
  const base = [...pathOf(account), chain];
  return (index) => {
    const publicKey = pointAt(index).toBytes(true);
    const script = ownScript(scriptType, publicKey);
    const address = addressOf(coin, script);
    if (address === null) throw new RangeError('no address of this kind on this chain');
    return { address, script, scriptType, publicKey, path: [...base, index], chain, index };
  };
}

/** The account's key as other wallets read it (SLIP-132). Whoever has it sees all that the account does. */
export function extendedKey(account: Account): string {
  const version = COINS[account.coin].xpub[account.purpose];
  if (version === undefined) throw new RangeError('the coin has no such account');
  return serialized(account, version);
}

const DESCRIPTOR: Readonly<Record<ScriptType, readonly [string, string]>> = {
  p2pkh: ['pkh(', ')'],
  'p2sh-p2wpkh': ['sh(wpkh(', '))'],
  p2wpkh: ['wpkh(', ')'],
  p2tr: ['tr(', ')'],
};

/** What a server of one's own is asked with (BIP-380, BIP-389), always with the version of BIP-32: the kind is in it. */
export function descriptorOf(account: Account): string {
  const [before, after] = DESCRIPTOR[SCRIPT_TYPE[account.purpose]];
  return `${before}${serialized(account, XPUB)}/<0;1>/*${after}`;
}

/** The same without its key: from which key it comes, and by which path (BIP-329). @param fingerprint of the master key */
export function originOf(account: Account, fingerprint: number): string {
  const [before, after] = DESCRIPTOR[SCRIPT_TYPE[account.purpose]];
  const origin = pathText(pathOf(account)).replace(/^m/, fingerprint.toString(16).padStart(8, '0'));
  return `${before}[${origin}]${after}`;
}

const XPUB = 0x0488b21e;
const DEPTH = 3;

const serialized = ({ publicKey, chainCode, account, parentFingerprint }: Account, version: number): string =>
  new HDKey({
    publicKey,
    chainCode,
    parentFingerprint,
    depth: DEPTH,
    index: HARDENED + account,
    versions: { public: version, private: 0 },
  }).publicExtendedKey;
