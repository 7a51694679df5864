/** Record and share leave only against a challenge signed by the release key: the PIN has been proved before. */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { releaseStatement } from '@/lib/keyless/wire/statement';
import type { ChallengeResponse, ReleaseRequest } from '@/lib/keyless/wire/vault';
import type { EnvelopeRecord } from '@/services/kms/envelope';
import { type Caller, changed, type Outcome, refused, type StepContext } from './outcome';
import type { AccountState, Row } from './state';

export const CHALLENGE_LIFE_MS = 120_000;
/** One a device and generation; beyond this the oldest gives way. */
export const MAX_CHALLENGES = 64;

export interface ChallengeInput {
  readonly caller: Caller;
  readonly generation: number;
  /** 32 fresh bytes. */
  readonly challenge: Uint8Array;
}

/** A challenge for the backup to anybody signed in; for a pending row to the device key that reserved. */
export function giveChallenge(
  state: AccountState,
  { caller, generation, challenge }: ChallengeInput,
  { nowMs }: StepContext,
): Outcome<ChallengeResponse> {
  if (findRow(state, caller, generation) === null) return refused('not-found');
  const expiresAtMs = nowMs + CHALLENGE_LIFE_MS;
  const others = state.challenges.filter(
    (other) => other.expiresAtMs > nowMs && !(other.generation === generation && equalBytes(other.jkt, caller.jkt)),
  );
  const challenges = [...others, { challenge, generation, jkt: caller.jkt, expiresAtMs }].slice(-MAX_CHALLENGES);
  return changed({ ...state, challenges }, [], { challenge, expiresAtMs });
}

export interface ReleaseInput {
  readonly caller: Caller;
  readonly generation: number;
  readonly request: ReleaseRequest;
}

export interface ReleasedRow {
  readonly slot: Uint8Array;
  readonly record: Uint8Array;
  readonly wrappedShare: EnvelopeRecord;
}

/** The row, and the challenge is used up. */
export function release(state: AccountState, input: ReleaseInput, context: StepContext): Outcome<ReleasedRow> {
  const { caller, generation, request } = input;
  const found = findRow(state, caller, generation);
  if (found === null) return refused('not-found');
  const given = state.challenges.find(
    (entry) =>
      entry.generation === generation &&
      entry.expiresAtMs > context.nowMs &&
      equalBytes(entry.jkt, caller.jkt) &&
      equalBytes(entry.challenge, request.challenge),
  );
  if (given === undefined) return refused('challenge-unknown');
  const { slot, row } = found;
  const { challenge, signature } = request;
  const statement = releaseStatement({ ...caller, vaultId: context.vaultId, generation, slot, challenge });
  if (!verifySignature(row.releasePub, statement, signature)) return refused('bad-signature');
  const challenges = state.challenges.filter((entry) => entry !== given);
  const { record, wrappedShare } = row;
  return changed({ ...state, challenges }, [], { slot, record, wrappedShare });
}

function findRow(
  { active, reservation }: AccountState,
  { jkt }: Caller,
  generation: number,
): { slot: Uint8Array; row: Row } | null {
  if (active?.generation === generation) return { slot: active.slot, row: active.row };
  if (reservation?.row && reservation.to === generation && equalBytes(reservation.jkt, jkt))
    return { slot: reservation.slot, row: reservation.row };
  return null;
}
