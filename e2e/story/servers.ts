/** Vault, issuer, relay and one realm as processes on a PostgreSQL with fsync on: any of the five can be killed and started. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fromHex } from '@/lib/bytes';
import type { RealmSet } from '@/lib/keyless/wire/realm-set';
import { bundlePrograms } from '@/scripts/stack/bundle';
import { createDatabase, freePort, startPostgres, type TestPostgres } from '@/services/http/testing/postgres';
import { type ServiceProcess, startProcess } from '@/services/http/testing/process';
import type { TestProvider } from '@/services/http/testing/provider';
import { type ProviderServer, startProviderServer } from '@/services/http/testing/provider-server';

const run = promisify(execFile);
/** Limits that no test reaches. */
const PER_MINUTE = '1000000';

/** What every backup needs; the relay is for some sign-ins only. */
export const SERVER_NAMES = ['vault', 'issuer', 'realm'] as const;
export const ALL_SERVERS = [...SERVER_NAMES, 'relay'] as const;
export type ServerName = (typeof ALL_SERVERS)[number];
/** Where sign-ins through the relay end. */
export const EXTENSION_URL = 'https://extension.example.test/';

export interface Servers {
  readonly urls: Readonly<Record<ServerName, string>>;
  readonly databaseUrls: Readonly<Record<ServerName, string>>;
  readonly postgres: TestPostgres;
  readonly provider: TestProvider;
  /** The same at the end of the relay. */
  readonly providerServer: Pick<ProviderServer, 'codeFor' | 'asked'>;
  readonly vaultId: Uint8Array;
  readonly realmSet: RealmSet;
  readonly folder: string;
  /** Started anew with this environment; resolves when it listens. */
  start(name: ServerName): Promise<void>;
  stopServer(name: ServerName): Promise<void>;
  kill(name: ServerName): Promise<void>;
  /** One more process of this server, with these variables besides its own, for the caller to stop. */
  startBeside(name: ServerName, changes: Record<string, string>): Promise<ServiceProcess>;
  pidOf(name: ServerName): number;
  stop(): Promise<void>;
}

/**
 * @param changes variables of single servers
 * @param programOf other programs for them to begin with, such as those of the version before
 */
export async function startServers(
  changes: Partial<Record<ServerName, Record<string, string>>> = {},
  programOf?: (name: ServerName) => string,
): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-servers-'));
  const [program, postgres, providerServer] = await Promise.all([
    bundlePrograms(),
    startPostgres(),
    startProviderServer(),
  ]);
  const { provider, jwksUrl } = providerServer;
  const admin = async (name: 'vault' | 'issuer' | 'relay' | 'kms', ...args: string[]) =>
    (await run(process.execPath, [program(`${name}-admin`), ...args])).stdout;
  const vaultKeys = JSON.parse(await admin('vault', 'init', join(folder, 'vault-keys')));
  const issuerKeys = JSON.parse(await admin('issuer', 'init', join(folder, 'issuer-keys')));
  await admin('kms', 'init', join(folder, 'kms'));
  await admin('relay', 'init', join(folder, 'relay-keys'));

  const named = async <Value>(make: (name: ServerName) => Promise<Value>) =>
    Object.fromEntries(await Promise.all(ALL_SERVERS.map(async (name) => [name, await make(name)]))) as Record<
      ServerName,
      Value
    >;
  const ports = await named(() => freePort());
  const databaseUrls = await named(() => createDatabase(postgres.url));
  const urls = await named(async (name) => `http://127.0.0.1:${ports[name]}`);
  const realmSet: RealmSet = {
    realms: [{ id: '5e'.repeat(16), address: `${urls.realm}/` }],
    registerThreshold: 1,
    recoverThreshold: 1,
    hashingMode: 'Standard2019',
    guesses: 8,
  };
  const { id, issuer, clientIds } = provider;
  const providers = JSON.stringify([{ id, issuer, clientIds, jwksUrl }]);
  const common = (prefix: string, name: ServerName, whose: 'DEVICE' | 'TOKEN' = 'DEVICE') => ({
    [`${prefix}_PORT`]: String(ports[name]),
    [`${prefix}_DATABASE_URL`]: databaseUrls[name],
    [`${prefix}_ADDRESS_REQUESTS_PER_MINUTE`]: PER_MINUTE,
    [`${prefix}_${whose}_REQUESTS_PER_MINUTE`]: PER_MINUTE,
    [`${prefix}_LINGER_MS`]: '0',
    ...changes[name],
  });
  const environments: Record<ServerName, Record<string, string>> = {
    vault: {
      ...common('VAULT', 'vault'),
      VAULT_MODE: 'production',
      VAULT_KMS_LOCAL_ACKNOWLEDGED: 'yes',
      VAULT_EXTERNAL_URL: urls.vault,
      VAULT_KEYS_DIR: join(folder, 'vault-keys'),
      VAULT_KMS_DIR: join(folder, 'kms'),
      VAULT_WITNESS_KEY: issuerKeys.witnessPublicKey,
      VAULT_IDENTITY_PROVIDERS: providers,
    },
    issuer: {
      ...common('ISSUER', 'issuer'),
      ISSUER_MODE: 'production',
      ISSUER_EXTERNAL_URL: urls.issuer,
      ISSUER_KEYS_DIR: join(folder, 'issuer-keys'),
      ISSUER_REALM_SETS: JSON.stringify([realmSet]),
      ISSUER_IDENTITY_PROVIDERS: providers,
      ISSUER_VAULT_URL: urls.vault,
      ISSUER_VAULT_RECEIPT_KEY: vaultKeys.receiptPublicKey,
      ISSUER_VAULT_SERVICE_KEY_FILE: join(folder, 'vault-keys', 'issuer-service.key'),
    },
    realm: {
      ...common('REALM', 'realm', 'TOKEN'),
      REALM_MODE: 'production',
      REALM_MARK_FILE: join(folder, 'realm.mark'),
      REALM_ID: realmSet.realms[0]?.id ?? '',
      REALM_TENANT_KEYS: JSON.stringify(issuerKeys.realmTenantKeys),
    },
    relay: {
      ...common('RELAY', 'relay'),
      RELAY_MODE: 'production',
      RELAY_EXTERNAL_URL: urls.relay,
      RELAY_EXTENSION_URLS: EXTENSION_URL,
      RELAY_PROVIDERS: JSON.stringify([{ id, issuer, clientId: clientIds[0], clientSecret: 'none' }]),
      RELAY_NOTICE_TARGETS: `${urls.vault},${urls.issuer}`,
      RELAY_NOTICE_INTERVAL_MS: '200',
      RELAY_KEYS_DIR: join(folder, 'relay-keys'),
    },
  };

  const running = new Map<ServerName, ServiceProcess>();
  const start = async (name: ServerName) => {
    running.set(name, await startProcess((programOf ?? program)(name), environments[name]));
  };
  const startBeside = (name: ServerName, more: Record<string, string>) =>
    startProcess(program(name), { ...environments[name], ...more });
  const end = (how: 'stop' | 'kill') => async (name: ServerName) => {
    const server = running.get(name);
    running.delete(name);
    await server?.[how]();
  };
  await Promise.all(ALL_SERVERS.map(start));
  return {
    urls,
    databaseUrls,
    postgres,
    provider,
    providerServer,
    vaultId: fromHex(vaultKeys.vaultId),
    realmSet,
    folder,
    start,
    stopServer: end('stop'),
    kill: end('kill'),
    startBeside,
    pidOf: (name) => running.get(name)?.pid ?? 0,
    stop: async () => {
      await Promise.all(ALL_SERVERS.map(end('stop')));
      providerServer.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
