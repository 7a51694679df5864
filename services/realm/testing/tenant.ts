/** A tenant of test realms: its key pair and the tokens that it signs. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Operation, TenantKeys } from '../protocol/tokens';

export const KEY_ID = 'acme:1';

export interface TokenOptions {
  realmId: string;
  operation: Operation;
  subject?: string;
  nowMs: number;
  /** Members that replace, add to or (undefined) take from the payload. */
  payload?: Record<string, unknown>;
  header?: Record<string, unknown>;
  signWith?: KeyObject | Uint8Array;
}

export interface TestTenant {
  keys: TenantKeys;
  /** SPKI DER of the public key, hex. */
  publicKeyHex: string;
  /** A token as the issuer makes them, with an id of its own. */
  sign(options: TokenOptions): Promise<string>;
}

export function createTenant(): TestTenant {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    keys: new Map([[KEY_ID, publicKey]]),
    publicKeyHex: publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    sign: ({ realmId, operation, subject = 'user', nowMs, payload, header, signWith = privateKey }) => {
      const nowSeconds = Math.floor(nowMs / 1000);
      const claims = {
        iss: 'acme',
        sub: subject,
        aud: realmId,
        scope: 'user',
        nbf: nowSeconds - 10,
        exp: nowSeconds + 300,
        jti: crypto.randomUUID(),
        op: operation,
        ...payload,
      };
      const protectedHeader = { alg: 'EdDSA', kid: KEY_ID, typ: 'JWT', ...header };
      return new SignJWT(claims).setProtectedHeader(protectedHeader).sign(signWith);
    },
  };
}
