/** Whether nodes would accept the scripts of a transaction: by interpreters that share no code with the wallet. */
import { createVirtualMachineBCH, decodeTransactionBCH } from '@bitauth/libauth';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { Transaction as Builder, p2pkh, p2sh, p2wpkh } from '@scure/btc-signer';
import bitcore from 'bitcore-lib';
import doge from 'bitcore-lib-doge';
import litecoin from 'bitcore-lib-ltc';
import { equalBytes, toHex } from '@/lib/bytes';
import type { CoinId } from '../coins';

/** All of the transaction, with the fork id 79 in the upper bytes. */
const GOLD_ALL = 0x4f41;

const interpreters = { btc: bitcore, ltc: litecoin, doge, dash: bitcore } as const;

/** What a transaction spends, in the order of its inputs. A draft is such a thing. */
export interface Spending {
  readonly coin: CoinId;
  readonly inputs: readonly { readonly amount: bigint; readonly script: Uint8Array }[];
}

/** Null if every input is unlocked, else what is wrong. */
export function scriptError(draft: Spending, raw: Uint8Array): string | null {
  if (draft.coin === 'bch') return bitcoinCash(draft, raw);
  if (draft.coin === 'btg') return bitcoinGold(draft, raw);
  return interpreted(interpreters[draft.coin], draft, raw);
}

/** bitcore-lib 11: legacy, segregated witness of version 0, and taproot. Dash has the rules of Bitcoin for p2pkh. */
function interpreted({ Transaction, Script }: Bitcore, draft: Spending, raw: Uint8Array): string | null {
  const transaction = new Transaction(toHex(raw));
  const { Interpreter } = Script;
  const named = (name: string) => Interpreter[`SCRIPT_VERIFY_${name}`] ?? 0;
  const flags = ['P2SH', 'STRICTENC', 'DERSIG', 'LOW_S', 'MINIMALDATA', 'NULLFAIL', 'WITNESS', 'TAPROOT']
    .map(named)
    .reduce((all, flag) => all | flag, 0);
  for (const [index, { script, amount }] of draft.inputs.entries()) {
    const input = transaction.inputs[index];
    if (input)
      input.output = new Transaction.Output({ satoshis: Number(amount), script: Script.fromHex(toHex(script)) });
  }
  if (transaction.inputs.length !== draft.inputs.length) return 'number of inputs';
  for (const [index, { script, amount }] of draft.inputs.entries()) {
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
function bitcoinCash({ inputs }: Spending, raw: Uint8Array): string | null {
  const transaction = decodeTransactionBCH(raw);
  if (typeof transaction === 'string') return transaction;
  const sourceOutputs = inputs.map(({ amount, script }) => ({ lockingBytecode: script, valueSatoshis: amount }));
  const verdict = createVirtualMachineBCH(true).verify({ sourceOutputs, transaction });
  return verdict === true ? null : verdict;
}

/** No interpreter knows the chain: the digest of BIP-143 by @scure/btc-signer with the chain's type, and the signature. */
function bitcoinGold({ inputs }: Spending, raw: Uint8Array): string | null {
  const builder = Builder.fromRaw(raw, { allowUnknownOutputs: true, disableScriptCheck: true });
  const preimages = builder as unknown as {
    preimageWitnessV0(index: number, script: Uint8Array, type: number, amount: bigint): Uint8Array;
  };
  if (builder.inputsLength !== inputs.length) return 'number of inputs';
  for (const [index, { amount, script: locked }] of inputs.entries()) {
    const { finalScriptSig = new Uint8Array(), finalScriptWitness } = builder.getInput(index);
    const [signature = new Uint8Array(), publicKey = new Uint8Array()] = finalScriptWitness ?? pushesOf(finalScriptSig);
    if (!isLockedBy(publicKey, locked)) return `input ${index}: key`;
    const { script } = p2pkh(publicKey);
    const digest = preimages.preimageWitnessV0(index, script, GOLD_ALL, amount);
    if (signature.at(-1) !== (GOLD_ALL & 0xff)) return `input ${index}: type`;
    const options = { prehash: false, format: 'der' } as const;
    if (!secp256k1.verify(signature.subarray(0, -1), digest, publicKey, options)) return `input ${index}: signature`;
  }
  return null;
}

/** Of a script of two pushes, as p2pkh is unlocked with. */
function pushesOf(script: Uint8Array): Uint8Array[] {
  const end = 1 + (script[0] ?? 0);
  return [script.slice(1, end), script.slice(end + 1)];
}

/** In one of the three ways that accounts have there. */
function isLockedBy(publicKey: Uint8Array, script: Uint8Array): boolean {
  const kinds = [p2pkh(publicKey), p2wpkh(publicKey), p2sh(p2wpkh(publicKey))];
  return kinds.some((kind) => equalBytes(kind.script, script));
}
