/** How large a transaction will be, before it is signed: the largest that its signatures can make it. */
import type { ScriptType } from './script';
import { compactSizeLength } from './wire';

/** Version, lock time. */
const FRAME_BYTES = 8;
/** Txid, index, sequence, and the length of a script shorter than 253 bytes. */
const INPUT_BYTES = 41;
/** A signature in DER with s in the lower half has at most 71 bytes, and one byte of what it commits to. */
const SIGNATURE_BYTES = 72;
const PUBLIC_KEY_BYTES = 33;
const SCHNORR_BYTES = 64;
const REDEEM_SCRIPT_BYTES = 22;
const AMOUNT_BYTES = 8;

/** Marker and flag (BIP-144), and in each input without a witness the number of its items: a byte that counts once. */
const SEGWIT_WEIGHT = 2;
const ECDSA_ITEMS_BYTES = 1 + SIGNATURE_BYTES + 1 + PUBLIC_KEY_BYTES;

const SPEND: Readonly<Record<ScriptType, { readonly script: number; readonly witness: number }>> = {
  p2pkh: { script: ECDSA_ITEMS_BYTES, witness: 0 },
  'p2sh-p2wpkh': { script: 1 + REDEEM_SCRIPT_BYTES, witness: 1 + ECDSA_ITEMS_BYTES },
  p2wpkh: { script: 0, witness: 1 + ECDSA_ITEMS_BYTES },
  p2tr: { script: 0, witness: 1 + 1 + SCHNORR_BYTES },
};

/** Weight of an input (BIP-141). */
export const inputWeight = (type: ScriptType): number => 4 * (INPUT_BYTES + SPEND[type].script) + SPEND[type].witness;

/** Bytes of an output. */
export const outputSize = (script: Uint8Array): number =>
  AMOUNT_BYTES + compactSizeLength(script.length) + script.length;

/** @returns virtual bytes, rounded up */
export function vsizeOf(inputs: readonly ScriptType[], outputs: readonly Uint8Array[]): number {
  const frame = FRAME_BYTES + compactSizeLength(inputs.length) + compactSizeLength(outputs.length);
  const bytes = outputs.reduce((total, script) => total + outputSize(script), frame);
  const bare = inputs.filter((type) => SPEND[type].witness === 0).length;
  const segwit = bare === inputs.length ? 0 : SEGWIT_WEIGHT + bare;
  return Math.ceil(inputs.reduce((total, type) => total + inputWeight(type), 4 * bytes + segwit) / 4);
}
