/** The issuer: the application, to be served or called in-process, and its jobs. */
import { createPublicKey } from 'node:crypto';
import type { Hono } from 'hono';
import { fromBase64url, toHex } from '@/lib/bytes';
import type { SigningKey } from '@/lib/crypto/signature';
import type { RealmSet } from '@/lib/keyless/wire/realm-set';
import { createServiceApp, type ServiceAppOptions, type ServiceEnv } from '@/services/http/api/app';
import { allowOrigins } from '@/services/http/api/cors';
import type { ApiDescription } from '@/services/http/api/openapi';
import { serve } from '@/services/http/api/operation';
import { type Limits, NO_LIMITS } from '@/services/http/limits/limits';
import { receiveNotice } from '@/services/http/sessions/notices';
import { type OpenedSession, openSession, type Sessions } from '@/services/http/sessions/sessions';
import { note } from './account/accounts';
import type { VaultIdentity } from './account/apply-feed';
import { noteDevice } from './account/events';
import { requestStartOver } from './account/start-over';
import * as operations from './operations';
import { type DeletionReport, runDeletions } from './realms/delete-slots';
import { type RealmLogReport, readRealmLogs } from './realms/read-realm-logs';
import type { RealmLogStore } from './realms/realm-log-store';
import { indexRealmSets } from './realms/realm-sets';
import { createAuditTokens, createRealmTokens, keyIdOf, type TenantKey } from './realms/realm-tokens';
import { createRoutes } from './routes';
import type { AccountStore } from './store/store';
import type { VaultFeed } from './vault/vault-feed';
import type { VaultOrders } from './vault/vault-orders';

const MAX_BODY_BYTES = 16 * 1024;

const { STATUS, ...own } = operations;

export const issuerApi: ApiDescription = {
  title: 'Halfkey issuer',
  description: 'Witnesses what the vault commits, and signs the tokens that realms ask for, by a schedule of tries.',
  operations: [openSession, receiveNotice, ...Object.values(own)],
  statusOf: STATUS,
};

/** `readiness`, `observe`, `logger`: as for every service. */
export interface IssuerAppOptions extends Pick<ServiceAppOptions, 'logger' | 'readiness' | 'observe'> {
  readonly store: AccountStore;
  readonly vault: VaultIdentity;
  readonly feed: VaultFeed;
  /** What the vault is asked for. */
  readonly orders: VaultOrders;
  /** Lines of the realms' logs. */
  readonly realmLog: RealmLogStore;
  /** Signs *kept*. */
  readonly witnessKey: SigningKey;
  /** Signs realm tokens. */
  readonly tenantKey: TenantKey;
  /** The current realm set and every past one that may still hold a row. */
  readonly realmSets: readonly RealmSet[];
  /** Ids of realms of these sets whose rows are gone with them; none when absent. */
  readonly goneRealms?: readonly string[];
  /** Opens the session layer; it must call `onOpened` for every session. */
  readonly openSessions: (onOpened: (opened: OpenedSession) => Promise<void>) => Sessions;
  /** See `allowOrigins`. */
  readonly corsOrigins: readonly string[];
  /** For requests to realms. */
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly random: (length: number) => Uint8Array;
  /** Absent: none, for parties within one process. */
  readonly limits?: Limits;
}

export interface IssuerApp {
  readonly app: Hono<ServiceEnv>;
  /** Ed25519, 32 bytes: what the vault verifies *kept* with. */
  readonly witnessPub: Uint8Array;
  /** What realms verify tokens with: SPKI DER in hex, and the `kid` it goes by. */
  readonly tenantPublicKey: { readonly spkiHex: string; readonly keyId: string };
  /** Reads the feeds that are due and deletes what is due; safe at any time, and repeatedly. */
  runDeletions(): Promise<DeletionReport>;
  /** Reads what the realms have written down since; safe at any time, and repeatedly. */
  readRealmLogs(): Promise<RealmLogReport>;
}

export function createIssuerApp(parts: IssuerAppOptions): IssuerApp {
  const { store, vault, feed, realmLog, realmSets, now, logger, fetch, witnessKey, tenantKey } = parts;
  const { limits = NO_LIMITS, goneRealms = [] } = parts;
  const accounts = { store, vault, feed, now };
  const findRealmSet = indexRealmSets(realmSets);
  const signRealmTokens = createRealmTokens(tenantKey, parts.random);
  const signAuditToken = createAuditTokens(tenantKey);
  const sessions = parts.openSessions(({ accountId, jkt, deviceName }) =>
    note(accounts, accountId, (account, nowMs) =>
      noteDevice(account, { jkt: fromBase64url(jkt), name: deviceName }, nowMs),
    ),
  );
  const witnessPub = witnessKey.publicKey;
  const tenantPublicKey = { spkiHex: spkiHexOf(tenantKey), keyId: keyIdOf(tenantKey) };
  const about = {
    witnessPublicKey: toHex(witnessPub),
    tenantPublicKey: tenantPublicKey.spkiHex,
    kid: tenantPublicKey.keyId,
  };

  const service = createServiceApp({ ...parts, maxBodyBytes: MAX_BODY_BYTES, api: issuerApi });
  service.use(allowOrigins(parts.corsOrigins));
  serve(service, operations.about, [], () => about);
  for (const { path } of [openSession, receiveNotice]) service.use(path, limits.perAddress);
  service.route('/', sessions.routes);
  const guards = {
    access: [limits.perAddress, sessions.requireAccess, limits.perDevice],
    status: [limits.perAddress, sessions.requireStatus, limits.perDevice],
  };
  const { orders, random } = parts;
  const jobs = { ...accounts, findRealmSet, signRealmTokens, goneRealms, fetch, orders, random };
  const startOver = (accountId: Uint8Array, slot: Uint8Array) => requestStartOver(jobs, accountId, slot);
  const shared = { startOver, findRealmSet, signRealmTokens, realmLog, tenant: tenantKey.tenant, logger };
  const signKept = (message: Uint8Array) => witnessKey.sign(message);
  service.route('/', createRoutes({ ...shared, accounts, guards, signKept, sessions }));

  return {
    app: service,
    witnessPub,
    tenantPublicKey,
    runDeletions: () => runDeletions({ ...jobs, logger }),
    readRealmLogs: () => readRealmLogs({ realmLog, realmSets, signAuditToken, fetch, now, logger }),
  };
}

/** SPKI DER in hex (RFC 8410), as realms are configured with it. */
export const spkiHexOf = ({ privateKey }: TenantKey): string =>
  createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('hex');
