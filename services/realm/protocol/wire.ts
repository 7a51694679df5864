/**
 * The CBOR (RFC 8949) of requests and responses. A request has exactly one accepted encoding: definite lengths, smallest
 * integers, exact field lengths, canonical scalars and points, no key more or twice, no byte behind. Map order is free.
 */
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import { equalBytes } from '@/lib/bytes';
import { type DleqProof, isPoint, isScalar } from './oprf';
import type { Registration, SignedPublicKey } from './record';

export type SecretsRequest =
  | { kind: 'Register1' | 'Recover1' | 'Delete' }
  | { kind: 'Register2'; registration: Registration }
  | { kind: 'Recover2'; version: Uint8Array; blindedInput: Uint8Array }
  | { kind: 'Recover3'; version: Uint8Array; unlockKeyTag: Uint8Array };

export type SecretsResponse =
  | { kind: 'Register1' | 'Register2' | 'Delete'; status: 'Ok' }
  | { kind: 'Recover1' | 'Recover2' | 'Recover3'; status: 'NotRegistered' | 'NoGuesses' }
  | { kind: 'Recover2' | 'Recover3'; status: 'VersionMismatch' }
  | { kind: 'Recover1'; status: 'Ok'; version: Uint8Array }
  | {
      kind: 'Recover2';
      status: 'Ok';
      oprfSignedPublicKey: SignedPublicKey;
      blindedResult: Uint8Array;
      proof: DleqProof;
      unlockKeyCommitment: Uint8Array;
      numGuesses: number;
      guessCount: number;
    }
  | {
      kind: 'Recover3';
      status: 'Ok';
      encryptionKeyScalarShare: Uint8Array;
      encryptedSecret: Uint8Array;
      encryptedSecretCommitment: Uint8Array;
    }
  | { kind: 'Recover3'; status: 'BadUnlockKeyTag'; guessesRemaining: number };

/** The body is not a request of this protocol. */
export class MalformedRequest extends Error {
  override name = 'MalformedRequest';
}

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  rejectDuplicateMapKeys: true,
  useMaps: true,
};
const IN_GIVEN_ORDER = { mapSorter: () => 0 };
const U16_MAX = 0xffff;

/** @throws MalformedRequest for anything but the one encoding of a known request. */
export function decodeRequest(body: Uint8Array): SecretsRequest {
  const value = decodeStrictly(body);
  if (value === 'Register1' || value === 'Recover1' || value === 'Delete') return { kind: value };
  if (value instanceof Map && value.size === 1) {
    const [variant] = value.keys();
    if (variant === 'Register2') return { kind: variant, registration: readRegistration(value.get(variant)) };
    if (variant === 'Recover2') {
      const read = fields(value.get(variant), ['version', 'oprf_blinded_input']);
      return { kind: variant, version: read.bytes('version', 16), blindedInput: read.point('oprf_blinded_input') };
    }
    if (variant === 'Recover3') {
      const read = fields(value.get(variant), ['version', 'unlock_key_tag']);
      return { kind: variant, version: read.bytes('version', 16), unlockKeyTag: read.bytes('unlock_key_tag', 16) };
    }
  }
  throw new MalformedRequest('unknown request');
}

function decodeStrictly(body: Uint8Array): unknown {
  let value: unknown;
  let again: Uint8Array;
  try {
    value = decodeCbor(body, STRICT);
    again = encodeCbor(value, IN_GIVEN_ORDER);
  } catch {
    throw new MalformedRequest('not CBOR');
  }
  // The decoder lets floats stand for integers and repairs broken UTF-8; encoding again shows both.
  if (!equalBytes(again, body)) throw new MalformedRequest('not the canonical encoding');
  return value;
}

function readRegistration(value: unknown): Registration {
  const read = fields(value, [
    'version',
    'oprf_private_key',
    'oprf_signed_public_key',
    'unlock_key_commitment',
    'unlock_key_tag',
    'encryption_key_scalar_share',
    'encrypted_secret',
    'encrypted_secret_commitment',
    'policy',
  ]);
  const key = fields(read.value('oprf_signed_public_key'), ['public_key', 'verifying_key', 'signature']);
  const policy = fields(read.value('policy'), ['num_guesses']);
  return {
    version: read.bytes('version', 16),
    oprfPrivateKey: nonZero(read.scalar('oprf_private_key')),
    oprfSignedPublicKey: {
      publicKey: key.point('public_key'),
      verifyingKey: key.bytes('verifying_key', 32),
      signature: key.bytes('signature', 64),
    },
    unlockKeyCommitment: read.bytes('unlock_key_commitment', 32),
    unlockKeyTag: read.bytes('unlock_key_tag', 16),
    encryptionKeyScalarShare: read.scalar('encryption_key_scalar_share'),
    encryptedSecret: read.bytes('encrypted_secret', 145),
    encryptedSecretCommitment: read.bytes('encrypted_secret_commitment', 16),
    numGuesses: policy.u16('num_guesses'),
  };
}

/** Readers for a map that must have exactly the named keys. */
function fields<Name extends string>(value: unknown, names: readonly Name[]) {
  if (!(value instanceof Map) || value.size !== names.length || !names.every((name) => value.has(name))) {
    throw new MalformedRequest(`expected a map of ${names.join(', ')}`);
  }
  const bytes = (name: Name, length: number): Uint8Array => {
    const field: unknown = value.get(name);
    if (field instanceof Uint8Array && field.length === length) return field;
    throw new MalformedRequest(`${name} must be ${length} bytes`);
  };
  const accepted = (name: Name, accepts: (field: Uint8Array) => boolean): Uint8Array => {
    const field = bytes(name, 32);
    if (accepts(field)) return field;
    throw new MalformedRequest(`${name} is not canonical`);
  };
  return {
    value: (name: Name): unknown => value.get(name),
    bytes,
    scalar: (name: Name) => accepted(name, isScalar),
    point: (name: Name) => accepted(name, isPoint),
    u16: (name: Name): number => {
      const field: unknown = value.get(name);
      if (typeof field === 'number' && Number.isInteger(field) && field >= 0 && field <= U16_MAX) return field;
      throw new MalformedRequest(`${name} must be 0 to ${U16_MAX}`);
    },
  };
}

function nonZero(scalar: Uint8Array): Uint8Array {
  if (scalar.every((byte) => byte === 0)) throw new MalformedRequest('oprf_private_key is zero');
  return scalar;
}

/** The body of an answer: `{kind: status}`, or `{kind: {status: payload}}` where there is a payload. */
export function encodeResponse(response: SecretsResponse): Uint8Array {
  const payload = payloadOf(response);
  const { kind, status } = response;
  return encodeCbor({ [kind]: payload === null ? status : { [status]: payload } }, IN_GIVEN_ORDER);
}

function payloadOf(response: SecretsResponse): Record<string, unknown> | null {
  if (response.status === 'BadUnlockKeyTag') return { guesses_remaining: response.guessesRemaining };
  if (response.status !== 'Ok') return null;
  switch (response.kind) {
    case 'Register1':
    case 'Register2':
    case 'Delete':
      return null;
    case 'Recover1':
      return { version: response.version };
    case 'Recover2':
      return {
        oprf_signed_public_key: {
          public_key: response.oprfSignedPublicKey.publicKey,
          verifying_key: response.oprfSignedPublicKey.verifyingKey,
          signature: response.oprfSignedPublicKey.signature,
        },
        oprf_blinded_result: response.blindedResult,
        oprf_proof: { c: response.proof.c, beta_z: response.proof.betaZ },
        unlock_key_commitment: response.unlockKeyCommitment,
        num_guesses: response.numGuesses,
        guess_count: response.guessCount,
      };
    case 'Recover3':
      return {
        encryption_key_scalar_share: response.encryptionKeyScalarShare,
        encrypted_secret: response.encryptedSecret,
        encrypted_secret_commitment: response.encryptedSecretCommitment,
      };
  }
}
