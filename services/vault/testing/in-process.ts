/** A vault inside the process: memory store, sessions by header instead of sign-in, clock and randomness from the test. */
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { fromBase64url, fromHex, toBase64url, toHex } from '@/lib/bytes';
import { NONCE_BYTES, open, seal } from '@/lib/crypto/aead';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { ServiceError, signedOut } from '@/services/http/api/problem';
import type { Limits } from '@/services/http/limits/limits';
import { createLogger } from '@/services/http/server/logger';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import type { SessionEnv, Sessions } from '@/services/http/sessions/sessions';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createEnvelope, type Envelope } from '@/services/kms/envelope';
import type { KeyProvider } from '@/services/kms/key-provider';
import { type Challenges, createChallenges } from '../account/challenges';
import type { Caller } from '../account/outcome';
import { createVaultApp, type VaultApp } from '../app';
import { createMemoryStore } from '../store/memory-store';
import type { VaultStore } from '../store/store';

export const SERVICE_KEY = 'service-key-of-the-test';

export interface InProcessOptions {
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  /** The issuer's witness key, 32 bytes. */
  readonly witnessPub: Uint8Array;
  readonly store?: VaultStore;
  readonly receiptKey?: SigningKey;
  readonly envelope?: Envelope;
  readonly corsOrigins?: readonly string[];
  readonly limits?: Limits;
  /** Absent: `sessionsByHeader`. */
  readonly sessions?: Sessions;
}

export interface InProcessVault extends VaultApp {
  readonly store: VaultStore;
  readonly receiptKey: SigningKey;
  /** Talks to the application without a socket; addresses are taken by their path. Throws if its document lied. */
  readonly fetch: typeof fetch;
}

export function startInProcessVault(options: InProcessOptions): InProcessVault {
  const store = options.store ?? createMemoryStore();
  const receiptKey = options.receiptKey ?? signingKeyOf(options.random(32));
  const created = createVaultApp({
    ...options,
    store,
    receiptKey,
    envelope: options.envelope ?? sealWith(options.random(32), options.random),
    sessions: options.sessions ?? sessionsByHeader(),
    serviceKey: SERVICE_KEY,
    corsOrigins: options.corsOrigins ?? [],
    challenges: challengesInMemory(options.random),
    logger: createLogger({ service: 'vault', level: 'silent' }),
  });
  const conforms = documentOf(created.app).then(conformanceTo);
  const talk: typeof fetch = async (input, init) => {
    const request = new Request(new URL(input instanceof Request ? input.url : input, 'http://vault.test'), init);
    const response = await created.app.request(input instanceof Request ? input : pathOf(input), init);
    await (await conforms)({ method: request.method, path: new URL(request.url).pathname }, response);
    return response;
  };
  return { ...created, store, receiptKey, fetch: talk };
}

/** What `sessionsByHeader` takes for a signed-in device. */
export const sessionHeader = ({ accountId, jkt }: Caller): string => `Test ${toHex(accountId)} ${toBase64url(jkt)}`;

/** Sessions that believe the header: who signs in is not what the caller tests. A device is signed out for good. */
export function sessionsByHeader(): Sessions {
  const seen = new Map<string, { account: string; jkt: Uint8Array }>();
  const out = new Map<string, Uint8Array>();
  const nameOf = (account: string, jkt: string) => `${account} ${jkt}`;
  const believe = createMiddleware<SessionEnv>(async (c, next) => {
    const [scheme, account, jkt] = (c.req.header('authorization') ?? '').split(' ');
    if (scheme !== 'Test' || !account || !jkt) throw new ServiceError(401, 'unauthenticated');
    const signature = out.get(nameOf(account, jkt));
    if (signature) throw signedOut(signature);
    seen.set(nameOf(account, jkt), { account, jkt: fromBase64url(jkt) });
    c.set('session', { accountId: fromHex(account), jkt });
    await next();
  });
  return {
    routes: new Hono<SessionEnv>(),
    requireAccess: believe,
    requireStatus: believe,
    devices: async (accountId) =>
      [...seen]
        .filter(([name, { account }]) => account === toHex(accountId) && !out.has(name))
        .map(([, { jkt }]) => ({ jkt, name: 'Test device', lastSeenAtMs: 0 })),
    signOut: async (accountId, { jkt, signature }) => {
      out.set(nameOf(toHex(accountId), toBase64url(jkt)), signature);
    },
  };
}

/** Challenges whose use is forgotten with the process. */
export const challengesInMemory = (random: (length: number) => Uint8Array): Challenges =>
  createChallenges({ key: random(32), once: memorySessionStore(), random });

/** The envelope of the product over one key in memory, instead of a key service. */
export function sealWith(key: Uint8Array, random: (length: number) => Uint8Array): Envelope {
  const wrap: KeyProvider['wrap'] = async (dek, aad) => {
    const nonce = random(NONCE_BYTES);
    return { kid: 'memory', version: '1', blob: Uint8Array.of(...nonce, ...seal(key, nonce, dek, aad)) };
  };
  const unwrap: KeyProvider['unwrap'] = async ({ blob }, aad) =>
    open(key, blob.slice(0, NONCE_BYTES), blob.slice(NONCE_BYTES), aad);
  const rewrap: KeyProvider['rewrap'] = async (wrapped, aad) => wrap(await unwrap(wrapped, aad), aad);
  const health = async () => undefined;
  return createEnvelope({ id: 'memory', wrap, unwrap, rewrap, currentVersion: async () => '1', health }, random);
}

function pathOf(input: string | URL | Request): string | Request {
  if (input instanceof Request) return input;
  const { pathname, search } = new URL(input, 'http://vault.test');
  return pathname + search;
}
