/** Running servers, our whole client, and beside it the bare Juicebox client with tokens that were signed before. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Stack, startStack } from '@/e2e/stack';
import { utf8 } from '@/lib/bytes';
import { type Juicebox, loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import type { RealmSet } from '@/lib/keyless/wire/realm-set';
import { readKeys } from '@/services/issuer/keys';
import { createRealmTokens, type Operation, type SignRealmTokens } from '@/services/issuer/realms/realm-tokens';

export const PIN = '482913';
/** The tenant of the issuer's own defaults. */
const TENANT = 'halfkey';
/** As long as the payload of a backup. */
const SECRET_BYTES = 102;

export interface BareClient {
  register(): Promise<void>;
  recover(): Promise<void>;
}

export interface Parties {
  readonly stack: Stack;
  /** A Juicebox user of its own, with the tokens for one registration and one recovery in hand. */
  bareClient(user?: BareUser): Promise<BareClient>;
  stop(): Promise<void>;
}

export interface BareUser {
  readonly accountId: Uint8Array;
  readonly slot: Uint8Array;
}

const random = (length: number) => new Uint8Array(randomBytes(length));
export const newUser = (): BareUser => ({ accountId: random(32), slot: random(16) });

export async function startParties(): Promise<Parties> {
  const stack = await startStack();
  const [realmSet] = stack.config.realmSets;
  if (!realmSet) throw new Error('the stack has no realm set');
  const { tenantPrivateKey } = await readKeys(join(stack.dataOf('issuer'), 'keys'));
  const sign = createRealmTokens({ tenant: TENANT, version: 1, privateKey: tenantPrivateKey }, random);
  const juicebox = await loadJuicebox();
  return {
    stack,
    bareClient: (user = newUser()) => createBareClient(juicebox, realmSet, sign, user),
    stop: stack.stop,
  };
}

async function createBareClient(
  juicebox: Juicebox,
  realmSet: RealmSet,
  sign: SignRealmTokens,
  user: BareUser,
): Promise<BareClient> {
  const tokensFor = (operation: Operation) => sign({ ...user, realmSet, operation, issuedAtMs: Date.now() });
  const tokens = { register: await tokensFor('register'), recover: await tokensFor('recover') };
  const clientFor = (operation: keyof typeof tokens) => {
    globalThis.JuiceboxGetAuthToken = async (realmId) => tokens[operation][Buffer.from(realmId).toString('hex')] ?? '';
    return new juicebox.Client(
      new juicebox.Configuration({
        realms: realmSet.realms,
        register_threshold: realmSet.registerThreshold,
        recover_threshold: realmSet.recoverThreshold,
        pin_hashing_mode: realmSet.hashingMode,
      }),
      [],
    );
  };
  return {
    register: () => clientFor('register').register(utf8(PIN), random(SECRET_BYTES), user.accountId, realmSet.guesses),
    recover: async () => void (await clientFor('recover').recover(utf8(PIN), user.accountId)),
  };
}
