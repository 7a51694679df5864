import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configPath, loadConfig } from '@/config/load';
import type { Config } from '@/config/schema';
import { fromHex } from '@/lib/bytes';
import { wordsOf } from '@/lib/crypto/mnemonic';
import { WalletError } from '@/lib/errors';
import { errorText } from '@/lib/i18n';
import { lookUpBackup, recoverBackup } from '@/lib/keyless/backup/recover';
import { createIssuerClient } from '@/lib/keyless/parties/issuer-client';
import { openSession, type PartyAccess, type TokenSource } from '@/lib/keyless/parties/party-client';
import { createRealms } from '@/lib/keyless/parties/realms';
import { areRealmsUp } from '@/lib/keyless/parties/realms-up';
import { createVaultClient } from '@/lib/keyless/parties/vault-client';
import type { WrongTries } from '@/lib/keyless/pin/guesses';
import type { Parties, Pins } from '@/lib/keyless/ports';
import { type DeviceKey, deviceKeyOf, generateKeyPair } from '@/lib/keyless/sign-in/device-key';
import { type SignIn, signIn } from '@/lib/keyless/sign-in/sign-in';
import { openRealmTokens } from '@/services/issuer/admin/sign-realm-tokens';
import { readExportedBackup } from '@/services/vault/admin/read-export';
import { askHidden, type Terminal } from './ask-pin';
import { loadJuicebox } from './juicebox';
import { openLoopback } from './loopback';
import { issuerOfKeys, pinsOf, vaultOfExport } from './parties';

export const RECOVER_USAGE = `halfkey recover [--config FILE] [--provider ID]
      [--vault-export FOLDER --vault-kms FOLDER --issuer-keys FOLDER [--account HEX]]`;

const SIGN_IN_MS = 10 * 60_000;
const REQUEST_MS = 30_000;
const DEVICE_NAME = 'halfkey recover';
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/**
 * Prints the recovery phrase of a keyless wallet: by sign-in and PIN, or by PIN and what the operators left. The words go
 * to stdout, everything else to the terminal's other output.
 * @returns exit status 0
 * @throws Error whose message is for people
 */
export async function recover(args: string[], print: (line: string) => void, terminal: Terminal): Promise<number> {
  const options = readOptions(args);
  const say = (text: string) => terminal.output.write(`${text}\n`);
  try {
    const parties = await openParties(options, say);
    const found = await lookUpBackup(parties, null);
    if (!found) throw new WalletError('backup-not-found');
    say(`A backup of ${new Date(found.createdAtMs).toISOString()}, number ${found.active.generation}.`);
    sayWrong(found.wrong, say);
    const pin = await askHidden('PIN (not shown): ', terminal);
    say('Asking the realms ...');
    const { entropy, failedTries } = await recoverBackup(parties, found, pin, () => undefined);
    if (failedTries > 0) say(`Wrong PINs before this one: ${failedTries}.`);
    say('Whoever has these words has the wallet. Write them down, and clear this terminal.');
    print(entropy.use(wordsOf));
    entropy.wipe();
    return 0;
  } catch (error) {
    if (!(error instanceof WalletError)) throw error;
    const { title, lost, next } = errorText(error);
    throw new Error(`${title}. ${lost} ${next} (${error.code})`);
  }
}

/** What issuer and realms know of wrong PINs, before another one is typed. */
function sayWrong({ count, lastAtMs }: WrongTries, say: (text: string) => void): void {
  if (count === 0) return;
  const when = lastAtMs === null ? '' : `, the last one on ${new Date(lastAtMs).toISOString()}`;
  say(`Wrong PINs since the last success: ${count}${when}.`);
}

type Options = ReturnType<typeof readOptions>;

function readOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      config: text,
      provider: text,
      'vault-export': text,
      'vault-kms': text,
      'issuer-keys': text,
      account: text,
    },
  });
  const { 'vault-export': folder, 'vault-kms': keyRing, 'issuer-keys': issuerKeys, account } = values;
  const files = folder && keyRing && issuerKeys ? { folder, keyRing, issuerKeys } : null;
  // The issuer answers nobody without the vault: the files of both, or none.
  const isHalf = !files && (folder ?? keyRing ?? issuerKeys ?? account) !== undefined;
  if (isHalf) throw new Error(`usage: ${RECOVER_USAGE}`);
  if (account !== undefined && !/^[0-9a-f]{64}$/.test(account)) throw new Error('--account has 64 hex digits');
  return {
    config: loadConfig(values.config ?? packedConfig() ?? configPath()),
    provider: values.provider,
    files,
    account: account === undefined ? null : fromHex(account),
  };
}

/** A packed command has the configuration that it was packed with beside it. */
function packedConfig(): string | undefined {
  const path = fileURLToPath(new URL('config.json', import.meta.url));
  return existsSync(path) ? path : undefined;
}

async function openParties(options: Options, say: (text: string) => void): Promise<Parties> {
  const pins = pinsOf(options.config);
  const key = await deviceKeyOf(await generateKeyPair(crypto.subtle));
  const { account, files, config } = options;
  const servedBy = async (): Promise<Servers & { accountId: Uint8Array }> => {
    if (account && files) return { accountId: account, ...(await openFiles(files, account, pins)) };
    const signedIn = await signInByBrowser(options, key, say);
    const { accountId } = signedIn;
    const servers = files ? openFiles(files, accountId, pins) : openServers(config, key, signedIn);
    return { accountId, ...(await servers) };
  };
  const servers = await servedBy();
  const realms = createRealms({ sdk: await loadJuicebox(), scope: globalThis, timeoutMs: REQUEST_MS });
  return {
    ...servers,
    jkt: key.thumbprint,
    realms,
    areRealmsUp: (set, least) => areRealmsUp(fetch, set, least),
    pins,
  };
}

type Servers = Pick<Parties, 'vault' | 'issuer'>;

/** Sessions at both, for this one run. */
async function openServers(
  config: Config,
  deviceKey: DeviceKey,
  { idToken, random: opening }: SignIn,
): Promise<Servers> {
  const access = (party: 'vault' | 'issuer'): PartyAccess => ({
    party,
    baseUrl: config[party].url,
    deviceKey,
    fetch,
    random,
    now: Date.now,
    timeoutMs: REQUEST_MS,
  });
  const tokensOf = async (to: PartyAccess): Promise<TokenSource> => {
    const { accessToken } = await openSession(to, { idToken, random: opening, deviceName: DEVICE_NAME });
    const renew = () => Promise.reject(new WalletError('sign-in-expired'));
    return { current: async () => accessToken, renew };
  };
  const [vault, issuer] = [access('vault'), access('issuer')];
  const [vaultTokens, issuerTokens] = await Promise.all([tokensOf(vault), tokensOf(issuer)]);
  return { vault: createVaultClient(vault, vaultTokens), issuer: createIssuerClient(issuer, issuerTokens) };
}

/** What the operators of both left. */
async function openFiles(
  { folder, keyRing, issuerKeys }: NonNullable<Options['files']>,
  accountId: Uint8Array,
  { vaultId, realmSets }: Pins,
): Promise<Servers> {
  const backup = await readExportedBackup({ folder, keyRing, vaultId, random }, accountId);
  const tenant = process.env.ISSUER_TENANT ?? 'halfkey';
  const version = Number(process.env.ISSUER_TENANT_KEY_VERSION ?? 1);
  const signTokens = await openRealmTokens({ folder: issuerKeys, tenant, version, random });
  return { vault: vaultOfExport(backup), issuer: issuerOfKeys(backup, accountId, realmSets, signTokens, Date.now) };
}

async function signInByBrowser(
  { config, provider: id }: Options,
  deviceKey: DeviceKey,
  say: (text: string) => void,
): Promise<SignIn> {
  const { provider, commandLine } = providerOf(config, id);
  const loopback = await openLoopback({
    ...commandLine,
    show: (url) =>
      say(`Open this address in a browser on this machine, and sign in with ${provider.label}:\n\n${url}\n`),
    fetch,
    timeoutMs: SIGN_IN_MS,
  });
  try {
    const { launch, redirectUrl } = loopback;
    // Whatever the extension does with this provider: to the wallet the answer looks like the direct one.
    const client = { ...provider, clientId: commandLine.clientId, flow: 'direct' } as const;
    const deps = { launch, redirectUrl, relay: null, fetch, random, now: Date.now };
    return await signIn(deps, client, deviceKey, 'window', null);
  } finally {
    loopback.close();
  }
}

/** @throws Error if the provider is not in the configuration, or lists no command-line client */
function providerOf({ identityProviders }: Config, id: string | undefined) {
  const usable = identityProviders.flatMap(({ commandLine, ...provider }) =>
    commandLine ? [{ provider, commandLine }] : [],
  );
  const chosen = id === undefined ? usable[0] : usable.find(({ provider }) => provider.id === id);
  if (chosen) return chosen;
  const names = usable.map(({ provider }) => provider.id).join(', ') || 'none';
  throw new Error(`no such provider with a client for the command line; there are: ${names}`);
}
