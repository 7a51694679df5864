/** From a draft to a transaction: which digests are to be signed by which keys, and what becomes of the signatures. */
import { type DigestRequest, signUtxoDigest } from '../digest-signature';
import { COINS } from './coins';
import { digestsOf, hashByte } from './digest';
import type { Draft, DraftInput } from './draft';
import { pushes, redeemScript } from './script';
import { serializeTransaction, type Transaction, type TxInput } from './transaction';

/** Lends private keys. */
export interface KeySource {
  /** Lends the key of a path from the master key, 32 bytes, and wipes it afterwards. */
  withKey<Result>(path: readonly number[], work: (key: Uint8Array) => Result): Result;
}

/** Signs digests, all of them or none: the wallet's own keys, wherever they are. */
export type DigestSigner = (requests: readonly DigestRequest[]) => Promise<readonly Uint8Array[]>;

/**
 * Whoever signs a whole draft, the wallet itself or a device. What it returns is what a node takes, and is to be verified
 * (`verify.ts`).
 */
export interface DraftSigner {
  /** @param previous the transactions whose outputs are spent, by their ids: a device wants to see them */
  sign(draft: Draft, previous: ReadonlyMap<string, Transaction>): Promise<Uint8Array>;
}

export const softwareSigner = (sign: DigestSigner): DraftSigner => ({
  sign: async (draft) => assemble(draft, await sign(digestRequests(draft))),
});

/** The same with keys at hand. */
export const signDraft = (draft: Draft, keys: KeySource): Uint8Array =>
  assemble(
    draft,
    digestRequests(draft).map((request) => keys.withKey(request.path, (key) => signUtxoDigest(request, key))),
  );

/** What has to be signed, one an input. */
function digestRequests(draft: Draft): DigestRequest[] {
  const digestOf = digestsOf(draft);
  return draft.inputs.map(({ path, scriptType }, index) => ({
    path,
    digest: digestOf(index),
    kind: scriptType === 'p2tr' ? 'taproot' : 'der',
  }));
}

/** @param signatures one an input, without the byte of what they commit to */
function assemble(draft: Draft, signatures: readonly Uint8Array[]): Uint8Array {
  const last = hashByte(COINS[draft.coin]);
  const inputs = draft.inputs.map((input, index) => unlocked(input, signatures[index] ?? new Uint8Array(), last));
  return serializeTransaction({ ...draft, inputs, extraData: new Uint8Array() });
}

function unlocked(input: DraftInput, signature: Uint8Array, last: number): TxInput {
  const { txid, index, sequence, scriptType, publicKey } = input;
  const at = { txid, index, sequence };
  if (scriptType === 'p2tr') return { ...at, script: new Uint8Array(), witness: [signature] };
  const whole = Uint8Array.of(...signature, last);
  if (scriptType === 'p2pkh') return { ...at, script: pushes(whole, publicKey), witness: [] };
  const script = scriptType === 'p2sh-p2wpkh' ? pushes(redeemScript(publicKey)) : new Uint8Array();
  return { ...at, script, witness: [whole, publicKey] };
}
