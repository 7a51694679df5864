/**
 * The server's half of the Juicebox OPRF: 2HashDH over ristretto255 (RFC 9496) and a proof that the stored key was used.
 * Not the OPRF of RFC 9497: points, domain strings and proof differ (Juicebox whitepaper, revision 7).
 */
import { ristretto255 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { utf8 } from '@/lib/bytes';

const { Point } = ristretto255;
const { Fn } = Point;
const DLEQ_DOMAIN = utf8('Juicebox_DLEQ_2023_1;');
const WIDE_BYTES = 64;

export type Random = (length: number) => Uint8Array;

/** A Chaum-Pedersen proof that log_G(publicKey) = log_input(result). Two scalars, 32 bytes little-endian each. */
export interface DleqProof {
  c: Uint8Array;
  betaZ: Uint8Array;
}

/** Whether the bytes are a canonical scalar: 32 bytes, little-endian, below the group order. Zero is one. */
export function isScalar(bytes: Uint8Array): boolean {
  try {
    Fn.fromBytes(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the bytes are the canonical encoding of a ristretto255 point other than the identity (RFC 9496, 4.3.1). Decoding
 * takes canonical encodings alone, and that of the identity is zeros.
 */
export function isPoint(bytes: Uint8Array): boolean {
  try {
    Point.fromBytes(bytes);
    return bytes.some((byte) => byte !== 0);
  } catch {
    return false;
  }
}

/** 64 bytes little-endian, reduced by the group order. */
function wideReduce(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return Fn.create(value);
}

/**
 * Evaluates the blinded input under the private key and proves it.
 * `publicKey` goes into the proof as stored, whatever it says.
 * @throws if the key is not a canonical scalar other than zero, the input not a canonical point other than the identity,
 *   or the random source answers zeros.
 */
export function evaluate(
  privateKey: Uint8Array,
  publicKey: Uint8Array,
  blindedInput: Uint8Array,
  random: Random,
): { blindedResult: Uint8Array; proof: DleqProof } {
  const beta = Fn.fromBytes(privateKey);
  const input = Point.fromBytes(blindedInput);
  const result = input.multiply(beta).toBytes();

  const t = wideReduce(random(WIDE_BYTES));
  const baseCommitment = Point.BASE.multiply(t).toBytes();
  const inputCommitment = input.multiply(t).toBytes();
  const c = wideReduce(
    sha512(concatBytes(DLEQ_DOMAIN, blindedInput, publicKey, result, baseCommitment, inputCommitment)),
  );
  const betaZ = Fn.add(t, Fn.mul(beta, c));
  return { blindedResult: result, proof: { c: Fn.toBytes(c), betaZ: Fn.toBytes(betaZ) } };
}
