/** One account before the steps of the vault: runs them in order, keeps the state, and chains what they publish. */

import { sha256 } from '@/lib/crypto/hash';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import type { FeedEntry, FeedFact } from '@/lib/keyless/wire/feed';
import type { ActivateRequest } from '@/lib/keyless/wire/vault';
import type { Caller, Outcome } from '../account/outcome';
import { createTransact, type Step, type Transact } from '../account/transact';
import { createShareKeeper, type ShareKeeper } from '../key-service/share-keeper';
import { createMemoryStore } from '../store/memory-store';
import type { VaultStore } from '../store/store';
import { createVault, type Vault } from '../vault';
import { type Attempt, createRandom, newAttempt, signActivation, statementOf } from './actors';
import { challengesInMemory, sealWith } from './in-process';

export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;

export interface Scene {
  readonly vault: Vault;
  readonly vaultId: Uint8Array;
  readonly receiptKey: SigningKey;
  readonly witness: SigningKey;
  readonly store: VaultStore;
  readonly accountId: Uint8Array;
  readonly random: (length: number) => Uint8Array;
  readonly now: () => number;
  /** Lets time pass. */
  readonly pass: (ms: number) => void;
  /** A new device of whoever is signed in to the account. */
  readonly device: () => Caller;
  /** A new owner key: entropy of its own. */
  readonly owner: () => SigningKey;
  readonly attempt: (caller: Caller, owner: SigningKey, from?: number) => Attempt;
  /** The request that activates `attempt` after `previous`. */
  readonly activation: (attempt: Attempt, previous?: Uint8Array | null) => ActivateRequest;
  /** Reserves, puts and activates; gives back what was sent. */
  readonly create: (attempt: Attempt, previous?: Uint8Array | null) => Promise<ActivateRequest>;
  /** Runs any step on the account. */
  readonly run: <Answer>(step: Step<Answer>) => Promise<Outcome<Answer>>;
  /** Another account of the same vault. */
  readonly sibling: () => Scene;
  readonly feed: () => Promise<FeedEntry[]>;
  readonly facts: () => Promise<FeedFact[]>;
}

export function createScene(seed = 1, store: VaultStore = createMemoryStore(), keeper?: ShareKeeper): Scene {
  const random = createRandom(seed);
  let nowMs = 1_800_000_000_000;
  const now = () => nowMs;
  const receiptKey = signingKeyOf(random(32));
  const witness = signingKeyOf(random(32));
  const vaultId = sha256(receiptKey.publicKey);
  const accountId = random(32);
  const shares = keeper ?? createShareKeeper(sealWith(random(32), random));
  const challenges = challengesInMemory(random);
  const vault = createVault({ store, shares, receiptKey, vaultId, witnessPub: witness.publicKey, challenges, now });
  const transact = createTransact({ store, receiptKey, vaultId, now });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return sceneOf({ vault, transact, vaultId, receiptKey, witness, store, random, now, pass }, accountId);
}

type World = Pick<Scene, 'vault' | 'vaultId' | 'receiptKey' | 'witness' | 'store' | 'random' | 'now' | 'pass'>;

function sceneOf(world: World & { readonly transact: Transact }, accountId: Uint8Array): Scene {
  const { vault, transact, vaultId, witness, store, random } = world;
  const feed = () => store.feed(accountId, 0, 10_000);
  const activation: Scene['activation'] = (attempt, previous = null) =>
    signActivation(attempt, vaultId, statementOf(attempt, vaultId, previous), witness);
  return {
    ...world,
    accountId,
    device: () => ({ accountId, jkt: random(32) }),
    owner: () => signingKeyOf(random(32)),
    attempt: (caller, owner, from = 0) => newAttempt({ caller, owner, vaultId, from, random }),
    activation,
    create: async (attempt, previous = null) => {
      const request = activation(attempt, previous);
      expectOk(await vault.reserve(attempt.caller, attempt.reserve));
      expectOk(await vault.putRow(attempt.caller, attempt.reserve.to, attempt.row));
      expectOk(await vault.activate(attempt.caller, request));
      return request;
    },
    run: (step) => transact(accountId, step),
    sibling: () => sceneOf(world, random(32)),
    feed,
    facts: async () => (await feed()).map(({ fact }) => fact),
  };
}

/** @throws Error naming the code of a refusal */
export function expectOk<Answer>(outcome: Outcome<Answer>): Answer {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code}`);
  return outcome.answer;
}
