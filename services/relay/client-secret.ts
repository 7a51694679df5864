/** What a relay shows at a token endpoint. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { KeysUnusable } from '@/services/http/config/key-files';

/** Apple allows half a year; a secret that is made for one request need not outlive it. */
const LIFE_S = 300;

export interface SecretSigner {
  /** Apple's name of the developer: `iss`. */
  readonly teamId: string;
  /** Apple's name of the key: `kid`. */
  readonly keyId: string;
  readonly clientId: string;
  /** The provider's issuer: `aud`. */
  readonly issuer: string;
  /** P-256. */
  readonly privateKey: KeyObject;
}

/** A client secret as Apple asks for it: a JWT by ES256 (Apple, "Creating a client secret"). */
export function signClientSecret(
  { teamId, keyId, clientId, issuer, privateKey }: SecretSigner,
  nowMs: number,
): Promise<string> {
  const nowS = Math.floor(nowMs / 1000);
  return new SignJWT({ iss: teamId, sub: clientId, aud: issuer, iat: nowS, exp: nowS + LIFE_S })
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .sign(privateKey);
}

/** The key of a `.p8` file, as Apple hands it out. @throws KeysUnusable naming the file alone */
export function readSigningKey(pem: string, name: string): KeyObject {
  const key = parseKey(pem);
  if (key?.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new KeysUnusable(`${name} should hold a private P-256 key in PEM, as Apple's .p8 files do.`);
  return key;
}

function parseKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
