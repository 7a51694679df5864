/** The client's half of the OPRF and requests made of it, so that tests can speak to a realm without the SDK. */
import { randomBytes } from 'node:crypto';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { encode } from 'cborg';
import type { Registration } from '../protocol/record';
import type { SecretsRequest } from '../protocol/wire';

const { Point } = ristretto255;

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** A canonical scalar other than zero. */
export function randomScalar(): Uint8Array {
  const bytes = random(32);
  bytes[31] = (bytes[31] ?? 0) & 0x0f;
  bytes[0] = (bytes[0] ?? 0) | 1;
  return bytes;
}

/** A canonical point other than the identity. */
export function randomPoint(): Uint8Array {
  return Point.BASE.multiply(Point.Fn.fromBytes(randomScalar())).toBytes();
}

/** A registration of the right shape; its encrypted parts are noise. */
export function makeRegistration(numGuesses: number): Registration {
  const oprfPrivateKey = randomScalar();
  return {
    version: random(16),
    oprfPrivateKey,
    oprfSignedPublicKey: {
      publicKey: Point.BASE.multiply(Point.Fn.fromBytes(oprfPrivateKey)).toBytes(),
      verifyingKey: random(32),
      signature: random(64),
    },
    unlockKeyCommitment: random(32),
    unlockKeyTag: random(16),
    encryptionKeyScalarShare: randomScalar(),
    encryptedSecret: random(145),
    encryptedSecretCommitment: random(16),
    numGuesses,
  };
}

/** The body of a request as the SDK writes it. */
export function encodeRequest(request: SecretsRequest): Uint8Array {
  return encode(requestValue(request), { mapSorter: () => 0 });
}

/** The value whose CBOR is the body, for tests that break one thing in it. */
export function requestValue(request: SecretsRequest) {
  switch (request.kind) {
    case 'Register2':
      return { Register2: registrationValue(request.registration) };
    case 'Recover2':
      return { Recover2: { version: request.version, oprf_blinded_input: request.blindedInput } };
    case 'Recover3':
      return { Recover3: { version: request.version, unlock_key_tag: request.unlockKeyTag } };
    default:
      return request.kind;
  }
}

function registrationValue(registration: Registration) {
  const { publicKey, verifyingKey, signature } = registration.oprfSignedPublicKey;
  return {
    version: registration.version,
    oprf_private_key: registration.oprfPrivateKey,
    oprf_signed_public_key: { public_key: publicKey, verifying_key: verifyingKey, signature },
    unlock_key_commitment: registration.unlockKeyCommitment,
    unlock_key_tag: registration.unlockKeyTag,
    encryption_key_scalar_share: registration.encryptionKeyScalarShare,
    encrypted_secret: registration.encryptedSecret,
    encrypted_secret_commitment: registration.encryptedSecretCommitment,
    policy: { num_guesses: registration.numGuesses },
  };
}
