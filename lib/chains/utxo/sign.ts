/** Signatures by keys that the wallet itself holds. Deterministic: a device makes the same bytes of the same draft. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { Transaction as Builder } from '@scure/btc-signer';
import { COINS, type Coin } from './coins';
import { digestsOf, hashByte } from './digest';
import type { Draft, DraftInput } from './draft';
import { pushes, redeemScript } from './script';
import { serializeTransaction, type TxInput } from './transaction';

/** Lends private keys. */
export interface KeySource {
  /** Lends the key of a path from the master key, 32 bytes, and wipes it afterwards. */
  withKey<Result>(path: readonly number[], work: (key: Uint8Array) => Result): Result;
}

/** Without randomness of its own (BIP-340), as devices sign. */
const NO_AUXILIARY = new Uint8Array(32);

/** @returns what a node takes. It is to be verified like that of any signer. */
export function signDraft(draft: Draft, keys: KeySource): Uint8Array {
  const coin = COINS[draft.coin];
  return coin.forkId === null ? signPlain(draft, keys) : signWithForkId(coin, draft, keys);
}

function signPlain(draft: Draft, keys: KeySource): Uint8Array {
  const builder = builderOf(draft);
  for (const [index, { path }] of draft.inputs.entries())
    keys.withKey(path, (key) => builder.signIdx(key, index, undefined, NO_AUXILIARY));
  builder.finalize();
  return builder.extract();
}

/** The draft as the library holds it; amounts are proven by `parsePrevTx` before. */
function builderOf({ version, lockTime, inputs, outputs }: Draft): Builder {
  const builder = new Builder({ version, lockTime, allowLegacyWitnessUtxo: true, allowUnknownOutputs: true });
  for (const input of inputs) builder.addInput(inputFields(input));
  for (const { amount, script } of outputs) builder.addOutput({ amount, script });
  return builder;
}

/** Fields of BIP-174 that follow from the draft alone. */
export function inputFields({ txid, index, sequence, amount, script, scriptType, publicKey }: DraftInput) {
  const witnessUtxo = { amount, script };
  if (scriptType === 'p2sh-p2wpkh')
    return { txid, index, sequence, witnessUtxo, redeemScript: redeemScript(publicKey) };
  if (scriptType === 'p2tr') return { txid, index, sequence, witnessUtxo, tapInternalKey: publicKey.slice(1) };
  return { txid, index, sequence, witnessUtxo };
}

/** The library refuses hash types with a fork id, hence by hand. */
function signWithForkId(coin: Coin, draft: Draft, keys: KeySource): Uint8Array {
  const digestOf = digestsOf(draft);
  const inputs = draft.inputs.map((input, index) => {
    const der = keys.withKey(input.path, (key) =>
      secp256k1.sign(digestOf(index), key, { prehash: false, format: 'der' }),
    );
    return unlocked(input, Uint8Array.of(...der, hashByte(coin)));
  });
  return serializeTransaction({ ...draft, inputs, extraData: new Uint8Array() });
}

function unlocked({ txid, index, sequence, scriptType, publicKey }: DraftInput, signature: Uint8Array): TxInput {
  if (scriptType === 'p2pkh') return { txid, index, sequence, script: pushes(signature, publicKey), witness: [] };
  const script = scriptType === 'p2sh-p2wpkh' ? pushes(redeemScript(publicKey)) : new Uint8Array();
  return { txid, index, sequence, script, witness: [signature, publicKey] };
}
