/** A device of the story without a browser: our clients and the official Juicebox client against running services. */
import { randomBytes } from 'node:crypto';
import { EXTENSION_REDIRECT_URL } from '@/config/extension-id';
import { fromHex, toHex } from '@/lib/bytes';
import { createBackup } from '@/lib/keyless/backup/create';
import { lookUpBackup, type Recovered, recoverBackup } from '@/lib/keyless/backup/recover';
import { createRealms } from '@/lib/keyless/parties/realms';
import type { Journal, JournalEntry, Parties, Pins } from '@/lib/keyless/ports';
import { createSessions, type KeyPairs, type Sessions } from '@/lib/keyless/sign-in/sessions';
import type { Stored } from '@/lib/keyless/stored';
import { loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import { realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import type { Stack } from '@/scripts/stack/stack';
import { createSignInBrowser } from '@/services/identity/testing/sign-in';

const REALM_TIMEOUT_MS = 30_000;
export const PROVIDER = 'google';

export const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

export interface DeviceOptions {
  readonly providerId?: string;
  /** What the device is told in the place of the address that the window ended on. */
  readonly onLanding?: (address: string) => string;
}

export interface Device {
  /** Signs in at the provider and opens a session at both servers. */
  signIn(): Promise<Parties>;
  readonly sessions: Sessions;
  /** As the extension keeps it in `storage.local`. */
  readonly journal: Journal;
  readonly attempt: Stored<Uint8Array> & { clear(): Promise<void> };
}

/** A new device of whoever has `account` at a development provider; `cancel` presses that button. */
export async function openDevice(
  stack: Pick<Stack, 'config'>,
  account: string,
  options: DeviceOptions = {},
): Promise<Device> {
  const { config } = stack;
  const { providerId = PROVIDER } = options;
  const choice = account === 'cancel' ? account : { account };
  const browser = createSignInBrowser();
  const sdk = await loadJuicebox();
  const attempt = stored<Uint8Array>();
  const journal = stored<JournalEntry>();
  const sessions = createSessions({
    launch: async (address, mode) => {
      const landed = await browser.visit(
        new URL(address),
        EXTENSION_REDIRECT_URL,
        mode === 'window' ? choice : undefined,
      );
      return (options.onLanding ?? String)(landed.href);
    },
    redirectUrl: EXTENSION_REDIRECT_URL,
    fetch,
    random,
    now: Date.now,
    relay: config.relay,
    providers: config.identityProviders,
    vaultUrl: config.vault.url,
    issuerUrl: config.issuer.url,
    pins: pinsOf(stack),
    realms: createRealms({ sdk, scope: globalThis, timeoutMs: REALM_TIMEOUT_MS }),
    keyPairs: createKeyPairs(),
    subtle: crypto.subtle,
    session: stored(),
    statusTokens: stored(),
    signedOut: stored(),
    deviceName: async () => 'a device of the story',
  });
  return {
    signIn: () => sessions.open(providerId, 'window', null),
    sessions,
    journal: { ...journal, clear: journal.remove },
    attempt: { ...attempt, clear: attempt.remove },
  };
}

function pinsOf({ config }: Pick<Stack, 'config'>): Pins {
  const current = config.realmSets.find((set) => set.current);
  if (!current) throw new Error('the stack has no current realm set');
  return {
    vaultId: fromHex(config.vault.id),
    witnessPub: fromHex(config.issuer.witnessPublicKey),
    currentRealmSet: current,
    realmSets: new Map(config.realmSets.map((set) => [toHex(realmSetIdOf(set)), set])),
  };
}

/** One value in memory. */
export function stored<T>(): Stored<T> {
  let value: T | null = null;
  return {
    read: async () => value,
    write: async (next) => {
      value = structuredClone(next);
    },
    remove: async () => {
      value = null;
    },
  };
}

function createKeyPairs(): KeyPairs {
  const pairs = new Map<string, CryptoKeyPair>();
  return {
    get: async (name) => pairs.get(name) ?? null,
    put: async (name, pair) => void pairs.set(name, pair),
    clear: async () => pairs.clear(),
  };
}

/** @param onStep may do to the world what happens to it at that moment */
export async function create(
  device: Device,
  pin: string,
  onStep: (step: string) => void = () => undefined,
): Promise<Uint8Array> {
  const { journal, attempt } = device;
  const parties = await device.signIn();
  const { entropy } = await createBackup({ parties, journal, attempt, random, onStep }, pin);
  return entropy.use((bytes) => bytes.slice());
}

export async function recover(device: Device, pin: string): Promise<Recovered & { bytes: Uint8Array }> {
  const parties = await device.signIn();
  const found = await lookUpBackup(parties, null);
  if (!found) throw new Error('there is no backup');
  const recovered = await recoverBackup(parties, found, pin, () => undefined);
  return { ...recovered, bytes: recovered.entropy.use((bytes) => bytes.slice()) };
}
