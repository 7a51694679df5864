/** Transactions that travel between wallets before they are signed (BIP-174, BIP-371), of version 0. */
import { equalBytes } from '@/lib/bytes';
import type { OwnAddress } from './accounts';
import { COINS, type Coin, type CoinId } from './coins';
import { type Draft, type DraftInput, feeOfDraft, vsizeOfDraft } from './draft';
import { feeOf } from './fees';
import { fieldOf, GLOBAL, INPUT, OUTPUT, type PsbtEntry, type PsbtMap, readMaps, writeMaps } from './psbt-format';
import { redeemScript } from './script';
import {
  parseTransaction,
  serializeTransaction,
  type Transaction,
  type TxOutput,
  txidOf,
  writeOutput,
} from './transaction';
import { holdOf, outpoint, type Utxo } from './utxos';
import { reader, writer } from './wire';

export interface PsbtFacts {
  /** The transactions whose outputs are spent, by their ids. */
  readonly previous: ReadonlyMap<string, Transaction>;
  /** Of the master key, so that others find their way (BIP-32, "Key identifiers"). */
  readonly fingerprint: number;
  /** What came back from a signer, once it is verified. */
  readonly signed: Transaction | null;
}

/** @throws RangeError if a previous transaction is missing */
export function writePsbt(draft: Draft, { previous, fingerprint, signed }: PsbtFacts): Uint8Array {
  const { inputs, outputs } = draft;
  const inputMap = (input: DraftInput, at: number): PsbtMap => {
    const transaction = previous.get(input.txid);
    if (!transaction) throw new RangeError('previous transaction');
    const { scriptType, publicKey } = input;
    return [
      ...(scriptType === 'p2tr' ? [] : [entry(INPUT.previous, serializeTransaction(transaction))]),
      ...(scriptType === 'p2pkh' ? [] : [entry(INPUT.witnessOutput, outputBytes(input))]),
      ...(scriptType === 'p2sh-p2wpkh' ? [entry(INPUT.redeemScript, redeemScript(publicKey))] : []),
      ...(scriptType === 'p2tr' ? [] : [derivation(INPUT.derivation, input, fingerprint)]),
      ...finalEntries(signed, at),
      ...(scriptType === 'p2tr' ? [derivation(INPUT.taprootDerivation, input, fingerprint)] : []),
      ...(scriptType === 'p2tr' ? [entry(INPUT.taprootKey, publicKey.slice(1))] : []),
    ];
  };
  return writeMaps({
    global: [entry(GLOBAL.transaction, unsignedBytes(draft))],
    inputs: inputs.map(inputMap),
    outputs: outputs.map(({ own }) => {
      if (own === null) return [];
      const type = own.scriptType === 'p2tr' ? OUTPUT.taprootDerivation : OUTPUT.derivation;
      return [derivation(type, own, fingerprint)];
    }),
  });
}

/** The transaction without signatures. */
export function unsignedBytes({ version, lockTime, inputs, outputs }: Draft): Uint8Array {
  const bare = inputs.map(({ txid, index, sequence }) => ({
    ...{ txid, index, sequence },
    script: new Uint8Array(),
    witness: [],
  }));
  return serializeTransaction({ version, lockTime, inputs: bare, outputs, extraData: new Uint8Array() });
}

const NO_KEY = new Uint8Array();
const entry = (type: number, value: Uint8Array, key: Uint8Array = NO_KEY): PsbtEntry => ({ type, key, value });

function outputBytes(output: TxOutput): Uint8Array {
  const to = writer();
  writeOutput(to, output);
  return to.done();
}

/** Which key of the wallet: the fingerprint of the master key, and the path. */
function derivation(
  type: number,
  own: Pick<OwnAddress, 'path' | 'publicKey' | 'scriptType'>,
  fingerprint: number,
): PsbtEntry {
  const isTaproot = own.scriptType === 'p2tr';
  const to = writer();
  // Of taproot the leaves come first: none.
  if (isTaproot) to.bytes(Uint8Array.of(0));
  to.bytes(writer().u32(fingerprint).done().reverse());
  for (const step of own.path) to.u32(step);
  return entry(type, to.done(), isTaproot ? own.publicKey.slice(1) : own.publicKey);
}

function finalEntries(signed: Transaction | null, at: number): PsbtMap {
  const input = signed?.inputs[at];
  if (!input) return [];
  const witness = writer().list(input.witness, (to, item) => to.bytesWithLength(item));
  return [
    ...(input.script.length > 0 ? [entry(INPUT.finalScript, input.script)] : []),
    ...(input.witness.length > 0 ? [entry(INPUT.finalWitness, witness.done())] : []),
  ];
}

/**
 * Why a PSBT is not signed. `foreign-input`: it also spends outputs of others. `not-spendable`: one that is put aside, not
 * mature, or carries a token. `wrong-amount`: it says another amount or script than the output has. `hash-type`: it asks for
 * a signature that leaves others free to change the transaction. `overspent`: more comes out than goes in.
 * `fee-above-limit`: what is left for the fee is surely a slip, or a trap.
 */
export type PsbtProblem =
  | 'no-psbt'
  | 'malformed'
  | 'foreign-input'
  | 'not-spendable'
  | 'wrong-amount'
  | 'hash-type'
  | 'overspent'
  | 'fee-above-limit';

/** What a PSBT is held against. */
export interface OwnThings {
  /** Proven outputs of one's own: their amounts are believed, those of the PSBT are not. */
  readonly utxos: readonly Utxo[];
  /** The own address of an output script, or null. */
  readonly ownerOf: (script: Uint8Array) => OwnAddress | null;
}

/** The draft that a PSBT asks to sign, or why not. Signatures in it are ignored. */
export function readPsbt(id: CoinId, psbt: Uint8Array, own: OwnThings): Draft | PsbtProblem {
  const coin = COINS[id];
  if (!coin.replaceable) return 'no-psbt';
  const asked = parsed(coin, psbt);
  if (!asked) return 'malformed';
  const { transaction, claims } = asked;
  const inputs: DraftInput[] = [];
  for (const [at, { txid, index, sequence }] of transaction.inputs.entries()) {
    const name = outpoint({ txid, index });
    const utxo = own.utxos.find((one) => outpoint(one) === name);
    if (!utxo) return 'foreign-input';
    if (!['unconfirmed', null].includes(holdOf(coin, utxo))) return 'not-spendable';
    const { outputs = [], hashType } = claims[at] ?? {};
    if (!outputs.every((said) => isSame(utxo, said))) return 'wrong-amount';
    const plain = utxo.scriptType === 'p2tr' ? SIGHASH_DEFAULT : SIGHASH_ALL;
    if (hashType !== undefined && hashType !== plain) return 'hash-type';
    const { amount, script, scriptType, publicKey, path } = utxo;
    inputs.push({ txid, index, amount, script, scriptType, publicKey, path, sequence });
  }
  if (new Set(inputs.map(outpoint)).size !== inputs.length) return 'malformed';
  const outputs = transaction.outputs.map((output) => ({ ...output, own: own.ownerOf(output.script) }));
  const draft = { coin: id, version: transaction.version, lockTime: transaction.lockTime, inputs, outputs };
  const fee = feeOfDraft(draft);
  if (fee < 0n) return 'overspent';
  return fee > feeOf(vsizeOfDraft(draft), coin.maxFeePerKvB) ? 'fee-above-limit' : draft;
}

const SIGHASH_ALL = 1;
const SIGHASH_DEFAULT = 0;

/** What a PSBT says of an input. */
interface Claim {
  readonly outputs: readonly TxOutput[];
  readonly hashType: number | undefined;
}

function parsed(coin: Coin, psbt: Uint8Array): { transaction: Transaction; claims: Claim[] } | null {
  try {
    const unsigned = (global: PsbtMap) => parseTransaction(fieldOf(global, GLOBAL.transaction) ?? NO_KEY, coin);
    const { global, inputs } = readMaps(psbt, (map) => {
      const { inputs: ins, outputs } = unsigned(map);
      return { inputs: ins.length, outputs: outputs.length };
    });
    const transaction = unsigned(global);
    const isBare = transaction.inputs.every(({ script, witness }) => script.length + witness.length === 0);
    if (!isBare || fieldOf(global, GLOBAL.version)?.some((byte) => byte !== 0)) return null;
    return { transaction, claims: transaction.inputs.map((input, at) => claimOf(coin, input, inputs[at] ?? [])) };
  } catch {
    return null;
  }
}

/** @throws RangeError for fields that are not what they are called */
function claimOf(coin: Coin, { txid, index }: { readonly txid: string; readonly index: number }, map: PsbtMap): Claim {
  const [whole, listed, hashType] = [INPUT.previous, INPUT.witnessOutput, INPUT.hashType].map((type) =>
    fieldOf(map, type),
  );
  const outputs: TxOutput[] = [];
  if (whole) {
    const previous = parseTransaction(whole, coin);
    const output = previous.outputs[index];
    if (!output || txidOf(previous) !== txid) throw new RangeError('previous transaction');
    outputs.push(output);
  }
  if (listed) {
    const from = reader(listed);
    outputs.push({ amount: from.u64(), script: from.bytesWithLength() });
    from.end();
  }
  return { outputs, hashType: hashType && reader(hashType).u32() };
}

/** What a PSBT leaves out is no lie. */
const isSame = (utxo: Utxo, said: TxOutput): boolean =>
  said.amount === utxo.amount && equalBytes(said.script, utxo.script);
