/** Transactions as they travel (BIP-144), with what Dash (DIP-2) and Litecoin (MWEB) add. */
import { toHex } from '@/lib/bytes';
import type { Coin } from './coins';
import { hash256 } from './script';
import { type Reader, reader, type Writer, writer } from './wire';

export interface TxInput {
  /** Of the transaction that is spent, as explorers show it. */
  readonly txid: string;
  readonly index: number;
  readonly script: Uint8Array;
  readonly sequence: number;
  readonly witness: readonly Uint8Array[];
}

export interface TxOutput {
  readonly amount: bigint;
  readonly script: Uint8Array;
}

export interface Transaction {
  /** 32 bits without a sign; in Dash the high half is a type. */
  readonly version: number;
  readonly inputs: readonly TxInput[];
  readonly outputs: readonly TxOutput[];
  readonly lockTime: number;
  /** In Dash what follows the lock time, its length included. */
  readonly extraData: Uint8Array;
}

const HAS_WITNESS = 1;
const HAS_MWEB = 8;
const MAX_BYTES = 4_000_000;
const SPECIAL_VERSION = 3;

/** @throws RangeError if it is not exactly one transaction of the coin, or one with nothing to spend outside of MWEB */
export function parseTransaction(raw: Uint8Array, coin: Pick<Coin, 'extension' | 'bech32'>): Transaction {
  if (raw.length > MAX_BYTES) throw new RangeError('transaction too long');
  const from = reader(raw);
  const version = from.u32();
  const flags = readFlags(from, coin);
  const bare = from.list(readInput);
  const outputs = from.list(readOutput);
  if (bare.length === 0 || outputs.length === 0) throw new RangeError('transaction without inputs or outputs');
  const inputs = (flags & HAS_WITNESS) === 0 ? bare : bare.map((input) => ({ ...input, witness: from.list(readItem) }));
  if (flags & HAS_WITNESS && inputs.every(({ witness }) => witness.length === 0)) throw new RangeError('empty witness');
  // In a block only the peg-out transaction has the flag, with nothing behind it (LIP-3); outside, MWEB's own part.
  if (flags & HAS_MWEB && from.u8() !== 0) throw new RangeError('MWEB transaction');
  const lockTime = from.u32();
  const extraData = isSpecial(version, coin) ? from.rest() : new Uint8Array();
  if (extraData.length > 0) reader(extraData).wholeBytes();
  from.end();
  return { version, inputs, outputs, lockTime, extraData };
}

/** @param form `base` leaves out witnesses, as for the txid */
export function serializeTransaction(transaction: Transaction, form: 'full' | 'base' = 'full'): Uint8Array {
  const { version, inputs, outputs, lockTime, extraData } = transaction;
  const segwit = form === 'full' && inputs.some(({ witness }) => witness.length > 0);
  const to = writer().u32(version);
  if (segwit) to.bytes(Uint8Array.of(0, HAS_WITNESS));
  to.list(inputs, writeInput).list(outputs, writeOutput);
  if (segwit) for (const { witness } of inputs) to.list(witness, (each, item) => each.bytesWithLength(item));
  return to.u32(lockTime).bytes(extraData).done();
}

/** As explorers show it: the double SHA-256 of the base form, reversed. */
export const txidOf = (transaction: Transaction): string =>
  toHex(hash256(serializeTransaction(transaction, 'base')).reverse());

/** Witness bytes count once, all others four times (BIP-141). */
export function weightOf(transaction: Transaction): number {
  return 3 * serializeTransaction(transaction, 'base').length + serializeTransaction(transaction).length;
}

function readFlags(from: Reader, coin: Pick<Coin, 'extension' | 'bech32'>): number {
  if (from.peek() !== 0 || coin.bech32 === null) return 0;
  from.u8();
  const flags = from.u8();
  const known = coin.extension === 'mweb' ? HAS_WITNESS | HAS_MWEB : HAS_WITNESS;
  if (flags === 0 || (flags & ~known) !== 0) throw new RangeError('transaction flags');
  return flags;
}

const isSpecial = (version: number, { extension }: Pick<Coin, 'extension'>): boolean =>
  extension === 'special-payload' && (version & 0xffff) >= SPECIAL_VERSION && version >>> 16 !== 0;

const readItem = (from: Reader): Uint8Array => from.bytesWithLength();

const readInput = (from: Reader): TxInput => ({
  txid: toHex(from.bytes(32).reverse()),
  index: from.u32(),
  script: from.bytesWithLength(),
  sequence: from.u32(),
  witness: [],
});

const readOutput = (from: Reader): TxOutput => ({ amount: from.u64(), script: from.bytesWithLength() });

export function writeOutpoint(to: Writer, { txid, index }: Pick<TxInput, 'txid' | 'index'>): void {
  to.txid(txid).u32(index);
}

function writeInput(to: Writer, input: TxInput): void {
  writeOutpoint(to, input);
  to.bytesWithLength(input.script).u32(input.sequence);
}

export function writeOutput(to: Writer, { amount, script }: TxOutput): void {
  to.u64(amount).bytesWithLength(script);
}
