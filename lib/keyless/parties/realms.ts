/** The official Juicebox client behind our port: one operation at a time, closed errors, nothing repeated. */
import { toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { RealmAccess, RealmRecovery, Realms } from '../ports';
import type { RealmSet } from '../wire/realm-set';
import { createRealmFetch, type RealmTally } from './realm-fetch';

/** What of `juicebox-sdk` 0.3.7 is used. */
export interface JuiceboxSdk {
  Configuration: new (configuration: unknown) => object;
  Client: new (configuration: never, previousConfigurations: never[]) => JuiceboxClient;
}

interface JuiceboxClient {
  register(pin: Uint8Array, secret: Uint8Array, info: Uint8Array, guesses: number): Promise<void>;
  recover(pin: Uint8Array, info: Uint8Array): Promise<Uint8Array>;
  free(): void;
}

/** The global scope that the client looks into: `fetch` and the token function, by name, at each request. */
export interface JuiceboxScope {
  fetch: typeof globalThis.fetch;
  JuiceboxGetAuthToken?: ((realmId: Uint8Array) => Promise<string>) | undefined;
}

/** `RecoverErrorReason` of the client. */
const REASON = { invalidPin: 0, notRegistered: 1, invalidAuth: 2, upgradeRequired: 3, rateLimited: 4 } as const;

const MAX_SECRET_BYTES = 128;

export interface RealmsOptions {
  readonly sdk: JuiceboxSdk;
  /** The worker's or process's own global scope. */
  readonly scope: JuiceboxScope;
  /** Of one request to one realm. */
  readonly timeoutMs: number;
}

/** Operations queue up, because the client's two hooks are global and two recoveries at once would spend two guesses. */
export function createRealms({ sdk, scope, timeoutMs }: RealmsOptions): Realms {
  const exclusively = inTurn();
  return {
    register: (access, secret) =>
      exclusively(async () => {
        if (secret.length > MAX_SECRET_BYTES) throw new RangeError('secret too long for Juicebox');
        await withClient(access, async (client) => {
          try {
            await client.register(access.pin, secret, access.info, access.realmSet.guesses);
          } catch {
            throw new WalletError('register-failed');
          }
        });
      }),
    recover: (access) =>
      exclusively(() =>
        withClient(access, async (client, tally) => {
          try {
            const secret = await client.recover(access.pin, access.info);
            return recoveryOf(secret, tally(), access.realmSet);
          } catch (error) {
            throw recoverError(error, tally());
          }
        }),
      ),
  };

  async function withClient<Result>(
    { realmSet, tokens }: RealmAccess,
    work: (client: JuiceboxClient, tally: () => RealmTally) => Promise<Result>,
  ): Promise<Result> {
    const outer = scope.fetch;
    const guarded = createRealmFetch((input, init) => outer.call(scope, input, init), timeoutMs);
    scope.fetch = guarded.fetch;
    scope.JuiceboxGetAuthToken = async (realmId) => tokens[toHex(realmId)] ?? '';
    const client = new sdk.Client(new sdk.Configuration(configurationOf(realmSet)) as never, []);
    try {
      return await work(client, guarded.tally);
    } finally {
      client.free();
      scope.fetch = outer;
      scope.JuiceboxGetAuthToken = undefined;
    }
  }
}

/** The client panics on a set that breaks its rules, and a panic never settles: checked before. */
function configurationOf(set: RealmSet): unknown {
  const count = set.realms.length;
  const sound =
    count > 0 &&
    new Set(set.realms.map((realm) => realm.id)).size === count &&
    set.realms.every((realm) => /^[0-9a-f]{32}$/.test(realm.id) && realm.address.endsWith('/')) &&
    set.registerThreshold === count &&
    set.recoverThreshold > count / 2 &&
    set.recoverThreshold <= count &&
    set.guesses >= 1 &&
    set.guesses <= 255;
  if (!sound) throw new RangeError('unsound realm set');
  return {
    realms: set.realms.map(({ id, address }) => ({ id, address })),
    register_threshold: set.registerThreshold,
    recover_threshold: set.recoverThreshold,
    pin_hashing_mode: set.hashingMode,
  };
}

const recoveryOf = (secret: Uint8Array, tally: RealmTally, { guesses }: RealmSet): RealmRecovery => ({
  secret,
  realmsAnswered: tally.recovered.size,
  // One realm may say anything: a recovery that works has used at most the last guess.
  failedGuesses: Math.max(0, Math.min(tally.guessCount, guesses) - 1),
});

function recoverError(error: unknown, tally: RealmTally): WalletError {
  const { reason, guesses_remaining: triesLeft } = error as { reason?: unknown; guesses_remaining?: unknown };
  switch (reason) {
    case REASON.invalidPin:
      return typeof triesLeft === 'number' && triesLeft > 0
        ? new WalletError('pin-wrong', { triesLeft })
        : new WalletError('pin-used-up', { triesLeft: 0 });
    case REASON.notRegistered:
      return new WalletError('realms-empty');
    case REASON.upgradeRequired:
      return new WalletError('update-the-app');
    case REASON.rateLimited:
      return new WalletError('too-many-requests', { party: 'realms' });
    default:
      return new WalletError(tally.guessSent ? 'try-may-be-used' : 'realms-unreachable');
  }
}
