/** What a signer gives back, read again and held against the draft: nothing is broadcast that did not pass. */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js';
import { equalBytes } from '@/lib/bytes';
import { COINS, type Coin } from './coins';
import { digestsOf, hashByte } from './digest';
import type { Draft, DraftInput } from './draft';
import { pushes, redeemScript } from './script';
import { parseTransaction, serializeTransaction, type Transaction, type TxInput, txidOf } from './transaction';

/** What differs from the draft. */
export type SignedProblem = 'malformed' | 'frame' | 'inputs' | 'outputs' | 'signature';

export type Verdict =
  | { readonly ok: true; readonly txid: string; readonly transaction: Transaction }
  | { readonly ok: false; readonly problem: SignedProblem };

/** The same for every signer, software and device. @param raw as it would be broadcast */
export function verifySigned(draft: Draft, raw: Uint8Array): Verdict {
  const coin = COINS[draft.coin];
  const transaction = parsed(raw, coin);
  const problem = transaction ? problemOf(draft, transaction, coin) : 'malformed';
  return transaction && problem === null
    ? { ok: true, txid: txidOf(transaction), transaction }
    : { ok: false, problem: problem ?? 'malformed' };
}

function parsed(raw: Uint8Array, coin: Coin): Transaction | null {
  try {
    const transaction = parseTransaction(raw, coin);
    return equalBytes(serializeTransaction(transaction), raw) ? transaction : null;
  } catch {
    return null;
  }
}

function problemOf(draft: Draft, transaction: Transaction, coin: Coin): SignedProblem | null {
  const { version, lockTime, inputs, outputs, extraData } = transaction;
  if (version !== draft.version || lockTime !== draft.lockTime || extraData.length > 0) return 'frame';
  const sameInputs = sameAll(inputs, draft.inputs, (input, asked) => {
    return input.txid === asked.txid && input.index === asked.index && input.sequence === asked.sequence;
  });
  if (!sameInputs) return 'inputs';
  const sameOutputs = sameAll(outputs, draft.outputs, ({ amount, script }, asked) => {
    return amount === asked.amount && equalBytes(script, asked.script);
  });
  if (!sameOutputs) return 'outputs';
  const digestOf = digestsOf(draft);
  const isSigned = sameAll(inputs, draft.inputs, (input, asked, index) =>
    isUnlocked(input, asked, digestOf(index), coin),
  );
  return isSigned ? null : 'signature';
}

function sameAll<A, B>(left: readonly A[], right: readonly B[], same: (a: A, b: B, index: number) => boolean): boolean {
  return (
    left.length === right.length &&
    left.every((a, index) => right.slice(index, index + 1).every((b) => same(a, b, index)))
  );
}

/** Exactly the script and the witness that the kind has, with a signature that holds. */
function isUnlocked(input: TxInput, asked: DraftInput, digest: Uint8Array, coin: Coin): boolean {
  const { scriptType, publicKey, script } = asked;
  if (scriptType === 'p2tr') {
    const [signature, ...more] = input.witness;
    const isBare = input.script.length === 0 && more.length === 0 && signature?.length === 64;
    return isBare && schnorr.verify(signature, digest, script.subarray(2));
  }
  const signature = scriptType === 'p2pkh' ? firstPush(input.script) : input.witness[0];
  if (!signature || !isSignature(signature, digest, publicKey, coin)) return false;
  const own = {
    p2pkh: pushes(signature, publicKey),
    'p2sh-p2wpkh': pushes(redeemScript(publicKey)),
    p2wpkh: new Uint8Array(),
  };
  const witness = scriptType === 'p2pkh' ? [] : [signature, publicKey];
  return (
    equalBytes(input.script, own[scriptType]) &&
    sameAll(input.witness, witness, (item, expected) => equalBytes(item, expected))
  );
}

function firstPush(script: Uint8Array): Uint8Array {
  return script.slice(1, 1 + (script[0] ?? 0));
}

/** Strict DER, s in the lower half, and the one type of hash that is signed here. */
function isSignature(signature: Uint8Array, digest: Uint8Array, publicKey: Uint8Array, coin: Coin): boolean {
  if (signature.at(-1) !== hashByte(coin)) return false;
  try {
    const options = { prehash: false, format: 'der', lowS: true } as const;
    return secp256k1.verify(signature.subarray(0, -1), digest, publicKey, options);
  } catch {
    return false;
  }
}
