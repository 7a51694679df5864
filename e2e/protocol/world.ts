/**
 * All parties of the protocol in one process: the real vault, issuer and realms over memory stores, the official
 * Juicebox client, our own HTTP clients. Only sign-in is replaced (who signs in is a header), and the clock is the
 * test's. `FastInsecure` is allowed here and nowhere else.
 */
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { toHex } from '@/lib/bytes';
import type { Secret } from '@/lib/crypto/secret';
import type { SigningKey } from '@/lib/crypto/signature';
import { signingKeyOf } from '@/lib/crypto/signature';
import { WalletError } from '@/lib/errors';
import { createBackup } from '@/lib/keyless/backup/create';
import { lookUpBackup, type Recovered, recoverBackup } from '@/lib/keyless/backup/recover';
import { rotateBackup } from '@/lib/keyless/backup/rotate';
import { createIssuerClient } from '@/lib/keyless/parties/issuer-client';
import { createRealms, type JuiceboxScope } from '@/lib/keyless/parties/realms';
import { areRealmsUp } from '@/lib/keyless/parties/realms-up';
import { createStatusSource } from '@/lib/keyless/parties/status-source';
import { createVaultClient } from '@/lib/keyless/parties/vault-client';
import type { AttemptStore, Journal, JournalEntry, Parties, Pins, Realms, StatusSource } from '@/lib/keyless/ports';
import { type DeviceKey, deviceKeyOf, generateKeyPair } from '@/lib/keyless/sign-in/device-key';
import { loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import { juiceboxUserOf, type RealmSet, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import { createLogger } from '@/services/http/server/logger';
import type { OpenedSession, Sessions } from '@/services/http/sessions/sessions';
import { createIssuerApp, type IssuerApp, spkiHexOf } from '@/services/issuer/app';
import { memoryRealmLogStore, type RealmLogStore } from '@/services/issuer/realms/realm-log-store';
import { createMemoryStore as createIssuerStore } from '@/services/issuer/store/memory-store';
import type { AccountStore } from '@/services/issuer/store/store';
import { createVaultFeed } from '@/services/issuer/vault/vault-feed';
import { createVaultOrders } from '@/services/issuer/vault/vault-orders';
import type { Envelope } from '@/services/kms/envelope';
import { createRealmApp } from '@/services/realm/app';
import { recordId } from '@/services/realm/protocol/record';
import { importTenantKey } from '@/services/realm/protocol/tokens';
import { createMemoryStore as createRealmStore, type MemoryStore } from '@/services/realm/store/memory-store';
import { createMemoryStore as createVaultStore } from '@/services/vault/store/memory-store';
import type { VaultStore } from '@/services/vault/store/store';
import {
  type InProcessVault,
  SERVICE_KEY,
  sessionHeader,
  sessionsByHeader,
  startInProcessVault,
} from '@/services/vault/testing/in-process';

export const PIN = '482913';
export const GUESSES = 8;
const REALM_TIMEOUT_MS = 300;

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** `mute`: says that it is up, and answers nothing else. */
export type RealmHealth = 'up' | 'down' | 'hanging' | 'garbage' | 'mute';

export interface RealmParty {
  readonly id: string;
  readonly store: MemoryStore;
  health: RealmHealth;
}

export interface Device {
  readonly parties: Parties;
  /** What both servers tell it without a sign-in. */
  readonly status: StatusSource;
  readonly journal: Journal & { entry: JournalEntry | null };
  readonly attempt: AttemptStore & { entropy: Uint8Array | null };
  readonly deviceKey: DeviceKey;
}

export interface World {
  /** Ms since the epoch; moved by tests. */
  nowMs: number;
  readonly vault: InProcessVault;
  readonly vaultStore: VaultStore;
  readonly issuer: IssuerApp;
  readonly issuerStore: AccountStore;
  readonly realms: readonly RealmParty[];
  readonly realmSet: RealmSet;
  /** The same realms by another rule: what a later build uses. */
  readonly laterRealmSet: RealmSet;
  readonly pins: Pins;
  readonly receiptKey: SigningKey;
  /** What travels between devices and parties, and from the issuer to others, for tests to bend. */
  intercept: (
    request: Request,
    send: (request: Request) => Promise<Response>,
    from: 'device' | 'issuer',
  ) => Promise<Response>;
  /** To all parties. */
  readonly fetch: typeof globalThis.fetch;
  /** The Juicebox client. */
  readonly realmsClient: Realms;
  /** A device that signed in as an account. */
  device(accountId: Uint8Array): Promise<Device>;
}

/** What a world stands on: keys, and where its parties keep what they know. */
export interface Ground {
  readonly receiptKey: SigningKey;
  readonly witnessKey: SigningKey;
  readonly tenantPrivateKey: KeyObject;
  /** Seals shares; by default with a key in memory. */
  readonly envelope?: Envelope;
  readonly vaultStore: VaultStore;
  readonly issuerStore: AccountStore;
  /** Real sessions of a server; by default whoever says who he is is believed. */
  readonly sessions?: (audience: 'vault' | 'issuer', onOpened?: (opened: OpenedSession) => Promise<void>) => Sessions;
  /** Lines of the realms' logs; by default in memory. */
  readonly realmLog?: RealmLogStore;
  readonly realms: readonly Pick<RealmParty, 'id' | 'store'>[];
}

export const newGround = (): Ground => ({
  receiptKey: signingKeyOf(random(32)),
  witnessKey: signingKeyOf(random(32)),
  tenantPrivateKey: generateKeyPairSync('ed25519').privateKey,
  vaultStore: createVaultStore(),
  issuerStore: createIssuerStore(),
  realms: [0, 1, 2].map(() => ({ id: toHex(random(16)), store: createRealmStore() })),
});

/** @param realmTimeoutMs of one request to one realm */
export async function createWorld(
  ground: Ground = newGround(),
  realmTimeoutMs: number = REALM_TIMEOUT_MS,
): Promise<World> {
  const logger = createLogger({ service: 'world', level: 'silent' });
  const { receiptKey, witnessKey, envelope, issuerStore } = ground;
  const tenantKey = { tenant: 'halfkey', version: 1, privateKey: ground.tenantPrivateKey };
  const now = () => world.nowMs;

  const vault = startInProcessVault({
    now,
    random,
    witnessPub: witnessKey.publicKey,
    receiptKey,
    store: ground.vaultStore,
    ...(envelope && { envelope }),
    ...(ground.sessions && { sessions: ground.sessions('vault') }),
  });
  const tenants = new Map([['halfkey:1', importTenantKey(spkiHexOf(tenantKey))]]);
  const realms = ground.realms.map((realm): RealmParty => ({ ...realm, health: 'up' }));
  const realmSet: RealmSet = {
    realms: realms.map(({ id }, index) => ({ id, address: `http://realm-${index}.test/` })),
    registerThreshold: realms.length,
    recoverThreshold: 2,
    hashingMode: 'FastInsecure',
    guesses: GUESSES,
  };
  const laterRealmSet: RealmSet = { ...realmSet, guesses: GUESSES - 1 };
  const realmApps = realms.map(({ id, store }) => createRealmApp({ realmId: id, tenants, store, now, random }));
  const toVault = { vaultUrl: 'http://vault.test', serviceKey: SERVICE_KEY, fetch: routeOf('issuer') };
  const issuer = createIssuerApp({
    store: issuerStore,
    vault: { vaultId: vault.vaultId, receiptKey: receiptKey.publicKey },
    feed: createVaultFeed(toVault),
    orders: createVaultOrders(toVault),
    realmLog: ground.realmLog ?? memoryRealmLogStore(),
    witnessKey,
    tenantKey,
    realmSets: [realmSet, laterRealmSet],
    openSessions: (onOpened) => ground.sessions?.('issuer', onOpened) ?? sessionsByHeader(),
    corsOrigins: [],
    fetch: routeOf('issuer'),
    now,
    random,
    logger,
  });

  async function send(request: Request): Promise<Response> {
    const { hostname } = new URL(request.url);
    if (hostname === 'vault.test') return vault.app.request(request);
    if (hostname === 'issuer.test') return issuer.app.request(request);
    const index = Number(/^realm-(\d)\.test$/.exec(hostname)?.[1] ?? Number.NaN);
    const [party, app] = [realms[index], realmApps[index]];
    if (!party || !app) throw new TypeError('unknown host');
    return answerAs(party.health, request, () => app.request(request));
  }

  function routeOf(from: 'device' | 'issuer'): typeof fetch {
    return async (input, init) => world.intercept(new Request(input, init), send, from);
  }
  const route = routeOf('device');

  const pins: Pins = {
    vaultId: vault.vaultId,
    witnessPub: witnessKey.publicKey,
    currentRealmSet: realmSet,
    realmSets: new Map([[toHex(realmSetIdOf(realmSet)), realmSet]]),
  };
  const sdk = await loadJuicebox();
  const realmsClient = createRealms({ sdk, scope: scopeOf(route), timeoutMs: realmTimeoutMs });

  const world: World = {
    nowMs: Date.UTC(2026, 4, 3, 9),
    vault,
    vaultStore: vault.store,
    issuer,
    issuerStore,
    realms,
    realmSet,
    laterRealmSet,
    pins,
    receiptKey,
    intercept: (request, pass) => pass(request),
    fetch: route,
    realmsClient,
    device: async (accountId) => {
      const deviceKey = await deviceKeyOf(await generateKeyPair(crypto.subtle));
      const jkt = deviceKey.thumbprint;
      const asCaller: typeof fetch = (input, init) => {
        const request = new Request(input, init);
        request.headers.set('authorization', sessionHeader({ accountId, jkt }));
        return route(request);
      };
      const access = { deviceKey, fetch: asCaller, random, now, timeoutMs: 5_000 };
      const to = {
        vault: { ...access, party: 'vault', baseUrl: 'http://vault.test' },
        issuer: { ...access, party: 'issuer', baseUrl: 'http://issuer.test' },
      } as const;
      const tokens = { current: async () => 'by-header', renew: async () => 'by-header' };
      const parties: Parties = {
        accountId,
        jkt,
        vault: createVaultClient(to.vault, tokens),
        issuer: createIssuerClient(to.issuer, tokens),
        realms: realmsClient,
        areRealmsUp: (set, least) => areRealmsUp(route, set, least),
        pins,
      };
      const status = createStatusSource(jkt, {
        vault: { access: to.vault, tokens },
        issuer: { access: to.issuer, tokens },
      });
      return { parties, status, deviceKey, journal: createJournal(), attempt: createAttemptStore() };
    },
  };
  return world;
}

async function answerAs(
  health: RealmHealth,
  request: Request,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  switch (health) {
    case 'up':
      return Promise.resolve(answer());
    case 'mute':
      if (request.method === 'GET') return answer();
      throw new TypeError('connection reset');
    case 'down':
      return Promise.reject(new TypeError('connection refused'));
    case 'garbage':
      return Promise.resolve(new Response(random(64) as Uint8Array<ArrayBuffer>));
    case 'hanging':
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));
  }
}

/** The client looks `fetch` up in the real global scope; between operations ours is not there. */
function scopeOf(route: typeof fetch): JuiceboxScope {
  const original = globalThis.fetch;
  return {
    get fetch() {
      return globalThis.fetch === original ? route : globalThis.fetch;
    },
    set fetch(value) {
      globalThis.fetch = value === route ? original : value;
    },
    get JuiceboxGetAuthToken() {
      return globalThis.JuiceboxGetAuthToken;
    },
    set JuiceboxGetAuthToken(value) {
      globalThis.JuiceboxGetAuthToken = value;
    },
  } as JuiceboxScope;
}

function createJournal(): Device['journal'] {
  return {
    entry: null,
    async read() {
      return this.entry;
    },
    async write(entry) {
      this.entry = structuredClone(entry);
    },
    async clear() {
      this.entry = null;
    },
  };
}

function createAttemptStore(): Device['attempt'] {
  return {
    entropy: null,
    async read() {
      return this.entropy;
    },
    async write(entropy) {
      this.entropy = entropy.slice();
    },
    async clear() {
      this.entropy = null;
    },
  };
}

/** Screens listen to the steps; most tests do not. */
export const ignoreStep = (): void => undefined;

/** The code that work ended with, `done` if it did not fail. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof WalletError) return error.code;
      throw error;
    },
  );

export const create = (device: Device, pin = PIN) => createBackup({ ...device, random, onStep: ignoreStep }, pin);

export async function recover({ parties }: Device, pin = PIN): Promise<Recovered> {
  const found = await lookUpBackup(parties, null);
  if (!found) throw new WalletError('backup-not-found');
  return recoverBackup(parties, found, pin, ignoreStep);
}

export const rotate = (device: Device, entropy: Secret, pin: string) =>
  rotateBackup({ ...device, random, onStep: ignoreStep }, entropy, pin);

export const bytesOf = (secret: Secret): Uint8Array => secret.use((bytes) => bytes.slice());

/** What each realm holds of a slot: how many of them have a row at all. */
export async function countRealmRows(world: World, accountId: Uint8Array, slot: Uint8Array): Promise<number> {
  const id = recordId('halfkey', juiceboxUserOf(accountId, slot));
  const rows = await Promise.all(world.realms.map(({ store }) => store.read(id)));
  return rows.filter((row) => row !== null).length;
}
