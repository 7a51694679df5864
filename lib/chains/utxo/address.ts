/** Addresses as people paste them, and as they are shown. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32, bech32m, createBase58check } from '@scure/base';
import { WalletError } from '@/lib/errors';
import { otherChainOf } from '../other-chain';
import { decodeCashAddress, encodeCashAddress } from './cash-address';
import { type AddressType, COINS, type Coin } from './coins';
import { type Destination, destinationOf, scriptOf } from './script';

/**
 * Why an address is refused. `no-segwit`: bech32 where outputs of that kind can be taken by anybody. `type`: of a kind
 * that the coin or its devices do not pay to. `maybe-bitcoin`: an old address of Bitcoin Cash reads the same as one of
 * Bitcoin; it passes once the user says which was meant.
 */
export type AddressProblem =
  | 'empty'
  | 'format'
  | 'checksum'
  | 'other-chain'
  | 'test-network'
  | 'no-segwit'
  | 'type'
  | 'mweb'
  | 'token-aware'
  | 'maybe-bitcoin';

export interface CheckedAddress extends Destination {
  /** As it is shown, which may not be as it was pasted. */
  readonly address: string;
  readonly script: Uint8Array;
}

export interface CheckOptions {
  /** `meant`: the user has said that the old form of Bitcoin Cash is no slip. */
  readonly legacy?: 'ask' | 'meant';
}

type Reading =
  | { readonly encoding: 'base58'; readonly version: number; readonly hash: Uint8Array }
  | { readonly encoding: 'bech32'; readonly prefix: string; readonly version: number; readonly hash: Uint8Array }
  | { readonly encoding: 'cash'; readonly prefix: string; readonly kind: number; readonly hash: Uint8Array };

const base58check = createBase58check(sha256);
const HASH_LENGTH = 20;
const MWEB = /^(ltcmweb|tmweb)1/i;
/** Base58check of 21 bytes has 25 bytes with its checksum. */
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]{26,35}$/;
const BECH32 = /^([a-z]{2,10})1[02-9ac-hj-np-z]{11,87}$/i;
const CASH = /^([a-z]{2,15}:[02-9ac-hj-np-z]{42,112}|[qpzr][02-9ac-hj-np-z]{41,111})$/i;
const ETHEREUM = /^0x[0-9a-f]{40}$/i;
const CASH_TOKEN_KINDS = [2, 3];
const CASH_KINDS: readonly AddressType[] = ['p2pkh', 'p2sh'];

/**
 * The address of a recipient; spaces around it are ignored.
 * @throws WalletError `bad-address` with an `AddressProblem` as reason; of another chain with its name as `party`
 */
export function checkAddress(coin: Coin, text: string, { legacy = 'ask' }: CheckOptions = {}): CheckedAddress {
  const trimmed = text.trim();
  if (trimmed === '') throw refused('empty');
  if (ETHEREUM.test(trimmed)) throw ofChain('Ethereum');
  if (MWEB.test(trimmed)) throw coin.extension === 'mweb' ? refused('mweb') : ofChain(COINS.ltc.name);
  const reading = read(trimmed, coin);
  if (reading === 'format' || reading === 'checksum') {
    const chain = otherChainOf(trimmed);
    throw chain === null || chain === coin.name ? refused(reading) : ofChain(chain);
  }
  const destination = destinationFor(coin, reading, legacy);
  if (!destination) throw notOurs(coin, trimmed, reading);
  if (!coin.pays.includes(destination.type)) throw refused('type');
  return { ...destination, address: encode(coin, destination), script: scriptOf(destination) };
}

/** The address of an output script as it is shown, or null if it has none on this chain. */
export function addressOf(coin: Coin, script: Uint8Array): string | null {
  const destination = destinationOf(script);
  return destination && coin.pays.includes(destination.type) ? encode(coin, destination) : null;
}

function read(text: string, coin: Coin): Reading | 'format' | 'checksum' {
  const base58 = readBase58(text);
  const prefix = BECH32.exec(text)?.[1]?.toLowerCase();
  // Few texts have the letters of both; then the checksum tells.
  if (typeof base58 === 'object') return base58;
  if (prefix !== undefined) return readBech32(text, prefix) ?? 'checksum';
  if (!CASH.test(text)) return base58;
  const found = decodeCashAddress(text, coin.cashAddress ?? COINS.bch.cashAddress ?? '');
  return found ? { encoding: 'cash', ...found } : 'checksum';
}

function readBase58(text: string): Reading | 'format' | 'checksum' {
  if (!BASE58.test(text)) return 'format';
  try {
    const payload = base58check.decode(text);
    const [version = 0] = payload;
    return payload.length === HASH_LENGTH + 1 ? { encoding: 'base58', version, hash: payload.slice(1) } : 'format';
  } catch {
    return 'checksum';
  }
}

/** Version 0 is bech32 (BIP-173), every later one bech32m (BIP-350); the wrong one of both is refused. */
function readBech32(text: string, prefix: string): Reading | null {
  for (const coder of [bech32, bech32m]) {
    const decoded = coder.decodeUnsafe(text);
    const [version, ...words] = decoded?.words ?? [];
    if (version === undefined || (version === 0) !== (coder === bech32)) continue;
    const hash = coder.fromWordsUnsafe(words);
    if (hash && version <= 16) return { encoding: 'bech32', prefix, version, hash: Uint8Array.from(hash) };
  }
  return null;
}

/** Null if the address is of another chain. */
function destinationFor(coin: Coin, reading: Reading, legacy: 'ask' | 'meant'): Destination | null {
  const { hash } = reading;
  if (reading.encoding === 'cash') {
    if (reading.prefix !== coin.cashAddress) return null;
    if (CASH_TOKEN_KINDS.includes(reading.kind)) throw refused('token-aware');
    const type = CASH_KINDS[reading.kind];
    if (type === undefined || hash.length !== HASH_LENGTH) throw refused('type');
    return { type, hash };
  }
  if (reading.encoding === 'bech32') return reading.prefix === coin.bech32 ? witnessOf(reading) : null;
  const isScript = reading.version === coin.scriptHash || reading.version === coin.oldScriptHash;
  if (!isScript && reading.version !== coin.pubKeyHash) return null;
  if (coin.cashAddress !== null && legacy === 'ask') throw refused('maybe-bitcoin');
  return { type: isScript ? 'p2sh' : 'p2pkh', hash };
}

function witnessOf({ version, hash }: { readonly version: number; readonly hash: Uint8Array }): Destination {
  if (version === 0 && hash.length === 20) return { type: 'p2wpkh', hash };
  if (version === 0 && hash.length === 32) return { type: 'p2wsh', hash };
  if (version === 1 && hash.length === 32) return { type: 'p2tr', hash };
  throw refused(version === 0 ? 'format' : 'type');
}

function notOurs(coin: Coin, text: string, reading: Reading): WalletError {
  const others = Object.values(COINS).filter((other) => other !== coin);
  const matches = (other: Coin) =>
    reading.encoding === 'base58'
      ? [other.pubKeyHash, other.scriptHash].includes(reading.version)
      : [other.bech32, other.cashAddress].includes(reading.prefix);
  const other = others.find(matches);
  if (other) return ofChain(other.name);
  const isTest =
    reading.encoding === 'base58'
      ? coin.testNetworks.versions.includes(reading.version)
      : coin.testNetworks.prefixes.includes(reading.prefix);
  if (isTest) return refused('test-network');
  // As if the coin had them.
  if (reading.encoding === 'bech32' && reading.prefix === coin.id) return refused('no-segwit');
  const chain = otherChainOf(text);
  return chain === null || chain === coin.name ? refused('format') : ofChain(chain);
}

function encode(coin: Coin, { type, hash }: Destination): string {
  if (type === 'p2pkh' || type === 'p2sh') {
    if (coin.cashAddress !== null)
      return encodeCashAddress({ prefix: coin.cashAddress, kind: CASH_KINDS.indexOf(type), hash });
    return base58check.encode(Uint8Array.of(type === 'p2sh' ? coin.scriptHash : coin.pubKeyHash, ...hash));
  }
  const [version, coder] = type === 'p2tr' ? [1, bech32m] : [0, bech32];
  return coder.encode(coin.bech32 ?? '', [version, ...coder.toWords(hash)]);
}

const refused = (reason: AddressProblem) => new WalletError('bad-address', { reason });
const ofChain = (party: string) => new WalletError('bad-address', { reason: 'other-chain', party });
