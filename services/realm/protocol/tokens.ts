/**
 * Realm tokens: JWT (RFC 7519) of a tenant, `kid` = "tenant:version", EdDSA only, so that a realm holds nothing that
 * could sign for another. One token serves one realm, one user, one operation and at most one counted guess.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { fromHex } from '@/lib/bytes';
import { hasUniqueNames } from '@/services/http/sign-in/unique-names';

export type Operation = 'register' | 'recover' | 'delete';

/** What a verified token allows. */
export interface Claims {
  tenant: string;
  /** The tenant's name for the user; never empty. */
  subject: string;
  operation: Operation;
  /** The token's `jti`: 1 to 128 visible ASCII characters. */
  tokenId: string;
  /** From then on no realm accepts the token any more, leeway included. */
  unusableAtMs: number;
}

/** Public keys by `kid`. */
export type TenantKeys = ReadonlyMap<string, KeyObject>;

/** The signature, or the time it is good for, is not in order. Answered before anything else about the token. */
export class InvalidToken extends Error {
  override name = 'InvalidToken';
}

/** A genuine token that is not for this realm, or does not say enough. */
export class InvalidClaims extends Error {
  override name = 'InvalidClaims';
}

const LEEWAY_SECONDS = 5;
const MAX_LIFE_SECONDS = 86_400;
const MAX_TOKEN_LENGTH = 1000;
const KEY_ID = /^((?:test-)?[a-zA-Z0-9]+):(0|[1-9][0-9]{0,19})$/;

const tenantKeySchema = z.object({
  data: z.string(),
  encoding: z.literal('Hex'),
  algorithm: z.literal('Edwards25519'),
});

/**
 * Tenant keys from configuration: JSON `{"tenant:version": {"data": SPKI DER in hex, "encoding": "Hex", "algorithm":
 * "Edwards25519"}}`, the values as in the official realm software.
 */
export const tenantKeysSchema = z.string().transform((text, context): TenantKeys => {
  try {
    const entries = Object.entries(z.record(z.string().regex(KEY_ID), tenantKeySchema).parse(JSON.parse(text)));
    if (entries.length === 0) throw new Error('no key');
    return new Map(entries.map(([keyId, { data }]) => [keyId, importTenantKey(data)]));
  } catch {
    context.addIssue({ code: 'custom', message: 'not a map of tenant keys' });
    return z.NEVER;
  }
});

/** @throws if `spkiHex` is not the SPKI DER of an Ed25519 public key (RFC 8410). */
export function importTenantKey(spkiHex: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(fromHex(spkiHex)), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}

/** A genuine token in its time; whether it is for us is `readClaims`' business. */
export interface VerifiedToken {
  keyId: string;
  payload: JWTPayload;
}

/** @throws InvalidToken unless the token is signed by a known tenant key and `nbf` and `exp` hold (5 s leeway). */
export async function verifyToken(token: string, keys: TenantKeys, nowMs: number): Promise<VerifiedToken> {
  if (token.length > MAX_TOKEN_LENGTH) throw new InvalidToken('token too long');
  let keyId = '';
  try {
    const { payload } = await jwtVerify(
      token,
      (header) => {
        const key = typeof header.kid === 'string' ? keys.get(header.kid) : undefined;
        keyId = header.kid ?? '';
        if (key === undefined || (header.typ !== undefined && header.typ !== 'JWT')) throw new InvalidToken('unknown');
        return key;
      },
      {
        algorithms: ['EdDSA'],
        clockTolerance: LEEWAY_SECONDS,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp', 'nbf'],
      },
    );
    if (!hasUniqueNames(token)) throw new InvalidToken('a name twice');
    return { keyId, payload };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof InvalidToken) throw new InvalidToken('invalid token');
    throw error;
  }
}

/** @throws InvalidClaims unless the token names this realm, its own tenant, a user, an operation and itself. */
export function readClaims({ keyId, payload }: VerifiedToken, realmId: string): Claims {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) throw new InvalidClaims('missing or malformed claim');
  const tenant = readTenant(keyId, realmId, parsed.data);
  const { sub, exp, jti, op } = parsed.data;
  return { tenant, subject: sub, operation: op, tokenId: jti, unusableAtMs: (exp + LEEWAY_SECONDS) * 1000 };
}

/**
 * The tenant that a token of scope `audit` speaks for; such a token opens the event log and nothing else.
 * @throws InvalidClaims unless it names this realm, its own tenant, somebody and that scope.
 */
export function readAuditor({ keyId, payload }: VerifiedToken, realmId: string): string {
  const parsed = auditSchema.safeParse(payload);
  if (!parsed.success) throw new InvalidClaims('missing or malformed claim');
  return readTenant(keyId, realmId, parsed.data);
}

function readTenant(keyId: string, realmId: string, { iss, aud, exp, nbf }: CommonClaims): string {
  const tenant = KEY_ID.exec(keyId)?.[1];
  if (tenant === undefined || iss !== tenant) throw new InvalidClaims('issuer and key differ');
  if (aud !== realmId) throw new InvalidClaims('token of another realm');
  if (exp - nbf > MAX_LIFE_SECONDS) throw new InvalidClaims('token lives too long');
  return tenant;
}

const commonClaims = z.object({
  iss: z.string(),
  sub: z.string().min(1),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
});
type CommonClaims = z.output<typeof commonClaims>;

const auditSchema = commonClaims.extend({ scope: z.literal('audit') });

const claimsSchema = commonClaims.extend({
  scope: z.literal('user').optional(),
  jti: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  op: z.enum(['register', 'recover', 'delete']),
});
