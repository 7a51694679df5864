/** What a device is told of a transaction: the parts of the draft, and of the transactions whose outputs it spends. */
import { fromHex } from '@/lib/bytes';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS } from '@/lib/chains/utxo/coins';
import type { Draft, DraftInput, DraftOutput } from '@/lib/chains/utxo/draft';
import type { ScriptType } from '@/lib/chains/utxo/script';
import type { Transaction } from '@/lib/chains/utxo/transaction';
import { WalletError } from '@/lib/errors';
import type { transactionPart } from '../wire/bitcoin-messages';
import type { Content } from '../wire/schema';

export type Part = Content<typeof transactionPart>;

/** `InputScriptType` */
export const SPEND: Readonly<Record<ScriptType, number>> = { p2pkh: 0, p2wpkh: 3, 'p2sh-p2wpkh': 4, p2tr: 5 };
/** `OutputScriptType` of what is one's own; whatever has an address is 0, data is 3. */
const CHANGE: Readonly<Record<ScriptType, number>> = { p2pkh: 0, p2wpkh: 4, 'p2sh-p2wpkh': 5, p2tr: 6 };
const PAY_TO_ADDRESS = 0;
const OP_RETURN_TYPE = 3;

const OP_RETURN = 0x6a;
const OP_PUSHDATA1 = 0x4c;
/** Of data without a recipient. */
const MOST_DATA_BYTES = 150;

export function inputPart({ txid, index, amount, scriptType, path, sequence }: DraftInput): Part {
  const prevHash = fromHex(txid);
  return {
    inputs: [{ addressN: path, prevHash, prevIndex: index, sequence, scriptType: SPEND[scriptType], amount }],
  };
}

/** @throws WalletError `device-unsupported` for a script that has neither an address nor one piece of data */
export function outputPart({ coin }: Draft, { amount, script, own }: DraftOutput): Part {
  if (own) return { outputs: [{ addressN: own.path, amount, scriptType: CHANGE[own.scriptType] }] };
  const address = addressOf(COINS[coin], script);
  if (address !== null) return { outputs: [{ address, amount, scriptType: PAY_TO_ADDRESS }] };
  const opReturnData = dataOf(script);
  if (opReturnData === null || amount !== 0n) throw new WalletError('device-unsupported', { reason: 'output' });
  return { outputs: [{ amount, scriptType: OP_RETURN_TYPE, opReturnData }] };
}

/** The one piece of data behind OP_RETURN, or null. */
function dataOf(script: Uint8Array): Uint8Array | null {
  const [opcode, first = 0, second = 0] = script;
  const [length, start] = first === OP_PUSHDATA1 ? [second, 3] : [first, 2];
  const isShort = first > 0 && first < OP_PUSHDATA1;
  const isOne = opcode === OP_RETURN && (isShort || first === OP_PUSHDATA1) && script.length === start + length;
  return isOne && length <= MOST_DATA_BYTES ? script.slice(start) : null;
}

export const previousMeta = ({ version, lockTime, inputs, outputs, extraData }: Transaction): Part => ({
  version,
  lockTime,
  inputsCount: inputs.length,
  outputsCount: outputs.length,
  extraDataLength: extraData.length,
});

export function previousInput({ inputs }: Transaction, at: number): Part | null {
  const input = inputs[at];
  if (!input) return null;
  const { txid, index, script, sequence } = input;
  return { inputs: [{ prevHash: fromHex(txid), prevIndex: index, scriptSig: script, sequence }] };
}

export function previousOutput({ outputs }: Transaction, at: number): Part | null {
  const output = outputs[at];
  return output ? { binOutputs: [{ amount: output.amount, scriptPubkey: output.script }] } : null;
}

/** A piece of what stands behind the lock time. @returns null if there is not so much */
export function previousExtraData({ extraData }: Transaction, offset: number, length: number): Part | null {
  return length > 0 && offset + length <= extraData.length
    ? { extraData: extraData.slice(offset, offset + length) }
    : null;
}
