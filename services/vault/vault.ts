/** The vault: every operation of its API, over a store, a key service, a clock and randomness. */
import { equalBytes } from '@/lib/bytes';
import type { FeedPage } from '@/lib/keyless/wire/feed';
import type { SignOutRequest } from '@/lib/keyless/wire/session';
import type {
  ActivateRequest,
  BackupMetadata,
  ChallengeResponse,
  DeletionRequest,
  ReleaseRequest,
  ReleaseResponse,
  ReserveRequest,
  RowRequest,
  StartOverRequest,
  WithdrawalRequest,
} from '@/lib/keyless/wire/vault';
import { verifySignOut } from '@/services/http/sessions/verify-sign-out';
import { activate, readActivation } from './account/activate';
import type { Challenges } from './account/challenges';
import { confirmStartOver, objectToStartOver, orderDeletion, orderStartOver, undoDeletion } from './account/orders';
import { type Caller, type Outcome, refused, unchanged } from './account/outcome';
import { findReservation, putRow, readRow } from './account/put-row';
import { giveChallenge, type ReleasedRow, release } from './account/release';
import { reserve } from './account/reserve';
import { metadataOf, type Order } from './account/state';
import { createTransact, type TransactOptions } from './account/transact';
import type { ShareKeeper, SharePlace } from './key-service/share-keeper';

const FEED_PAGE_ENTRIES = 200;

export interface VaultOptions extends TransactOptions {
  readonly shares: ShareKeeper;
  /** Verifies the issuer's *kept*, 32 bytes. */
  readonly witnessPub: Uint8Array;
  readonly challenges: Challenges;
}

export interface Vault {
  metadata(accountId: Uint8Array): Promise<Outcome<BackupMetadata>>;
  reserve(caller: Caller, request: ReserveRequest): Promise<Outcome<null>>;
  putRow(caller: Caller, to: number, request: RowRequest): Promise<Outcome<null>>;
  challenge(caller: Caller, generation: number): Promise<Outcome<ChallengeResponse>>;
  release(caller: Caller, generation: number, request: ReleaseRequest): Promise<Outcome<ReleaseResponse>>;
  activate(caller: Caller, request: ActivateRequest): Promise<Outcome<null>>;
  orderDeletion(caller: Caller, request: DeletionRequest): Promise<Outcome<Order>>;
  undoDeletion(caller: Caller, request: WithdrawalRequest): Promise<Outcome<null>>;
  objectToStartOver(caller: Caller, request: WithdrawalRequest): Promise<Outcome<null>>;
  /** By the issuer, which found no guesses left at the realms. */
  orderStartOver(accountId: Uint8Array, request: StartOverRequest): Promise<Outcome<Order>>;
  confirmStartOver(accountId: Uint8Array, orderId: Uint8Array): Promise<Outcome<null>>;
  /** Whether the owner of the backup signed that a device is to be signed out. */
  verifySignOut(accountId: Uint8Array, request: SignOutRequest): Promise<Outcome<null>>;
  /** Entries behind number `after`, 200 at most, and the number of the last one. */
  feedPage(accountId: Uint8Array, after: number): Promise<Outcome<FeedPage>>;
  /** Carries out what is due, for at most `limit` accounts. */
  sweep(limit: number): Promise<number>;
}

export function createVault(options: VaultOptions): Vault {
  const { store, shares, vaultId, witnessPub, challenges, now } = options;
  const transact = createTransact(options);
  const placeOf = ({ accountId }: Caller, generation: number, slot: Uint8Array): SharePlace => ({
    vaultId,
    accountId,
    generation,
    slot,
  });
  /** Carries out what is due and shows what is left. */
  const settle = (accountId: Uint8Array) => transact(accountId, (state) => unchanged(state));

  return {
    metadata: (accountId) => transact(accountId, (state) => unchanged(metadataOf(state))),

    reserve: (caller, request) =>
      transact(caller.accountId, async (state, context) => {
        const fate = await store.latestSlotFact(caller.accountId, request.slot);
        return reserve(state, { caller, request, fate }, context);
      }),

    putRow: async (caller, to, request) => {
      const offered = readRow(request);
      if (offered === null) return refused('bad-request');
      return transact(caller.accountId, async (state) => {
        const fate = await store.latestSlotFact(caller.accountId, offered.record.fields.slot);
        const input = { caller, to, offered, fate };
        const found = findReservation(state, input);
        if (!found.ok) return found;
        if (found.answer.row !== null) return unchanged(null);
        const place = placeOf(caller, to, found.answer.slot);
        return putRow(state, input, await shares.wrap(request.backendShare, place));
      });
    },

    challenge: (caller, generation) =>
      transact(caller.accountId, (state, context) => giveChallenge(state, { caller, generation, challenges }, context)),

    release: async (caller, generation, request) => {
      const released: Outcome<ReleasedRow> = await transact(caller.accountId, (state, context) =>
        release(state, { caller, generation, challenges, request }, context),
      );
      if (!released.ok) return released;
      // Before the share is opened: an answer that is lost needs a new challenge.
      if (!(await challenges.spend(request.challenge))) return refused('challenge-unknown');
      const { record, slot, wrappedShare } = released.answer;
      const backendShare = await shares.unwrap(wrappedShare, placeOf(caller, generation, slot));
      return unchanged({ record, backendShare });
    },

    activate: async (caller, request) => {
      const activation = readActivation(request.statement);
      if (activation === null || !equalBytes(activation.accountId, caller.accountId)) return refused('bad-request');
      return transact(caller.accountId, async (state, context) => {
        const fate = await store.latestSlotFact(caller.accountId, activation.slot);
        return activate(state, { caller, request, activation, fate, witnessPub }, context);
      });
    },

    orderDeletion: (caller, request) =>
      transact(caller.accountId, (state, context) => orderDeletion(state, { caller, request }, context)),

    undoDeletion: (caller, request) =>
      transact(caller.accountId, (state, context) => undoDeletion(state, { caller, request }, context)),

    objectToStartOver: (caller, request) =>
      transact(caller.accountId, (state, context) => objectToStartOver(state, { caller, request }, context)),

    orderStartOver: (accountId, request) =>
      transact(accountId, (state, context) => orderStartOver(state, request, context)),

    confirmStartOver: (accountId, orderId) =>
      transact(accountId, (state, context) => confirmStartOver(state, orderId, context)),

    verifySignOut: (accountId, request) =>
      transact(accountId, ({ active }) => {
        const refusal = verifySignOut(active?.row.ownerPub ?? null, accountId, request);
        return refusal === null ? unchanged(null) : refused(refusal);
      }),

    feedPage: async (accountId, after) => {
      const settled = await settle(accountId);
      if (!settled.ok) return settled;
      const entries = await store.feed(accountId, after, FEED_PAGE_ENTRIES);
      // Entries may have come after the state was read, never gone.
      const head = Math.max(settled.answer.feedHead?.number ?? 0, entries.at(-1)?.number ?? 0);
      return unchanged({ head, entries });
    },

    sweep: async (limit) => {
      const accountIds = await store.listDue(now(), limit);
      for (const accountId of accountIds) await settle(accountId);
      return accountIds.length;
    },
  };
}
