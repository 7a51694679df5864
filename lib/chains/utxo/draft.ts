/** A transaction before its signatures: what the user agrees to, what a signer gets, and what comes back is held against. */
import { WalletError } from '@/lib/errors';
import type { OwnAddress } from './accounts';
import { COINS, type Coin, type CoinId } from './coins';
import { selectCoins } from './selection';
import { vsizeOf } from './size';
import type { TxOutput } from './transaction';
import { holdOf, outpoint, type Utxo } from './utxos';

export interface DraftInput
  extends Pick<Utxo, 'txid' | 'index' | 'amount' | 'script' | 'scriptType' | 'publicKey' | 'path'> {
  readonly sequence: number;
}

export interface DraftOutput extends TxOutput {
  /** Whose it is, where it is one's own: a device then shows it as change. */
  readonly own: Pick<OwnAddress, 'path' | 'publicKey' | 'scriptType'> | null;
}

export interface Draft {
  readonly coin: CoinId;
  readonly version: number;
  readonly lockTime: number;
  readonly inputs: readonly DraftInput[];
  readonly outputs: readonly DraftOutput[];
}

/** With what it comes to. */
export interface PreparedDraft extends Draft {
  readonly fee: bigint;
  /** The part of the fee above the rate, which was too little to come back. */
  readonly surplus: bigint;
  readonly vsize: number;
}

export interface DraftRequest {
  readonly coin: CoinId;
  readonly utxos: readonly Utxo[];
  /** Names of outputs that the user has picked, see `outpoint`; null leaves it to the wallet. */
  readonly picked: ReadonlySet<string> | null;
  /** Empty to send everything to `everythingTo`. */
  readonly payments: readonly TxOutput[];
  /** Who gets all that is left of everything; null for change. */
  readonly everythingTo: Uint8Array | null;
  /** A fresh address of the account. */
  readonly change: OwnAddress;
  readonly feePerKvB: bigint;
}

const VERSION = 2;
const FINAL = 0xffff_ffff;
/** Can be replaced (BIP-125), and has no lock of its own (BIP-68). */
const REPLACEABLE = 0xffff_fffd;

/**
 * @throws what `selectCoins` does; `insufficient-funds` also with `frozen` as reason where only what was put aside would
 *   suffice, and `not-spendable` where something was picked that cannot be spent
 */
export function prepareDraft(request: DraftRequest): PreparedDraft {
  const { picked, payments, everythingTo, change, feePerKvB } = request;
  const coin = COINS[request.coin];
  const rest = everythingTo ?? change.script;
  const candidates = candidatesOf(coin, request);
  const use = picked !== null ? 'all' : everythingTo !== null ? 'useful' : 'best';
  const {
    inputs,
    rest: left,
    fee,
    surplus,
    vsize,
  } = saying(coin, request, () => selectCoins({ coin, candidates, use, payments, rest, feePerKvB }));
  const outputs: DraftOutput[] = payments.map((payment) => ({ ...payment, own: null }));
  if (left !== null) outputs.push({ amount: left, script: rest, own: everythingTo === null ? change : null });
  return { ...draftOf(coin, inputs, outputs), fee, surplus, vsize };
}

/** In the order of BIP-69, so that nothing shows which output is change. */
export function draftOf(
  coin: Coin,
  utxos: readonly Pick<Utxo, 'txid' | 'index' | 'amount' | 'script' | 'scriptType' | 'publicKey' | 'path'>[],
  outputs: readonly DraftOutput[],
): Draft {
  const sequence = coin.replaceable ? REPLACEABLE : FINAL;
  const inputs = utxos
    .map(({ txid, index, amount, script, scriptType, publicKey, path }) => {
      return { txid, index, amount, script, scriptType, publicKey, path, sequence };
    })
    .sort((a, b) => compare(a.txid, b.txid) || a.index - b.index);
  const ordered = [...outputs].sort((a, b) => compare(a.amount, b.amount) || compareBytes(a.script, b.script));
  return { coin: coin.id, version: VERSION, lockTime: 0, inputs, outputs: ordered };
}

/** What goes in and does not come out. */
export const feeOfDraft = ({ inputs, outputs }: Pick<Draft, 'inputs' | 'outputs'>): bigint =>
  inputs.reduce((total, { amount }) => total + amount, 0n) - outputs.reduce((total, { amount }) => total + amount, 0n);

function candidatesOf(coin: Coin, { utxos, picked }: DraftRequest): readonly Utxo[] {
  if (picked === null) return utxos.filter((utxo) => holdOf(coin, utxo) === null);
  const chosen = utxos.filter((utxo) => picked.has(outpoint(utxo)));
  // What is picked by hand may be unconfirmed; frozen, immature and token-carrying outputs stay where they are.
  const isHeld = (utxo: Utxo) => !['unconfirmed', null].includes(holdOf(coin, utxo));
  if (chosen.length !== picked.size || chosen.some(isHeld))
    throw new WalletError('insufficient-funds', { reason: 'not-spendable' });
  return chosen;
}

/** Tells whether more would have been there. */
function saying<Result>(coin: Coin, request: DraftRequest, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const isShort = error instanceof WalletError && error.code === 'insufficient-funds';
    const isFrozen = (utxo: Utxo) => holdOf(coin, utxo) === 'frozen';
    if (!isShort || request.picked !== null || !request.utxos.some(isFrozen)) throw error;
    const thawed = request.utxos.map((utxo) => ({ ...utxo, isFrozen: false }));
    const candidates = thawed.filter((utxo) => holdOf(coin, utxo) === null);
    const total = candidates.reduce((sum, { amount }) => sum + amount, 0n);
    const asked = request.payments.reduce((sum, { amount }) => sum + amount, 0n);
    throw total > asked ? new WalletError('insufficient-funds', { reason: 'frozen' }) : error;
  }
}

const compare = <Value extends string | bigint>(a: Value, b: Value): number => (a === b ? 0 : a < b ? -1 : 1);

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

/** What it comes to, signed. @returns virtual bytes, rounded up */
export const vsizeOfDraft = ({ inputs, outputs }: Pick<Draft, 'inputs' | 'outputs'>): number =>
  vsizeOf(
    inputs.map(({ scriptType }) => scriptType),
    outputs.map(({ script }) => script),
  );
