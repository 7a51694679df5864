/** What each process is told by its environment, and what the extension is built with. */
import { join } from 'node:path';
import { EXTENSION_ID, EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL } from '@/config/extension-id';
import { parseConfig } from '@/config/load';
import type { Config } from '@/config/schema';
import type { Program } from './bundle';
import { type PublicKeys, RELAY_SECRET } from './keys';
import { LOOPBACK, type PartyName, REALM_NAMES } from './parties';
import type { Ports } from './ports';

export type Urls = Readonly<Record<PartyName, string>>;

export interface PartySettings {
  readonly program: Program;
  readonly env: Readonly<Record<string, string>>;
  /** Answers with 200 as soon as the party works. */
  readonly health: { readonly url: string; readonly body?: string };
}

const CLIENT_ID = 'halfkey-extension';
const RELAY_CLIENT_ID = 'halfkey-relay';
const APPLE_TEAM = { teamId: 'DEVTEAM001', keyId: 'DEVKEY0001' };
const EXTENSION_URLS = [EXTENSION_REDIRECT_URL, GECKO_REDIRECT_URL];
const CHAIN_ID = 31_337;
const GUESSES = 8;
/** What becomes due is done so often. */
const JOBS_EVERY_MS = 2_000;

export function urlsOf(ports: Ports): Urls {
  return Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://${LOOPBACK}:${port}`]),
  ) as Record<PartyName, string>;
}

/** The build-time configuration of an extension that talks to this stack. */
export function configOf(urls: Urls, keys: PublicKeys): Config {
  const config: Config = {
    identityProviders: [
      {
        id: 'google',
        label: 'Google',
        kind: 'google',
        local: true,
        issuer: urls.identity,
        authorizationUrl: `${urls.identity}/auth`,
        jwksUrl: `${urls.identity}/jwks`,
        clientId: CLIENT_ID,
        flow: 'direct',
        commandLine: { clientId: 'halfkey-command-line', tokenUrl: `${urls.identity}/token` },
        // As with the real one, which lets nobody but the owner of a domain register its addresses.
        firefox: { flow: 'relay', clientId: RELAY_CLIENT_ID },
      },
      {
        id: 'apple',
        label: 'Apple',
        kind: 'apple',
        local: true,
        issuer: urls.apple,
        authorizationUrl: `${urls.apple}/auth/authorize`,
        jwksUrl: `${urls.apple}/auth/keys`,
        clientId: RELAY_CLIENT_ID,
        flow: 'relay',
      },
    ],
    relay: { url: urls.relay, extensionUrls: EXTENSION_URLS },
    vault: { url: urls.vault, id: keys.vault.vaultId, receiptPublicKey: keys.vault.receiptPublicKey },
    issuer: { url: urls.issuer, witnessPublicKey: keys.issuer.witnessPublicKey },
    realmSets: [
      {
        realms: REALM_NAMES.map((name, index) => ({ id: keys.realmIds[index] ?? '', address: `${urls[name]}/` })),
        registerThreshold: REALM_NAMES.length,
        recoverThreshold: Math.floor(REALM_NAMES.length / 2) + 1,
        hashingMode: 'Standard2019',
        guesses: GUESSES,
        current: true,
      },
    ],
    chains: [
      {
        chainId: CHAIN_ID,
        name: 'Local chain',
        rpcUrl: urls.chain,
        symbol: 'ETH',
        decimals: 18,
        explorerUrl: null,
        test: true,
        multicall: null,
        rollup: 'none',
        tokens: [],
      },
    ],
    // This machine only: a development or test build reaches no public node, whatever is typed into it.
    customNodes: ['http://127.0.0.1:*'],
  };
  return parseConfig(config, 'the configuration of the stack');
}

/** @param dataDir absolute */
export function settingsOf(
  dataDir: string,
  ports: Ports,
  keys: PublicKeys,
  config: Config,
): Readonly<Record<PartyName, PartySettings>> {
  const urls = urlsOf(ports);
  const folder = (...path: string[]) => join(dataDir, ...path);
  const providers = JSON.stringify(
    config.identityProviders.map(({ id, kind, issuer, clientId, firefox, commandLine }) => ({
      id,
      kind,
      issuer,
      clientIds: [clientId, firefox?.clientId ?? [], commandLine?.clientId ?? []].flat(),
    })),
  );
  const realmSets = JSON.stringify(config.realmSets.map(({ current: _, ...set }) => set));
  const extension = `chrome-extension://${EXTENSION_ID}`;

  const realm = (name: (typeof REALM_NAMES)[number]): PartySettings => ({
    program: 'realm',
    health: { url: urls[name] },
    env: {
      REALM_ID_FILE: folder(name, 'id'),
      REALM_TENANT_KEYS: JSON.stringify(keys.issuer.realmTenantKeys),
      REALM_PORT: String(ports[name]),
      REALM_DATA_DIR: folder(name, 'db'),
    },
  });

  return {
    identity: {
      program: 'identity',
      health: { url: `${urls.identity}/.well-known/openid-configuration` },
      env: {
        IDENTITY_PORT: String(ports.identity),
        IDENTITY_DATA_DIR: folder('identity'),
        IDENTITY_CLIENT_ID: CLIENT_ID,
        IDENTITY_REDIRECT_URIS: EXTENSION_URLS.join(),
        IDENTITY_RELAY_REDIRECT_URIS: `${urls.relay}/callback/google`,
        IDENTITY_RELAY_CLIENT_ID: RELAY_CLIENT_ID,
        IDENTITY_RELAY_SECRET: RELAY_SECRET,
      },
    },
    apple: {
      program: 'identity',
      health: { url: `${urls.apple}/.well-known/openid-configuration` },
      env: {
        IDENTITY_PLAYS: 'apple',
        IDENTITY_PORT: String(ports.apple),
        IDENTITY_DATA_DIR: folder('apple'),
        IDENTITY_RELAY_REDIRECT_URIS: `${urls.relay}/callback/apple`,
        IDENTITY_RELAY_CLIENT_ID: RELAY_CLIENT_ID,
        IDENTITY_RELAY_KEY: keys.applePublicKey,
        IDENTITY_TEAM_ID: APPLE_TEAM.teamId,
        IDENTITY_KEY_ID: APPLE_TEAM.keyId,
      },
    },
    relay: {
      program: 'relay',
      health: { url: `${urls.relay}/livez` },
      env: {
        RELAY_PORT: String(ports.relay),
        RELAY_EXTERNAL_URL: urls.relay,
        RELAY_KEYS_DIR: folder('relay', 'keys'),
        RELAY_DATA_DIR: folder('relay', 'db'),
        RELAY_EXTENSION_URLS: EXTENSION_URLS.join(),
        RELAY_CORS_ORIGINS: extension,
        RELAY_NOTICE_TARGETS: [urls.vault, urls.issuer].join(),
        RELAY_PROVIDERS: JSON.stringify([
          { id: 'google', kind: 'google', issuer: urls.identity, clientId: RELAY_CLIENT_ID },
          { id: 'apple', kind: 'apple', issuer: urls.apple, clientId: RELAY_CLIENT_ID, ...APPLE_TEAM },
        ]),
      },
    },
    vault: {
      program: 'vault',
      health: { url: `${urls.vault}/livez` },
      env: {
        VAULT_PORT: String(ports.vault),
        VAULT_EXTERNAL_URL: urls.vault,
        // Who waits for a deletion here waits in front of a screen.
        VAULT_SWEEP_INTERVAL_MS: String(JOBS_EVERY_MS),
        VAULT_KEYS_DIR: folder('vault', 'keys'),
        VAULT_KMS_DIR: folder('vault', 'kms'),
        VAULT_DATA_DIR: folder('vault', 'db'),
        VAULT_WITNESS_KEY: keys.issuer.witnessPublicKey,
        VAULT_IDENTITY_PROVIDERS: providers,
        VAULT_CORS_ORIGINS: extension,
      },
    },
    issuer: {
      program: 'issuer',
      health: { url: `${urls.issuer}/livez` },
      env: {
        ISSUER_PORT: String(ports.issuer),
        ISSUER_EXTERNAL_URL: urls.issuer,
        ISSUER_DELETION_INTERVAL_MS: String(JOBS_EVERY_MS),
        ISSUER_KEYS_DIR: folder('issuer', 'keys'),
        ISSUER_DATA_DIR: folder('issuer', 'db'),
        ISSUER_REALM_SETS: realmSets,
        ISSUER_IDENTITY_PROVIDERS: providers,
        ISSUER_CORS_ORIGINS: extension,
        ISSUER_VAULT_URL: urls.vault,
        ISSUER_VAULT_RECEIPT_KEY: keys.vault.receiptPublicKey,
        ISSUER_VAULT_SERVICE_KEY_FILE: folder('vault', 'keys', 'issuer-service.key'),
      },
    },
    'realm-1': realm('realm-1'),
    'realm-2': realm('realm-2'),
    'realm-3': realm('realm-3'),
    chain: {
      program: 'chain',
      health: { url: urls.chain, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] }) },
      env: { CHAIN_PORT: String(ports.chain), CHAIN_STATE_FILE: folder('chain', 'state.json') },
    },
  };
}
