/** A small model of an honest vault: who may reserve and activate, and the feed that tells of it. No rows, no HTTP. */

import { toHex, u32 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { type FeedEntry, type FeedFact, feedEntryBytes, feedEntryHash } from '@/lib/keyless/wire/feed';
import { activateStatement, statementHashOf, successStatement } from '@/lib/keyless/wire/statement';
import type { VaultFeed } from '../vault/vault-feed';

export interface Reservation {
  slot: Uint8Array;
  from: number;
  to: number;
  realmSetId: Uint8Array;
  jkt: Uint8Array;
}

interface ModelAccount {
  accountId: Uint8Array;
  lastNumber: number;
  active: { slot: Uint8Array; statement: Uint8Array; owner: SigningKey } | null;
  open: Reservation | null;
  order: Uint8Array | null;
  entries: FeedEntry[];
}

export interface ModelVault extends VaultFeed {
  readonly vaultId: Uint8Array;
  readonly receiptKey: Uint8Array;
  /** What the vault knows, to compare with. */
  account(accountId: Uint8Array): ModelAccount;
  reserve(accountId: Uint8Array, request: Pick<Reservation, 'slot' | 'realmSetId' | 'jkt'>): Reservation;
  /** Ends the open reservation, as time or another reservation does. */
  voidOpen(accountId: Uint8Array): void;
  activate(accountId: Uint8Array, signed: SignedStatement, owner: SigningKey): void;
  order(accountId: Uint8Array): void;
  undo(accountId: Uint8Array): void;
  erase(accountId: Uint8Array): void;
  /** Adds any fact, true or not, properly chained and signed. */
  publish(accountId: Uint8Array, fact: FeedFact): void;
  /** As if restored from a copy: forgets everything behind the first `length` entries. */
  truncate(accountId: Uint8Array, length: number): void;
  reads: number;
  pageSize: number;
}

export interface SignedStatement {
  statement: Uint8Array;
  signature: Uint8Array;
}

export function createModelVault(now: () => number): ModelVault {
  const receipt = signingKeyOf(filled(32, 0x77));
  const vaultId = sha256(receipt.publicKey);
  const accounts = new Map<string, ModelAccount>();
  let orders = 0;

  const accountOf = (accountId: Uint8Array): ModelAccount => {
    const id = toHex(accountId);
    const known = accounts.get(id);
    if (known) return known;
    const account = { accountId, lastNumber: 0, active: null, open: null, order: null, entries: [] };
    accounts.set(id, account);
    return account;
  };
  const publish = (accountId: Uint8Array, fact: FeedFact) => {
    const { entries } = accountOf(accountId);
    const last = entries.at(-1);
    const previousHash = feedEntryHash(last ? feedEntryBytes(vaultId, accountId, last) : null);
    const unsigned = { number: entries.length + 1, atMs: Math.floor(now() / 1000) * 1000, previousHash, fact };
    entries.push({ ...unsigned, signature: receipt.sign(feedEntryBytes(vaultId, accountId, unsigned)) });
  };
  const voidOpen = (accountId: Uint8Array) => {
    const account = accountOf(accountId);
    if (account.open) publish(accountId, { kind: 'void', slot: account.open.slot });
    account.open = null;
  };

  const vault: ModelVault = {
    vaultId,
    receiptKey: receipt.publicKey,
    reads: 0,
    pageSize: 200,
    account: accountOf,
    publish,
    voidOpen,
    reserve(accountId, request) {
      const account = accountOf(accountId);
      voidOpen(accountId);
      const reservation = { ...request, from: account.lastNumber, to: account.lastNumber + 1 };
      publish(accountId, { kind: 'reserved', ...reservation });
      account.open = reservation;
      return reservation;
    },
    activate(accountId, { statement, signature }, owner) {
      const account = accountOf(accountId);
      if (!account.open) throw new Error('nothing is reserved');
      publish(accountId, { kind: 'activated', statement, signature });
      account.active = { slot: account.open.slot, statement, owner };
      account.lastNumber = account.open.to;
      account.open = null;
    },
    order(accountId) {
      const account = accountOf(accountId);
      if (!account.active) throw new Error('nothing is active');
      voidOpen(accountId);
      orders += 1;
      account.order = filled(16, orders % 256);
      publish(accountId, {
        kind: 'ordered',
        order: 'delete',
        orderId: account.order,
        generation: account.lastNumber,
        slot: account.active.slot,
        statementHash: statementHashOf(account.active.statement),
        deadlineMs: now(),
      });
    },
    undo(accountId) {
      const account = accountOf(accountId);
      if (!account.order) throw new Error('nothing was ordered');
      publish(accountId, { kind: 'undone', orderId: account.order });
      account.order = null;
    },
    erase(accountId) {
      const account = accountOf(accountId);
      voidOpen(accountId);
      account.lastNumber += 1;
      account.active = null;
      publish(accountId, {
        kind: 'erased',
        number: account.lastNumber,
        orderId: account.order ?? filled(16, 0),
      });
      account.order = null;
    },
    truncate(accountId, length) {
      accountOf(accountId).entries.length = length;
    },
    async readPage(accountId, after) {
      vault.reads += 1;
      const { entries } = accountOf(accountId);
      const page = entries.filter(({ number }) => number > after).slice(0, vault.pageSize);
      return structuredClone({ head: entries.length, entries: page });
    },
  };
  return vault;
}

export const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);

/** `length` bytes that differ for every `index`. */
export const numbered = (length: number, index: number): Uint8Array => sha256(u32(index)).slice(0, length);

/** S for a reservation, signed. */
export function signActivation(
  vault: Pick<ModelVault, 'vaultId' | 'account'>,
  accountId: Uint8Array,
  reservation: Pick<Reservation, 'slot' | 'from' | 'to' | 'realmSetId'>,
  owner: SigningKey,
  changes: Partial<Parameters<typeof activateStatement>[0]> = {},
): SignedStatement {
  const statement = activateStatement({
    vaultId: vault.vaultId,
    accountId,
    from: reservation.from,
    to: reservation.to,
    slot: reservation.slot,
    recordHash: sha256(reservation.slot),
    rowHash: filled(32, 3),
    realmSetId: reservation.realmSetId,
    ownerPub: owner.publicKey,
    previousHash: statementHashOf(vault.account(accountId).active?.statement ?? null),
    ...changes,
  });
  return { statement, signature: owner.sign(statement) };
}

/** A success note, signed. */
export const signSuccess = (owner: SigningKey, accountId: Uint8Array, slot: Uint8Array, tryNumber: number) =>
  owner.sign(successStatement({ accountId, slot, tryNumber }));
