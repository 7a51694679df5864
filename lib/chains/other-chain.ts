/** Addresses of chains that this wallet cannot send to, recognised so that a screen can name the chain. */
import { sha256 } from '@noble/hashes/sha2.js';
import { base58, base58xrp, bech32, bech32m, createBase58check } from '@scure/base';

const base58check = createBase58check(sha256);

/** Version bytes of base58check addresses; where chains share one (BTG and others), the older chain is named. */
const VERSIONS: Readonly<Record<number, string>> = {
  0: 'Bitcoin',
  5: 'Bitcoin',
  22: 'Dogecoin',
  30: 'Dogecoin',
  38: 'Bitcoin Gold',
  48: 'Litecoin',
  50: 'Litecoin',
  65: 'Tron',
  76: 'Dash',
  16: 'Dash',
};

/** Human-readable parts of bech32 and bech32m addresses. */
const PREFIXES: Readonly<Record<string, string>> = {
  bc: 'Bitcoin',
  tb: 'Bitcoin',
  ltc: 'Litecoin',
  btg: 'Bitcoin Gold',
  addr: 'Cardano',
  stake: 'Cardano',
  cosmos: 'Cosmos',
  osmo: 'Osmosis',
  celestia: 'Celestia',
  inj: 'Injective',
};

/** Shapes without a checksum that could be checked in a line. */
const SHAPES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(bitcoincash:)?[qp][02-9ac-hj-np-z]{41}$/, 'Bitcoin Cash'],
  [/^G[A-Z2-7]{55}$/, 'Stellar'],
  [/^[48][1-9A-HJ-NP-Za-km-z]{94}$/, 'Monero'],
  [/^(EQ|UQ|kQ|0Q)[A-Za-z0-9_-]{46}$/, 'TON'],
  [/^0x[0-9a-fA-F]{64}$/, 'Sui or Aptos'],
];

const SOLANA_KEY_BYTES = 32;
const RIPPLE_BYTES = 25;

/** The name of the chain that a text is an address of, or null if it is none that is known here. Spaces around it count. */
export function otherChainOf(text: string): string | null {
  return base58checkChain(text) ?? bech32Chain(text) ?? shapeChain(text) ?? rippleChain(text) ?? solanaChain(text);
}

function base58checkChain(text: string): string | null {
  const payload = attempt(() => base58check.decode(text));
  return payload?.length === 21 ? (VERSIONS[payload[0] ?? -1] ?? null) : null;
}

function bech32Chain(text: string): string | null {
  const { prefix } =
    bech32.decodeUnsafe(text as `${string}1${string}`, false) ??
    bech32m.decodeUnsafe(text as `${string}1${string}`, false) ??
    {};
  return prefix === undefined ? null : (PREFIXES[prefix] ?? null);
}

const shapeChain = (text: string): string | null => SHAPES.find(([shape]) => shape.test(text))?.[1] ?? null;

function rippleChain(text: string): string | null {
  return text.startsWith('r') && attempt(() => base58xrp.decode(text))?.length === RIPPLE_BYTES ? 'XRP Ledger' : null;
}

function solanaChain(text: string): string | null {
  return attempt(() => base58.decode(text))?.length === SOLANA_KEY_BYTES ? 'Solana' : null;
}

function attempt<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch {
    return null;
  }
}
