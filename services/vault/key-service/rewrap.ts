/** Brings every share of the vault under the current version of the key service's key. The ciphertexts stay. */
import { isRepeatable } from '@/services/http/database/retry';
import type { Envelope, RecordPlace } from '@/services/kms/envelope';
import type { AccountState, Row } from '../account/state';
import type { StoredAccount, VaultStore } from '../store/store';
import { FIELD } from './share-keeper';

export interface RewrapParts {
  readonly store: VaultStore;
  readonly envelope: Envelope;
  /** 32 bytes. */
  readonly vaultId: Uint8Array;
  readonly currentVersion: () => Promise<string>;
}

export interface RewrapProgress {
  /** The last account that was looked at: where to go on; null once there is none behind it. */
  readonly last: Uint8Array | null;
  readonly seen: number;
  readonly rewrapped: number;
}

/** A lost race means that a device wrote; this many in a row do not happen. */
const MAX_TRIES = 20;

/**
 * One batch behind `after`, in the order of account ids. May be stopped at any moment and begun anew at any place: an account
 * is replaced as a whole, and one under the current version is left alone.
 * @throws KmsError when a share does not open; nothing of that account is changed then
 */
export async function rewrapBatch(
  parts: RewrapParts,
  after: Uint8Array | null,
  limit: number,
): Promise<RewrapProgress> {
  const version = await parts.currentVersion();
  const ids = await parts.store.listAccounts(after, limit);
  let rewrapped = 0;
  for (const accountId of ids) if (await rewrapAccount(parts, accountId, version)) rewrapped += 1;
  return { last: ids.length < limit ? null : (ids.at(-1) ?? null), seen: ids.length, rewrapped };
}

async function rewrapAccount(parts: RewrapParts, accountId: Uint8Array, version: string): Promise<boolean> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stored = await parts.store.read(accountId);
    if (stored === null) return false;
    const state = await renewed(parts, accountId, stored.state, version);
    if (state === stored.state || (await swap(parts.store, accountId, stored, state))) return state !== stored.state;
  }
  throw new Error('An account changes too often to be rewrapped; start again.');
}

const swap = (store: VaultStore, accountId: Uint8Array, { version }: StoredAccount, state: AccountState) =>
  store.compareAndSwap(accountId, version, state, []).catch((error: unknown) => {
    if (isRepeatable(error)) return false;
    throw error;
  });

/** The same object if nothing is behind. */
async function renewed(
  { envelope, vaultId }: RewrapParts,
  accountId: Uint8Array,
  state: AccountState,
  version: string,
): Promise<AccountState> {
  const renewRow = async (row: Row, generation: number, slot: Uint8Array): Promise<Row> => {
    const place: RecordPlace = { vaultId, accountId, generation, slot, field: FIELD };
    return { ...row, wrappedShare: { ...(await envelope.rewrap(row.wrappedShare, place)), v: 1 } };
  };
  const isBehind = (row: Row | null | undefined): row is Row => row != null && row.wrappedShare.kver !== version;
  const { active, reservation } = state;
  if (!isBehind(active?.row) && !isBehind(reservation?.row)) return state;
  return {
    ...state,
    active:
      active && isBehind(active.row)
        ? { ...active, row: await renewRow(active.row, active.generation, active.slot) }
        : active,
    reservation:
      reservation && isBehind(reservation.row)
        ? { ...reservation, row: await renewRow(reservation.row, reservation.to, reservation.slot) }
        : reservation,
  };
}
