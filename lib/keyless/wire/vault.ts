/** The vault's HTTP API: JSON bodies, access token and DPoP proof with every request (keyless protocol, sections 3 to 5). */
import { z } from 'zod';
import { SHARE_BYTES } from '@/lib/crypto/split';
import { bytes, bytesBetween, generationNumber, timeMs, u32Number } from './schema';
import { ACTIVATION_BYTES } from './statement';

/** What the vault refuses with, in the `code` member of problem+json. */
export const vaultProblem = z.enum([
  'bad-request',
  'too-large',
  'unauthenticated',
  'not-found',
  'too-many-requests',
  'temporarily-unavailable',
  'reserved-elsewhere',
  'wrong-number',
  'no-reservation',
  'slot-void',
  'slot-used',
  'row-differs',
  'owner-signature-required',
  'bad-signature',
  'not-kept',
  'deletion-pending',
  'challenge-unknown',
  'unexpected',
]);
export type VaultProblem = z.output<typeof vaultProblem>;

export const activeBackup = z.object({
  generation: generationNumber,
  slot: bytes(16),
  realmSetId: bytes(16),
  recordHash: bytes(32),
  /** S and its signature by the owner. */
  statement: bytes(ACTIVATION_BYTES),
  signature: bytes(64),
  createdAtMs: timeMs,
});

export const pendingOrder = z.object({
  order: z.enum(['delete', 'start-over']),
  orderId: bytes(16),
  deadlineMs: timeMs,
});

/** `GET /backup`; `GET /status`, with the status token, says the same. */
export const backupMetadata = z.object({
  /** Number of the last generation, erased ones included; 0 if there never was one. */
  lastNumber: generationNumber,
  active: activeBackup.nullable(),
  order: pendingOrder.nullable(),
});
export type BackupMetadata = z.output<typeof backupMetadata>;
export type ActiveBackup = z.output<typeof activeBackup>;

/** `POST /generations`: R1. Signed by the owner (`reserveStatement`) if a backup is active. */
export const reserveRequest = z.object({
  from: generationNumber,
  to: generationNumber,
  slot: bytes(16),
  realmSetId: bytes(16),
  ownerSignature: bytes(64).optional(),
});
export type ReserveRequest = z.output<typeof reserveRequest>;

/** `PUT /generations/{to}`: once a reservation, by the device key that reserved; a repeat must be byte-identical. */
export const rowRequest = z.object({
  record: bytesBetween(1, 512),
  backendShare: bytes(SHARE_BYTES),
  releasePub: bytes(32),
});
export type RowRequest = z.output<typeof rowRequest>;

/** `POST /generations/{generation}/challenge`, no body. */
export const challengeResponse = z.object({ challenge: bytes(32), expiresAtMs: timeMs });
export type ChallengeResponse = z.output<typeof challengeResponse>;

/** `POST /generations/{generation}/release`: signed by the release key (`releaseStatement`). */
export const releaseRequest = z.object({ challenge: bytes(32), signature: bytes(64) });
export type ReleaseRequest = z.output<typeof releaseRequest>;

export const releaseResponse = z.object({ record: bytesBetween(1, 512), backendShare: bytes(SHARE_BYTES) });
export type ReleaseResponse = z.output<typeof releaseResponse>;

/** `POST /activate`: R2. Repeating the same S answers the same. */
export const activateRequest = z.object({
  statement: bytes(ACTIVATION_BYTES),
  signature: bytes(64),
  kept: bytes(64),
});
export type ActivateRequest = z.output<typeof activateRequest>;

/** `POST /orders`: R7. Signed by the owner (`deleteStatement`); answered with `pendingOrder`. */
export const deletionRequest = z.object({
  generation: generationNumber,
  slot: bytes(16),
  statementHash: bytes(32),
  orderId: bytes(16),
  /** Seconds since the epoch. */
  notBeforeS: u32Number,
  signature: bytes(64),
});
export type DeletionRequest = z.output<typeof deletionRequest>;

/** `POST /orders/undo` (`undoStatement`) and `POST /orders/objection` (`objectionStatement`), signed by the owner. */
export const withdrawalRequest = z.object({ orderId: bytes(16), signature: bytes(64) });
export type WithdrawalRequest = z.output<typeof withdrawalRequest>;

/** `POST /start-over/{account}`, by the issuer alone: of this slot it found no guesses left. Answered with `pendingOrder`. */
export const startOverRequest = z.object({ slot: bytes(16), orderId: bytes(16) });
export type StartOverRequest = z.output<typeof startOverRequest>;

/** `POST /start-over/{account}/confirm`, by the issuer alone: it found the same again when the days were over. */
export const startOverConfirmation = z.object({ orderId: bytes(16) });

/** Answer where there is nothing to say but "done". */
export const done = z.object({});
