/**
 * Devices of one account over real sessions, on databases: who has one is listed, the owner signs one out, that device is
 * told and stays away until somebody has been at its window, and keeps the wallet that it holds.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { createSessions as createClientSessions } from '@/lib/keyless/sign-in/sessions';
import { sessionRecord, statusTokensRecord } from '@/lib/keyless/stored';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { signOutStatement } from '@/lib/keyless/wire/statement';
import { type Area, cell } from '@/lib/platform/storage';
import type { AccountTables } from '@/services/http/database/account-documents';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createSessions } from '@/services/http/sessions/sessions';
import { createTestProvider, type TestProvider } from '@/services/http/testing/provider';
import { issuerMigrations } from '@/services/issuer/store/migrations';
import { createPostgresStore as createIssuerStore } from '@/services/issuer/store/postgres-store';
import { vaultMigrations } from '@/services/vault/store/migrations';
import { createPostgresStore as createVaultStore, type VaultTables } from '@/services/vault/store/postgres-store';
import { addressOf, createProfile, PASSWORD, practise, signedIn } from './profile';
import { codeOf, createWorld, newGround, PIN, random, type World } from './world';

const REDIRECT = 'https://extension.example.test/';
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 4, 3, 9);

let vaultDb: Database<VaultTables & SessionTables>;
let issuerDb: Database<AccountTables & SessionTables>;
beforeAll(async () => {
  vaultDb = await openDatabase<VaultTables & SessionTables>({});
  issuerDb = await openDatabase<AccountTables & SessionTables>({});
  await migrate(vaultDb.db, vaultMigrations);
  await migrate(issuerDb.db, issuerMigrations);
});
afterAll(async () => {
  await vaultDb?.close();
  await issuerDb?.close();
});

let world: World;
let provider: TestProvider;
let subject: string;
/** How often each device was signed in without anybody at its window. */
let silent: Map<string, number>;

beforeEach(async () => {
  subject = crypto.randomUUID();
  silent = new Map();
  let nowMs = () => START_MS;
  provider = await createTestProvider(() => nowMs());
  const ground = newGround();
  world = await createWorld({
    ...ground,
    vaultStore: createVaultStore(vaultDb.db),
    issuerStore: createIssuerStore(issuerDb.db),
    sessions: (audience, onOpened) =>
      createSessions({
        audience,
        externalUrl: `http://${audience}.test`,
        secret: random(32),
        providers: [provider],
        store: databaseSessionStore(audience === 'vault' ? vaultDb.db : issuerDb.db),
        now: () => nowMs(),
        random,
        ...(onOpened && { onOpened }),
      }),
  });
  nowMs = () => world.nowMs;
});

/** A browser of this person, who is signed in at the provider. */
async function browser(name: string) {
  const pairs = new Map<string, CryptoKeyPair>();
  const open = (local: Area, session: Area) =>
    createClientSessions({
      launch: async (address, mode) => {
        if (mode === 'silent') silent.set(name, (silent.get(name) ?? 0) + 1);
        const asked = new URL(address).searchParams;
        const idToken = await provider.idToken({ claims: { sub: subject, nonce: asked.get('nonce') } });
        return `${REDIRECT}#${new URLSearchParams({ state: asked.get('state') ?? '', id_token: idToken })}`;
      },
      redirectUrl: REDIRECT,
      fetch: async (input, init) =>
        String(input) === `${provider.issuer}/jwks` ? Response.json(provider.jwks) : world.fetch(input, init),
      random,
      now: () => world.nowMs,
      relay: null,
      providers: [
        {
          id: 'google',
          kind: 'google',
          flow: 'direct',
          issuer: provider.issuer,
          clientId: 'extension',
          authorizationUrl: `${provider.issuer}/auth`,
          jwksUrl: `${provider.issuer}/jwks`,
        },
      ],
      vaultUrl: 'http://vault.test',
      issuerUrl: 'http://issuer.test',
      pins: world.pins,
      realms: world.realmsClient,
      keyPairs: {
        get: async (key) => pairs.get(key) ?? null,
        put: async (key, pair) => void pairs.set(key, pair),
        clear: async () => pairs.clear(),
      },
      subtle: crypto.subtle,
      session: cell(session, 'session', sessionRecord),
      statusTokens: cell(local, 'statusTokens', statusTokensRecord),
      signedOut: cell(local, 'signedOut', z.literal(true)),
      deviceName: async () => name,
    });
  const made = await createProfile(world, accountIdOf(provider.issuer, subject), undefined, open);
  const { sessions } = made.identity;
  if (!sessions) throw new Error('no sessions');
  return { ...made, sessions, background: made.start() };
}

/** Two browsers with the same wallet, each at home. */
async function laptopAndPhone() {
  const [laptop, phone] = [await browser('Laptop'), await browser('Phone')];
  expect(await signedIn(laptop.background)).toBe('choose-pin');
  await laptop.background.choosePin(PIN);
  expect(await laptop.background.stage()).toBe('backup-verified');
  await laptop.background.proceed();
  world.nowMs += MINUTE_MS;
  expect(await signedIn(phone.background)).toBe('recover-pin');
  await phone.background.recover(PIN);
  expect(await phone.background.stage()).toBe('device-unlock');
  for (const { background } of [laptop, phone])
    await background.open('device-unlock', () => background.keyring.setPassword(PASSWORD));
  world.nowMs += MINUTE_MS;
  return { laptop, phone };
}

type Browser = Awaited<ReturnType<typeof browser>>;
const polled = async ({ background }: Browser) => {
  await background.statusWatch.poll();
  const status = await background.status();
  if (!status) throw new Error('never asked');
  return status;
};
const listed = async (at: Browser) => (await polled(at)).devices?.map(({ name, isThis }) => [name, isThis]);

async function signOut(from: Browser, name: string) {
  const device = (await polled(from)).devices?.find((one) => one.name === name);
  if (!device) throw new Error(`${name} is not listed`);
  await from.background.upkeep.begin('sign-out', { device: { jkt: device.jkt, name } });
  const ended = await from.background.task();
  await from.background.upkeep.leave();
  return ended;
}

describe('devices of an account', () => {
  it('are listed with their names and when they were seen, this one first', async () => {
    const { laptop, phone } = await laptopAndPhone();
    expect(await listed(laptop)).toEqual([
      ['Laptop', true],
      ['Phone', false],
    ]);
    expect(await listed(phone)).toEqual([
      ['Phone', true],
      ['Laptop', false],
    ]);
    world.nowMs += 7 * 3_600_000;
    await polled(phone);
    const seen = (await polled(laptop)).devices?.find(({ name }) => name === 'Phone')?.lastSeenAtMs;
    expect(seen).toBe(world.nowMs);
  });

  it('that one of them signs out lose their sessions at both servers, and are told', async () => {
    const { laptop, phone } = await laptopAndPhone();
    await polled(phone);
    const before = await phone.sessions.resume('google', null);
    expect(await signOut(laptop, 'Phone')).toEqual({ stage: 'device-signed-out', name: 'Phone' });
    expect(await listed(laptop)).toEqual([['Laptop', true]]);
    expect((await polled(laptop)).events[0]).toEqual({
      kind: 'device-signed-out',
      atMs: world.nowMs,
      deviceName: 'Phone',
    });
    silent.clear();
    expect(await codeOf(before.vault.metadata())).toBe('sign-in-expired');
    expect(await codeOf(before.issuer.witness())).toBe('sign-in-expired');
    expect(await polled(phone)).toMatchObject({ vault: 'expired', issuer: 'expired', signedOut: true });
    expect(silent.get('Phone')).toBeUndefined();
  });

  it('keep the wallet that they hold', async () => {
    const { laptop, phone } = await laptopAndPhone();
    const address = await addressOf(phone.background);
    await signOut(laptop, 'Phone');
    await polled(phone);
    expect(await phone.background.stage()).toBe('home');
    expect(await phone.background.keyring.isUnlocked()).toBe(true);
    expect([address, await addressOf(phone.background)]).toEqual([await addressOf(laptop.background), address]);
  });

  it('do not come back by themselves, though the browser is signed in; at their window they do, as new ones', async () => {
    const { laptop, phone } = await laptopAndPhone();
    await signOut(laptop, 'Phone');
    await polled(phone);
    silent.clear();
    world.nowMs += 30 * MINUTE_MS;
    expect(await codeOf(phone.sessions.resume('google', null))).toBe('sign-in-expired');
    expect(silent.get('Phone')).toBeUndefined();
    expect(await practise(phone.background, PIN)).toMatchObject({ stage: 'drilled' });
    expect(await polled(phone)).toMatchObject({ vault: 'up', issuer: 'up', signedOut: false });
    expect(await listed(laptop)).toHaveLength(2);
    const kinds = (await polled(laptop)).events.map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(['recovered', 'try-granted', 'device-signed-in', 'device-signed-out']);
  });

  it('are signed out again after an answer was lost, and only once', async () => {
    const { laptop, phone } = await laptopAndPhone();
    const device = (await polled(laptop)).devices?.find(({ name }) => name === 'Phone');
    if (!device) throw new Error('not listed');
    let lost = 0;
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (request.url !== 'http://issuer.test/sign-out' || lost > 0) return response;
      lost += 1;
      throw new TypeError('connection reset');
    };
    await laptop.background.upkeep.begin('sign-out', { device: { jkt: device.jkt, name: 'Phone' } });
    expect(await laptop.background.task()).toMatchObject({ stage: 'opening', error: { code: 'issuer-unreachable' } });
    await laptop.background.upkeep.retry();
    expect(await laptop.background.task()).toEqual({ stage: 'device-signed-out', name: 'Phone' });
    const { events } = await polled(laptop);
    expect(events.filter(({ kind }) => kind === 'device-signed-out')).toHaveLength(1);
    expect(await polled(phone)).toMatchObject({ signedOut: true });
  });

  it('are not signed out by somebody who has the account and not the wallet', async () => {
    const { laptop, phone } = await laptopAndPhone();
    const thief = await browser('Thief');
    const { vault, issuer, jkt } = await thief.sessions.open('google', 'window', null);
    const victim = (await polled(laptop)).devices?.find(({ name }) => name === 'Laptop')?.jkt ?? random(32);
    const order = { jkt: victim, signature: random(64) };
    expect(await codeOf(vault.signOut(order))).toBe('party-misbehaved');
    expect(await codeOf(issuer.signOut(order))).toBe('party-misbehaved');
    expect(await polled(laptop)).toMatchObject({ vault: 'up', issuer: 'up', signedOut: false });
    expect(await listed(phone)).toHaveLength(3);
    expect(await signOut(laptop, 'Thief')).toMatchObject({ stage: 'device-signed-out' });
    expect(await codeOf(vault.metadata())).toBe('sign-in-expired');
    expect(toHex(jkt)).not.toBe(toHex(victim));
  });

  it('do not sign themselves out by this way', async () => {
    const { laptop } = await laptopAndPhone();
    expect(await signOut(laptop, 'Laptop')).toMatchObject({ stage: 'stopped', error: { code: 'bad-message' } });
    expect(await polled(laptop)).toMatchObject({ vault: 'up', issuer: 'up' });
  });

  it('believe no server that only says that the owner signed them out', async () => {
    const { phone } = await laptopAndPhone();
    const accountId = accountIdOf(provider.issuer, subject);
    const { jkt } = await phone.sessions.resume('google', null);
    expect(signOutStatement({ accountId, jkt })).toHaveLength(95);
    world.intercept = async (request, send) =>
      new URL(request.url).pathname === '/status'
        ? Response.json({ code: 'unauthenticated', reason: 'signed-out', signature: 'A'.repeat(86) }, { status: 401 })
        : send(request);
    expect(await polled(phone)).toMatchObject({ vault: 'expired', issuer: 'expired', signedOut: false });
    world.intercept = (request, send) => send(request);
    expect(await codeOf(phone.sessions.resume('google', null))).toBe('done');
  });
});
