/** Transactions that travel between wallets before they are signed (BIP-174, BIP-371), of version 0. */
import { Transaction as Builder } from '@scure/btc-signer';
import { equalBytes, toHex } from '@/lib/bytes';
import type { OwnAddress } from './accounts';
import { COINS, type CoinId } from './coins';
import { type Draft, type DraftInput, feeOfDraft } from './draft';
import { inputFields } from './sign';
import { serializeTransaction, type Transaction } from './transaction';
import { holdOf, outpoint, type Utxo } from './utxos';

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
  const { version, lockTime, inputs, outputs } = draft;
  const builder = new Builder({ version, lockTime, allowLegacyWitnessUtxo: true, allowUnknownOutputs: true });
  for (const input of inputs) {
    const transaction = previous.get(input.txid);
    if (!transaction) throw new RangeError('previous transaction');
    const { witnessUtxo, ...fields } = inputFields(input);
    builder.addInput({
      ...fields,
      ...derivation(input, fingerprint),
      ...(input.scriptType === 'p2pkh' ? {} : { witnessUtxo }),
      ...(input.scriptType === 'p2tr' ? {} : { nonWitnessUtxo: serializeTransaction(transaction) }),
    });
  }
  for (const { amount, script, own } of outputs)
    builder.addOutput({ amount, script, ...(own ? derivation(own, fingerprint) : {}) });
  for (const index of inputs.keys()) builder.updateInput(index, finalFields(signed, index), true);
  return builder.toPSBT(0);
}

function derivation(own: Pick<OwnAddress, 'path' | 'publicKey' | 'scriptType'>, fingerprint: number) {
  const { path, publicKey, scriptType } = own;
  const der = { fingerprint, path: [...path] };
  if (scriptType === 'p2tr') {
    const key = publicKey.slice(1);
    return { tapBip32Derivation: [[key, { hashes: [], der }]] satisfies [Uint8Array, object][] };
  }
  return { bip32Derivation: [[publicKey, der]] satisfies [Uint8Array, object][] };
}

function finalFields(signed: Transaction | null, index: number) {
  const input = signed?.inputs[index];
  if (!input) return {};
  const script = input.script.length > 0 ? { finalScriptSig: input.script } : {};
  return input.witness.length > 0 ? { ...script, finalScriptWitness: [...input.witness] } : script;
}

/**
 * Why a PSBT is not signed. `foreign-input`: it also spends outputs of others. `not-spendable`: one that is put aside, not
 * mature, or carries a token. `wrong-amount`: it says another amount or script than the output has. `hash-type`: it asks for
 * a signature that leaves others free to change the transaction. `overspent`: more comes out than goes in.
 */
export type PsbtProblem =
  | 'no-psbt'
  | 'malformed'
  | 'foreign-input'
  | 'not-spendable'
  | 'wrong-amount'
  | 'hash-type'
  | 'overspent';

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
  const builder = parsed(psbt);
  if (!builder || builder.inputsLength === 0 || builder.outputsLength === 0) return 'malformed';
  const inputs: DraftInput[] = [];
  for (let at = 0; at < builder.inputsLength; at += 1) {
    const asked = builder.getInput(at);
    const { txid, index = 0, sequence = 0xffff_ffff, sighashType } = asked;
    const name = outpoint({ txid: toHex(txid ?? new Uint8Array()), index });
    const utxo = own.utxos.find((one) => outpoint(one) === name);
    if (!utxo) return 'foreign-input';
    if (!['unconfirmed', null].includes(holdOf(coin, utxo))) return 'not-spendable';
    if (!isSame(utxo, asked.witnessUtxo) || !isSame(utxo, asked.nonWitnessUtxo?.outputs[index])) return 'wrong-amount';
    const plain = utxo.scriptType === 'p2tr' ? SIGHASH_DEFAULT : SIGHASH_ALL;
    if (sighashType !== undefined && sighashType !== plain) return 'hash-type';
    const { amount, script, scriptType, publicKey, path } = utxo;
    inputs.push({ txid: utxo.txid, index, amount, script, scriptType, publicKey, path, sequence });
  }
  if (new Set(inputs.map(outpoint)).size !== inputs.length) return 'malformed';
  const outputs = Array.from({ length: builder.outputsLength }, (_, at) => {
    const { amount = 0n, script = new Uint8Array() } = builder.getOutput(at);
    return { amount, script, own: own.ownerOf(script) };
  });
  const draft = { coin: id, version: builder.version, lockTime: builder.lockTime, inputs, outputs };
  return feeOfDraft(draft) < 0n ? 'overspent' : draft;
}

const SIGHASH_ALL = 1;
const SIGHASH_DEFAULT = 0;

function parsed(psbt: Uint8Array): Builder | null {
  try {
    return Builder.fromPSBT(psbt, { allowLegacyWitnessUtxo: true, allowUnknownOutputs: true });
  } catch {
    return null;
  }
}

/** What a PSBT leaves out is no lie. */
const isSame = (utxo: Utxo, said: { readonly amount: bigint; readonly script: Uint8Array } | undefined): boolean =>
  said === undefined || (said.amount === utxo.amount && equalBytes(said.script, utxo.script));
