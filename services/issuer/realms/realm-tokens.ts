/**
 * Tokens that let one Juicebox user talk to one realm for five minutes, for one operation (keyless protocol, section 3;
 * JWT as Juicebox realms read it). EdDSA: realms hold the public key only.
 */
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { toBase64url } from '@/lib/bytes';
import { juiceboxUserOf, type RealmSet } from '@/lib/keyless/wire/realm-set';

const LIFE_S = 300;
/** Clocks of realms may be behind the issuer's by this much. */
const BACKDATE_S = 30;
/** How far the clock of a realm may be behind while it still refuses an expired token: 5 s of leeway included. */
const LEEWAY_S = 60;

/** How long after its issue a token may still be accepted somewhere. */
export const REGISTER_TOKENS_USABLE_MS = (LIFE_S + LEEWAY_S) * 1000;

/** `delete` tokens go to no device. */
export type Operation = 'register' | 'recover' | 'delete';

export interface RealmTokenRequest {
  readonly accountId: Uint8Array;
  readonly slot: Uint8Array;
  readonly realmSet: RealmSet;
  readonly operation: Operation;
  readonly issuedAtMs: number;
}

export interface TenantKey {
  /** Letters and digits, the `iss` of tokens. */
  readonly tenant: string;
  readonly version: number;
  /** Ed25519. */
  readonly privateKey: KeyObject;
}

export const keyIdOf = ({ tenant, version }: TenantKey): string => `${tenant}:${version}`;

/** Signs one token a realm of the set; by realm id. */
export type SignRealmTokens = (request: RealmTokenRequest) => Promise<Record<string, string>>;

/** Opens the log of one realm for five minutes, and nothing else. */
export type SignAuditToken = (realmId: string, issuedAtMs: number) => Promise<string>;

export const createAuditTokens =
  (key: TenantKey): SignAuditToken =>
  (realmId, issuedAtMs) => {
    const issuedAtS = Math.floor(issuedAtMs / 1000);
    return new SignJWT({ scope: 'audit' })
      .setProtectedHeader({ alg: 'EdDSA', kid: keyIdOf(key), typ: 'JWT' })
      .setIssuer(key.tenant)
      .setSubject('issuer')
      .setAudience(realmId)
      .setNotBefore(issuedAtS - BACKDATE_S)
      .setExpirationTime(issuedAtS + LIFE_S)
      .sign(key.privateKey);
  };

export function createRealmTokens(key: TenantKey, random: (length: number) => Uint8Array): SignRealmTokens {
  const sign = (realmId: string, { accountId, slot, operation, issuedAtMs }: RealmTokenRequest) => {
    const issuedAtS = Math.floor(issuedAtMs / 1000);
    return new SignJWT({ scope: 'user', op: operation })
      .setProtectedHeader({ alg: 'EdDSA', kid: keyIdOf(key), typ: 'JWT' })
      .setIssuer(key.tenant)
      .setSubject(juiceboxUserOf(accountId, slot))
      .setAudience(realmId)
      .setNotBefore(issuedAtS - BACKDATE_S)
      .setExpirationTime(issuedAtS + LIFE_S)
      .setJti(toBase64url(random(16)))
      .sign(key.privateKey);
  };
  return async (request) => {
    const ids = request.realmSet.realms.map(({ id }) => id.toLowerCase());
    return Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await sign(id, request)] as const)));
  };
}
