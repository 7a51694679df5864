/** Record and share leave only against a challenge signed by the release key: the PIN has been proved before. */
import { equalBytes } from '@/lib/bytes';
import { verifySignature } from '@/lib/crypto/signature';
import { releaseStatement } from '@/lib/keyless/wire/statement';
import type { ChallengeResponse, ReleaseRequest } from '@/lib/keyless/wire/vault';
import type { EnvelopeRecord } from '@/services/kms/envelope';
import type { Challenges } from './challenges';
import { type Caller, type Outcome, refused, type StepContext, unchanged } from './outcome';
import type { AccountState, Row } from './state';

export interface ChallengeInput {
  readonly caller: Caller;
  readonly generation: number;
  readonly challenges: Challenges;
}

/** A challenge for the backup to anybody signed in; for a pending row to the device key that reserved. */
export function giveChallenge(
  state: AccountState,
  { caller, generation, challenges }: ChallengeInput,
  { nowMs }: StepContext,
): Outcome<ChallengeResponse> {
  const found = findRow(state, caller, generation);
  if (found === null) return refused('not-found');
  return unchanged(challenges.give({ ...caller, generation, slot: found.slot }, nowMs));
}

export interface ReleaseInput extends ChallengeInput {
  readonly request: ReleaseRequest;
}

export interface ReleasedRow {
  readonly slot: Uint8Array;
  readonly record: Uint8Array;
  readonly wrappedShare: EnvelopeRecord;
}

/** The row, to be answered with once the challenge has been used up. */
export function release(state: AccountState, input: ReleaseInput, context: StepContext): Outcome<ReleasedRow> {
  const { caller, generation, challenges, request } = input;
  const found = findRow(state, caller, generation);
  if (found === null) return refused('not-found');
  const { slot, row } = found;
  const { challenge, signature } = request;
  if (!challenges.isGiven(challenge, { ...caller, generation, slot }, context.nowMs))
    return refused('challenge-unknown');
  const statement = releaseStatement({ ...caller, vaultId: context.vaultId, generation, slot, challenge });
  if (!verifySignature(row.releasePub, statement, signature)) return refused('bad-signature');
  const { record, wrappedShare } = row;
  return unchanged({ slot, record, wrappedShare });
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
