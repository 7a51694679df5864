/**
 * The realm's state machine for one user: (claims, record, request, time) to what is to be stored and what is to be
 * answered. Pure. The answer is a function, to be called only after the new record has been stored durably: an OPRF
 * result that leaves before its guess is counted would be a guess for nothing.
 */
import { equalBytes } from '@/lib/bytes';
import { evaluate, type Random } from './oprf';
import {
  type CountedGuess,
  eventUserId,
  type RealmEvent,
  type RealmRecord,
  type RegisteredRecord,
  type Registration,
} from './record';
import type { Claims, Operation } from './tokens';
import type { SecretsRequest, SecretsResponse } from './wire';

export interface Accepted {
  accepted: true;
  /** What to store, if anything changes; a null record deletes the row. */
  write: { record: RealmRecord | null; event: RealmEvent | null } | null;
  /** Only after `write` is durable. */
  answer: () => SecretsResponse;
}

/** The token does not allow this. Nothing is counted and nothing changes. */
export interface Refused {
  accepted: false;
  reason: 'operation-not-allowed' | 'already-registered' | 'token-used';
}

export type Outcome = Accepted | Refused;

/** A row without guesses left keeps its material this long after the last guess, so that a right one can finish. */
export const LOCKED_ROW_LIFE_MS = 120_000;

// A token that was verified in its last moment may still be waiting for its turn.
const MEMORY_MARGIN_MS = 60_000;

/** What a token of each operation may ask. */
export const ALLOWED_KINDS: Record<Operation, readonly SecretsRequest['kind'][]> = {
  register: ['Register1', 'Register2'],
  recover: ['Recover1', 'Recover2', 'Recover3'],
  delete: ['Delete'],
};

export function step(
  claims: Claims,
  stored: RealmRecord | null,
  request: SecretsRequest,
  nowMs: number,
  random: Random,
): Outcome {
  if (!ALLOWED_KINDS[claims.operation].includes(request.kind)) return refused('operation-not-allowed');
  const event = eventsOf(claims, nowMs);
  switch (request.kind) {
    case 'Register1':
      return unchanged({ kind: 'Register1', status: 'Ok' });
    case 'Register2':
      return register(stored, request.registration, nowMs, event('registered'));
    case 'Delete':
      return remove(stored, event('deleted'));
  }

  const { kind } = request;
  if (stored === null) return unchanged({ kind, status: 'NotRegistered' });
  if (stored.state === 'no-guesses') return unchanged({ kind, status: 'NoGuesses' });
  if (isDue(stored, nowMs)) return changed({ record: ERASED, event: null }, () => ({ kind, status: 'NoGuesses' }));
  switch (kind) {
    case 'Recover1':
      return recover1(stored);
    case 'Recover2':
      return recover2(stored, request, { claims, nowMs, random, event });
    case 'Recover3':
      return recover3(stored, request, nowMs, event('share_recovered'));
  }
}

/** The record after its erasing, if that is due; null if there is nothing to do. For the sweep. */
export function erasedIfDue(record: RealmRecord, nowMs: number): RealmRecord | null {
  return record.state === 'registered' && isDue(record, nowMs) ? ERASED : null;
}

const ERASED: RealmRecord = { state: 'no-guesses' };

function isDue(record: RegisteredRecord, nowMs: number): boolean {
  return record.eraseAtMs !== null && record.eraseAtMs <= nowMs;
}

/** Only an empty row takes a registration. The same one again is a reply that got lost: it changes nothing. */
function register(stored: RealmRecord | null, registration: Registration, nowMs: number, event: RealmEvent): Outcome {
  const ok = { kind: 'Register2', status: 'Ok' } as const;
  if (stored !== null) {
    const repeated = stored.state === 'registered' && isSame(stored.registration, registration);
    return repeated ? unchanged(ok) : refused('already-registered');
  }
  const record: RegisteredRecord = {
    state: 'registered',
    registration,
    guessCount: 0,
    recentGuesses: [],
    eraseAtMs: registration.numGuesses === 0 ? nowMs : null,
  };
  return changed({ record, event }, () => ok);
}

function remove(stored: RealmRecord | null, event: RealmEvent): Outcome {
  const ok = { kind: 'Delete', status: 'Ok' } as const;
  return stored === null ? unchanged(ok) : changed({ record: null, event }, () => ok);
}

function recover1(record: RegisteredRecord): Outcome {
  if (isUsedUp(record)) return unchanged({ kind: 'Recover1', status: 'NoGuesses' });
  return unchanged({ kind: 'Recover1', status: 'Ok', version: record.registration.version });
}

interface GuessContext {
  claims: Claims;
  nowMs: number;
  random: Random;
  event: (name: RealmEvent['event'], counts?: { numGuesses: number; guessCount: number }) => RealmEvent;
}

/** Counts the guess, unless the same blinded input was counted before; one counted guess a token. */
function recover2(
  record: RegisteredRecord,
  { version, blindedInput }: { version: Uint8Array; blindedInput: Uint8Array },
  { claims, nowMs, random, event }: GuessContext,
): Outcome {
  const { registration, recentGuesses } = record;
  if (!equalBytes(version, registration.version)) return unchanged({ kind: 'Recover2', status: 'VersionMismatch' });
  if (recentGuesses.some((guess) => equalBytes(guess.blindedInput, blindedInput))) {
    return { accepted: true, write: null, answer: () => evaluated(record, blindedInput, random) };
  }
  if (recentGuesses.some((guess) => guess.tokenId === claims.tokenId)) return refused('token-used');
  if (isUsedUp(record)) return unchanged({ kind: 'Recover2', status: 'NoGuesses' });

  const guessCount = record.guessCount + 1;
  const counted: RegisteredRecord = {
    ...record,
    guessCount,
    recentGuesses: [
      ...stillRemembered(recentGuesses, nowMs),
      { tokenId: claims.tokenId, blindedInput, tokenExpiresAtMs: claims.unusableAtMs },
    ],
    eraseAtMs: guessCount >= registration.numGuesses ? nowMs + LOCKED_ROW_LIFE_MS : null,
  };
  return changed(
    { record: counted, event: event('guess_used', { numGuesses: registration.numGuesses, guessCount }) },
    () => evaluated(counted, blindedInput, random),
  );
}

function evaluated({ registration, guessCount }: RegisteredRecord, input: Uint8Array, random: Random): SecretsResponse {
  const { oprfPrivateKey, oprfSignedPublicKey, unlockKeyCommitment, numGuesses } = registration;
  return {
    kind: 'Recover2',
    status: 'Ok',
    oprfSignedPublicKey,
    ...evaluate(oprfPrivateKey, oprfSignedPublicKey.publicKey, input, random),
    unlockKeyCommitment,
    numGuesses,
    guessCount,
  };
}

/** The right tag proves the PIN: it gives the shares and all guesses back, also when the last one was used. */
function recover3(
  record: RegisteredRecord,
  { version, unlockKeyTag }: { version: Uint8Array; unlockKeyTag: Uint8Array },
  nowMs: number,
  event: RealmEvent,
): Outcome {
  const { registration, guessCount } = record;
  if (!equalBytes(version, registration.version)) return unchanged({ kind: 'Recover3', status: 'VersionMismatch' });
  if (!equalBytes(unlockKeyTag, registration.unlockKeyTag)) {
    const guessesRemaining = registration.numGuesses - guessCount;
    return unchanged({ kind: 'Recover3', status: 'BadUnlockKeyTag', guessesRemaining });
  }
  const reset: RegisteredRecord = {
    ...record,
    guessCount: 0,
    recentGuesses: stillRemembered(record.recentGuesses, nowMs),
    eraseAtMs: null,
  };
  const { encryptionKeyScalarShare, encryptedSecret, encryptedSecretCommitment } = registration;
  return changed({ record: reset, event }, () => ({
    kind: 'Recover3',
    status: 'Ok',
    encryptionKeyScalarShare,
    encryptedSecret,
    encryptedSecretCommitment,
  }));
}

function stillRemembered(guesses: readonly CountedGuess[], nowMs: number): CountedGuess[] {
  return guesses.filter((guess) => guess.tokenExpiresAtMs + MEMORY_MARGIN_MS > nowMs);
}

function isUsedUp({ guessCount, registration }: RegisteredRecord): boolean {
  return guessCount >= registration.numGuesses;
}

function isSame(a: Registration, b: Registration): boolean {
  return (
    a.numGuesses === b.numGuesses &&
    equalBytes(a.version, b.version) &&
    equalBytes(a.oprfPrivateKey, b.oprfPrivateKey) &&
    equalBytes(a.oprfSignedPublicKey.publicKey, b.oprfSignedPublicKey.publicKey) &&
    equalBytes(a.oprfSignedPublicKey.verifyingKey, b.oprfSignedPublicKey.verifyingKey) &&
    equalBytes(a.oprfSignedPublicKey.signature, b.oprfSignedPublicKey.signature) &&
    equalBytes(a.unlockKeyCommitment, b.unlockKeyCommitment) &&
    equalBytes(a.unlockKeyTag, b.unlockKeyTag) &&
    equalBytes(a.encryptionKeyScalarShare, b.encryptionKeyScalarShare) &&
    equalBytes(a.encryptedSecret, b.encryptedSecret) &&
    equalBytes(a.encryptedSecretCommitment, b.encryptedSecretCommitment)
  );
}

function eventsOf(claims: Claims, atMs: number): GuessContext['event'] {
  const common = { tenant: claims.tenant, userId: eventUserId(claims.tenant, claims.subject), atMs };
  return (event, counts) => ({ ...common, event, numGuesses: null, guessCount: null, ...counts });
}

function unchanged(response: SecretsResponse): Accepted {
  return { accepted: true, write: null, answer: () => response };
}

function changed(write: NonNullable<Accepted['write']>, answer: Accepted['answer']): Accepted {
  return { accepted: true, write, answer };
}

function refused(reason: Refused['reason']): Refused {
  return { accepted: false, reason };
}
