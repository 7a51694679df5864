/** The issuer's HTTP API: JSON bodies, access token and DPoP proof with every request (keyless protocol, sections 3 to 5). */
import { z } from 'zod';
import { bytes, generationNumber, timeMs, u32Number } from './schema';
import { ACTIVATION_BYTES } from './statement';

/** What the issuer refuses with, in the `code` member of problem+json; `try-later` carries `nextAtMs`. */
export const issuerProblem = z.enum([
  'bad-request',
  'too-large',
  'unauthenticated',
  'not-found',
  'too-many-requests',
  'temporarily-unavailable',
  'vault-unreachable',
  'feed-behind',
  'slot-unknown',
  'slot-retired',
  'lease-ended',
  'wrong-number',
  'bad-signature',
  'try-later',
  'guesses-left',
  'unexpected',
]);
export type IssuerProblem = z.output<typeof issuerProblem>;

export const witnessedRow = z.object({
  slot: bytes(16),
  to: generationNumber,
  realmSetId: bytes(16),
  recordHash: bytes(32),
});

/** What happened to an account, newest first. Device names are what the devices called themselves. */
export const accountEvent = z.object({
  kind: z.enum([
    'device-signed-in',
    'device-signed-out',
    'try-granted',
    'recovered',
    'activated',
    'ordered',
    'undone',
    'erased',
  ]),
  atMs: timeMs,
  deviceName: z.string().max(64).nullable(),
});
export type AccountEvent = z.output<typeof accountEvent>;

/** `GET /witness`. */
export const witnessResponse = z.object({
  lastNumber: generationNumber,
  current: witnessedRow.nullable(),
  kept: z.array(witnessedRow).max(64),
  tries: z.object({
    /** Sets of recover tokens granted since the last success note. */
    sinceSuccess: u32Number,
    lastAtMs: timeMs.nullable(),
    /** When the next set may be granted; in the past means now. */
    nextAtMs: timeMs,
  }),
  events: z.array(accountEvent).max(50),
});
export type WitnessResponse = z.output<typeof witnessResponse>;

/** `POST /tokens/register` and `POST /tokens/recover`. */
export const tokensRequest = z.object({ slot: bytes(16) });

const realmTokens = z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string().min(1).max(2048));

/** One token a realm of the set, by realm id. */
export const registerTokensResponse = z.object({ tokens: realmTokens });
/** `tryNumber` counts the sets granted to the account; the success note names it. */
export const recoverTokensResponse = z.object({ tokens: realmTokens, tryNumber: u32Number });
export type RealmTokens = z.output<typeof realmTokens>;
export type RecoverTokensResponse = z.output<typeof recoverTokensResponse>;

/** `POST /witness`: R3. */
export const keepRequest = z.object({ statement: bytes(ACTIVATION_BYTES), signature: bytes(64) });
export type KeepRequest = z.output<typeof keepRequest>;
/** `keptStatement` signed by the witness key. */
export const keepResponse = z.object({ kept: bytes(64) });

/** `POST /success`: signed by the owner (`successStatement`). */
export const successRequest = z.object({ slot: bytes(16), tryNumber: u32Number, signature: bytes(64) });
export type SuccessRequest = z.output<typeof successRequest>;

const realmId = z.string().regex(/^[0-9a-f]{32}$/);

/** What a realm wrote down about the row of a backup. `guessCount`: of its guesses, with `guess-used` only. */
export const realmLogEvent = z.object({
  realmId,
  kind: z.enum(['registered', 'guess-used', 'share-recovered']),
  atMs: timeMs,
  guessCount: u32Number.nullable(),
});
export type RealmLogEvent = z.output<typeof realmLogEvent>;

/** `GET /guesses`; `GET /status/guesses`, with the status token, says the same: the realms' own logs of the rows. */
export const guessesResponse = z.object({
  /** When the log of each realm was read last; null: never yet. */
  realms: z.array(z.object({ realmId, readAtMs: timeMs.nullable() })).max(64),
  /** Newest first. */
  events: z.array(realmLogEvent).max(100),
});
export type GuessesResponse = z.output<typeof guessesResponse>;
