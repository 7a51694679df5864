/** An issuer in this process, with a model vault, memory stores and its own clock; sessions are as the tests say. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { fromHex, toBase64url, toHex } from '@/lib/bytes';
import { signingKeyOf } from '@/lib/crypto/signature';
import { type RealmSet, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import { createLogger } from '@/services/http/server/logger';
import type { OpenedSession, SessionEnv, Sessions } from '@/services/http/sessions/sessions';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createIssuerApp, type IssuerAppOptions } from '../app';
import { memoryRealmLogStore } from '../realms/realm-log-store';
import { createMemoryStore } from '../store/memory-store';
import { createModelVault, filled, numbered } from './model-vault';

export const START_MS = 1_800_000_000_000;
export const ACCOUNT = filled(32, 0xac);
export const OWNER = signingKeyOf(filled(32, 0x0e));
export const THIEF = signingKeyOf(filled(32, 0x7f));
export const DEVICE = numbered(32, 1);
export const OTHER_DEVICE = numbered(32, 2);
export const SLOT = numbered(16, 10);
export const REALM_SET: RealmSet = {
  realms: ['a', 'b', 'c'].map((digit) => ({ id: digit.repeat(32), address: `http://realm-${digit}.test/` })),
  registerThreshold: 3,
  recoverThreshold: 2,
  hashingMode: 'Standard2019',
  guesses: 8,
};
export const REALM_SET_ID = realmSetIdOf(REALM_SET);
export const TENANT_KEY = { tenant: 'acme', version: 1, privateKey: generateKeyPairSync('ed25519').privateKey };

export interface Clock {
  nowMs: number;
}

export interface LogLine {
  level: number;
  msg: string;
  [member: string]: unknown;
}

/** Random bytes that never repeat and are the same in every run. */
export function countingRandom(): (length: number) => Uint8Array {
  let calls = 0;
  return (length) => {
    calls += 1;
    return new Uint8Array(createHash('shake256', { outputLength: length }).update(String(calls)).digest());
  };
}

export function startIssuer(parts: Partial<IssuerAppOptions> = {}) {
  const clock: Clock = { nowMs: START_MS };
  const now = () => clock.nowMs;
  const vault = createModelVault(now);
  const store = parts.store ?? createMemoryStore();
  const lines: LogLine[] = [];
  /** Keys of devices whose sessions were ended. */
  const signedOut: Uint8Array[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const opened: { tell: (session: OpenedSession) => Promise<void> } = { tell: async () => undefined };
  const issuer = createIssuerApp({
    vault: { vaultId: vault.vaultId, receiptKey: vault.receiptKey },
    feed: vault,
    orders: { startOver: async () => 'refused', confirmStartOver: async () => 'refused' },
    realmLog: memoryRealmLogStore(),
    witnessKey: signingKeyOf(filled(32, 0x33)),
    tenantKey: TENANT_KEY,
    realmSets: [REALM_SET],
    openSessions: (onOpened) => {
      opened.tell = onOpened;
      return headerSessions(signedOut);
    },
    corsOrigins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop'],
    fetch: () => Promise.reject(new Error('no realm here')),
    now,
    random: countingRandom(),
    logger: createLogger({ service: 'issuer', level: 'info', destination }),
    ...parts,
    store,
  });
  const conforms = documentOf(issuer.app).then(conformanceTo);
  /** Throws if the answer is not one of those in the document of the issuer. */
  const send = async (method: 'GET' | 'POST', path: string, body?: unknown, device = DEVICE, account = ACCOUNT) => {
    const headers = { 'x-account': toHex(account), 'x-jkt': toBase64url(device), 'content-type': 'application/json' };
    const response = await issuer.app.request(path, {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    await (await conforms)({ method, path: new URL(path, 'http://issuer.test').pathname }, response);
    return { status: response.status, body: await response.json() };
  };
  return { ...issuer, vault, store, clock, lines, opened, signedOut, send };
}

export type TestIssuer = ReturnType<typeof startIssuer>;

/** Believes the headers `x-account` and `x-jkt`. */
function headerSessions(signedOut: Uint8Array[]): Sessions {
  const believe = createMiddleware<SessionEnv>(async (c, next) => {
    c.set('session', { accountId: fromHex(c.req.header('x-account') ?? ''), jkt: c.req.header('x-jkt') ?? '' });
    await next();
  });
  return {
    routes: new Hono<SessionEnv>(),
    requireAccess: believe,
    requireStatus: believe,
    devices: async () => [{ jkt: DEVICE, name: 'Test device', lastSeenAtMs: START_MS }],
    signOut: async (_, { jkt }) => void signedOut.push(jkt),
  };
}
