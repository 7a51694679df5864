/** Whether nodes would accept the scripts of a transaction: by interpreters that share no code with the wallet. */
import { createVirtualMachineBCH, decodeTransactionBCH } from '@bitauth/libauth';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { Transaction as Builder, p2pkh, p2sh, p2wpkh } from '@scure/btc-signer';
import bitcore from 'bitcore-lib';
import doge from 'bitcore-lib-doge';
import litecoin from 'bitcore-lib-ltc';
import { toHex } from '@/lib/bytes';
import type { CoinId } from '../coins';
import type { TxOutput } from '../transaction';

/** All of the transaction, with the fork id 79 in the upper bytes. */
const GOLD_ALL = 0x4f41;

const interpreters = { btc: bitcore, ltc: litecoin, doge, dash: bitcore } as const;

/** A transaction to be judged: whose it is, and the outputs that its inputs spend, in their order. */
export interface Spending {
  readonly coin: CoinId;
  readonly inputs: readonly TxOutput[];
}

/** Null if every input is unlocked, else what is wrong. */
export function scriptError({ coin, inputs }: Spending, raw: Uint8Array): string | null {
  if (coin === 'bch') return bitcoinCash(inputs, raw);
  if (coin === 'btg') return bitcoinGold(inputs, raw);
  return interpreted(interpreters[coin], inputs, raw);
}

/** bitcore-lib 11: legacy, segregated witness of version 0, and taproot. Dash has the rules of Bitcoin for p2pkh. */
function interpreted({ Transaction, Script }: Bitcore, spent: Spending['inputs'], raw: Uint8Array): string | null {
  const transaction = new Transaction(toHex(raw));
  const { Interpreter } = Script;
  const named = (name: string) => Interpreter[`SCRIPT_VERIFY_${name}`] ?? 0;
  const flags = ['P2SH', 'STRICTENC', 'DERSIG', 'LOW_S', 'MINIMALDATA', 'NULLFAIL', 'WITNESS', 'TAPROOT']
    .map(named)
    .reduce((all, flag) => all | flag, 0);
  for (const [index, { script, amount }] of spent.entries()) {
    const input = transaction.inputs[index];
    if (input)
      input.output = new Transaction.Output({ satoshis: Number(amount), script: Script.fromHex(toHex(script)) });
  }
  if (transaction.inputs.length !== spent.length) return 'number of inputs';
  for (const [index, { script, amount }] of spent.entries()) {
    const input = transaction.inputs[index];
    if (!input) return 'no input';
    const locked = Script.fromHex(toHex(script));
    const interpreter = new Interpreter();
    const witnesses = input.getWitnesses() ?? [];
    if (!interpreter.verify(input.script, locked, transaction, index, flags, witnesses, Number(amount)))
      return `input ${index}: ${(interpreter as unknown as { errstr: string }).errstr}`;
  }
  return null;
}

/** libauth 3: the whole transaction, with the rules for passing on. */
function bitcoinCash(inputs: Spending['inputs'], raw: Uint8Array): string | null {
  const transaction = decodeTransactionBCH(raw);
  if (typeof transaction === 'string') return transaction;
  const sourceOutputs = inputs.map(({ amount, script }) => ({ lockingBytecode: script, valueSatoshis: amount }));
  const verdict = createVirtualMachineBCH(true).verify({ sourceOutputs, transaction });
  return verdict === true ? null : verdict;
}

const NOTHING = new Uint8Array();

/** What a script of short pushes puts down. */
function pushed(script: Uint8Array): Uint8Array[] {
  const [length, ...rest] = script;
  if (length === undefined) return [];
  return [Uint8Array.from(rest.slice(0, length)), ...pushed(Uint8Array.from(rest.slice(length)))];
}

/** No interpreter knows the chain: the digest of BIP-143 by @scure/btc-signer with the chain's type, and the signature. */
function bitcoinGold(inputs: Spending['inputs'], raw: Uint8Array): string | null {
  const builder = Builder.fromRaw(raw, { allowUnknownOutputs: true, disableScriptCheck: true });
  const preimages = builder as unknown as {
    preimageWitnessV0(index: number, script: Uint8Array, type: number, amount: bigint): Uint8Array;
  };
  for (const [index, { amount, script: locked }] of inputs.entries()) {
    const { finalScriptSig = new Uint8Array(), finalScriptWitness } = builder.getInput(index);
    const [signature = NOTHING, publicKey = NOTHING] = finalScriptWitness ?? pushed(finalScriptSig);
    const { script } = p2pkh(publicKey);
    const nested = p2sh(p2wpkh(publicKey));
    const ways = [script, p2wpkh(publicKey).script, nested.script].map(toHex);
    if (!ways.includes(toHex(locked))) return `input ${index}: key`;
    if (
      finalScriptWitness &&
      finalScriptSig.length > 0 &&
      toHex(pushed(finalScriptSig)[0] ?? NOTHING) !== toHex(nested.redeemScript ?? NOTHING)
    )
      return `input ${index}: redeem script`;
    const digest = preimages.preimageWitnessV0(index, script, GOLD_ALL, amount);
    if (signature.at(-1) !== (GOLD_ALL & 0xff)) return `input ${index}: type`;
    const options = { prehash: false, format: 'der' } as const;
    if (!secp256k1.verify(signature.subarray(0, -1), digest, publicKey, options)) return `input ${index}: signature`;
  }
  return null;
}
