/** What signatures commit to: of Bitcoin before segregated witness, BIP-143 (also with a fork id), and BIP-341. */
import { schnorr } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { COINS, type Coin } from './coins';
import type { Draft, DraftInput } from './draft';
import { hash256, scriptCode } from './script';
import { writeOutpoint, writeOutput } from './transaction';
import { type Writer, writer } from './wire';

const SIGHASH_ALL = 0x01;
const SIGHASH_FORKID = 0x40;
/** BIP-341: all of the transaction, without a byte behind the signature. */
const SIGHASH_DEFAULT = 0x00;

/** The last byte of an ECDSA signature. */
export const hashByte = ({ forkId }: Coin): number => (forkId === null ? SIGHASH_ALL : SIGHASH_ALL | SIGHASH_FORKID);

/**
 * Digests of 32 bytes, one an input. What all inputs have in common is hashed once.
 * @returns a function of the input's index. @throws RangeError for an index that there is not
 */
export function digestsOf(draft: Draft): (index: number) => Uint8Array {
  const coin = COINS[draft.coin];
  const shared = sharedParts(draft);
  return (index) => {
    const input = draft.inputs[index];
    if (!input) throw new RangeError('input index');
    if (input.scriptType === 'p2tr') return taprootDigest(draft, shared(), index);
    if (input.scriptType === 'p2pkh' && coin.forkId === null) return legacyDigest(draft, index);
    return witnessDigest(draft, shared(), input, coin);
  };
}

interface SharedParts {
  readonly outpoints: Uint8Array;
  readonly amounts: Uint8Array;
  readonly scripts: Uint8Array;
  readonly sequences: Uint8Array;
  readonly outputs: Uint8Array;
}

/** SHA-256 of each part; BIP-143 hashes them once more. Made when they are first wanted. */
function sharedParts({ inputs, outputs }: Draft): () => SharedParts {
  let made: SharedParts | undefined;
  const each = <Item>(items: readonly Item[], write: (to: Writer, item: Item) => void) => {
    const to = writer();
    for (const item of items) write(to, item);
    return sha256(to.done());
  };
  return () => {
    made ??= {
      outpoints: each(inputs, writeOutpoint),
      amounts: each(inputs, (to, { amount }) => to.u64(amount)),
      scripts: each(inputs, (to, { script }) => to.bytesWithLength(script)),
      sequences: each(inputs, (to, { sequence }) => to.u32(sequence)),
      outputs: each(outputs, writeOutput),
    };
    return made;
  };
}

/** Of all inputs only the signed one has its script. */
function legacyDigest({ version, inputs, outputs, lockTime }: Draft, signed: number): Uint8Array {
  const to = writer().u32(version);
  to.list([...inputs.entries()], (each, [index, input]) => {
    writeOutpoint(each, input);
    each.bytesWithLength(index === signed ? input.script : new Uint8Array()).u32(input.sequence);
  });
  return hash256(to.list(outputs, writeOutput).u32(lockTime).u32(SIGHASH_ALL).done());
}

/** BIP-143; with a fork id it signs p2pkh inputs, too, and the type has the id in its upper bytes. */
function witnessDigest({ version, lockTime }: Draft, shared: SharedParts, input: DraftInput, coin: Coin): Uint8Array {
  const to = writer().u32(version).bytes(sha256(shared.outpoints)).bytes(sha256(shared.sequences));
  writeOutpoint(to, input);
  to.bytesWithLength(scriptCode(input.publicKey)).u64(input.amount).u32(input.sequence);
  to.bytes(sha256(shared.outputs)).u32(lockTime);
  return hash256(to.u32(((coin.forkId ?? 0) << 8) | hashByte(coin)).done());
}

/** BIP-341, spent by key, no annex. */
function taprootDigest({ version, lockTime }: Draft, shared: SharedParts, index: number): Uint8Array {
  const { outpoints, amounts, scripts, sequences, outputs } = shared;
  const to = writer().bytes(Uint8Array.of(0, SIGHASH_DEFAULT)).u32(version).u32(lockTime);
  for (const part of [outpoints, amounts, scripts, sequences, outputs]) to.bytes(part);
  return schnorr.utils.taggedHash('TapSighash', to.bytes(Uint8Array.of(0)).u32(index).done());
}
