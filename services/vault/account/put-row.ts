/** The row of a reservation: record, wrapped share and release key, put once by the device key that reserved. */
import { equalBytes } from '@/lib/bytes';
import { type BackupRecord, decodeRecord, recordHashOf } from '@/lib/keyless/wire/record';
import { rowHashOf } from '@/lib/keyless/wire/statement';
import type { RowRequest } from '@/lib/keyless/wire/vault';
import type { EnvelopeRecord } from '@/services/kms/envelope';
import { type Caller, changed, type Outcome, refused, type SlotFact, unchanged } from './outcome';
import type { AccountState, Reservation, Row } from './state';

/** A row as it arrived, with what it says of itself. The share is plain here and nowhere else. */
export interface OfferedRow {
  readonly request: RowRequest;
  readonly record: BackupRecord;
  readonly rowHash: Uint8Array;
}

/** Null unless the record decodes and the share has the shape of one (its last byte, x, is never 0). */
export function readRow(request: RowRequest): OfferedRow | null {
  if (request.backendShare.at(-1) === 0) return null;
  try {
    const record = decodeRecord(request.record);
    return { request, record, rowHash: rowHashOf(request.releasePub, request.backendShare) };
  } catch {
    return null;
  }
}

export interface PutRowInput {
  readonly caller: Caller;
  /** The number in the path. */
  readonly to: number;
  readonly offered: OfferedRow;
  readonly fate: SlotFact | null;
}

/** Which reservation would take the row; or why it is refused. To be asked before the share is wrapped. */
export function findReservation(state: AccountState, input: PutRowInput): Outcome<Reservation> {
  const { caller, offered, to } = input;
  const { reservation } = state;
  const { fields } = offered.record;
  if (!equalBytes(fields.accountId, caller.accountId)) return refused('bad-request');
  if (reservation === null || !equalBytes(reservation.slot, fields.slot) || !equalBytes(reservation.jkt, caller.jkt))
    return refused(input.fate?.kind === 'void' ? 'slot-void' : 'no-reservation');
  if (reservation.to !== to || reservation.to !== fields.generation) return refused('wrong-number');
  if (!equalBytes(reservation.realmSetId, fields.realmSetId)) return refused('bad-request');
  if (reservation.row !== null && !isSame(reservation.row, offered)) return refused('row-differs');
  return unchanged(reservation);
}

/** @param wrappedShare the offered share, wrapped for exactly this account, generation and slot */
export function putRow(state: AccountState, input: PutRowInput, wrappedShare: EnvelopeRecord): Outcome<null> {
  const found = findReservation(state, input);
  if (!found.ok) return found;
  const reservation = found.answer;
  if (reservation.row !== null) return unchanged(null);
  const { request, record, rowHash } = input.offered;
  const row: Row = {
    record: request.record,
    recordHash: recordHashOf(record),
    ownerPub: record.fields.ownerPub,
    releasePub: request.releasePub,
    rowHash,
    wrappedShare,
  };
  return changed({ ...state, reservation: { ...reservation, row } }, [], null);
}

const isSame = (row: Row, { request, rowHash }: OfferedRow): boolean =>
  equalBytes(row.record, request.record) &&
  equalBytes(row.releasePub, request.releasePub) &&
  equalBytes(row.rowHash, rowHash);
