/**
 * What the realms wrote down about the rows of an account (`POST /tenant_log` of a realm, as the official software has
 * it): the issuer is the reader of its tenant's log, keeps the lines, and serves those of an account to its devices.
 */
import { z } from 'zod';
import { toHex, utf8 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import type { GuessesResponse } from '@/lib/keyless/wire/issuer';
import { juiceboxUserOf } from '@/lib/keyless/wire/realm-set';
import type { Account } from '../account/account';
import type { FindRealmSet } from './realm-sets';

const logEvent = z.enum(['registered', 'guess_used', 'share_recovered', 'deleted']);
const count = z.int().min(0).max(0xffff);

/** One line of a realm's log. */
const loggedLine = z.object({
  id: z.string().min(1).max(128),
  /** RFC 3339 in UTC. */
  when: z.iso.datetime(),
  user_id: z.string().regex(/^[0-9a-f]{64}$/),
  event: logEvent,
  num_guesses: count.optional(),
  guess_count: count.optional(),
});

/** What a realm answers. A line that cannot be read is acknowledged all the same: it would come again for ever. */
export const logPage = z.object({
  events: z.array(z.looseObject({ ack: z.string().min(1).max(128) })).max(1000),
});

export interface RealmLogLine {
  /** 32 lower-case hex digits. */
  readonly realmId: string;
  /** Unique within its realm. */
  readonly id: string;
  /** 64 hex digits: `realmUserIdOf`. */
  readonly userId: string;
  readonly atMs: number;
  readonly event: z.output<typeof logEvent>;
  readonly numGuesses: number | null;
  readonly guessCount: number | null;
}

/** Null if it is no line of a log. */
export function readLine(realmId: string, line: unknown): RealmLogLine | null {
  const parsed = loggedLine.safeParse(line).data;
  if (!parsed) return null;
  const { id, when, user_id: userId, event, num_guesses: numGuesses = null, guess_count: guessCount = null } = parsed;
  return { realmId, id, userId, atMs: Date.parse(when), event, numGuesses, guessCount };
}

/** Name of a user in the log of a realm: 64 hex digits of SHA-256 over `tenant:subject`. */
export const realmUserIdOf = (tenant: string, subject: string): string => toHex(sha256(utf8(`${tenant}:${subject}`)));

/** Rows that may be recovered: their users at the realms, and the realms. */
export function rowsOf(
  { slots }: Account,
  accountId: Uint8Array,
  tenant: string,
  findRealmSet: FindRealmSet,
): { readonly userIds: readonly string[]; readonly realmIds: readonly string[] } {
  const rows = slots.filter(({ state }) => state === 'current' || state === 'kept');
  const userIds = rows.map(({ slot }) => realmUserIdOf(tenant, juiceboxUserOf(accountId, slot)));
  const realms = rows.flatMap(({ realmSetId }) => findRealmSet(realmSetId)?.realms ?? []);
  return { userIds, realmIds: [...new Set(realms.map(({ id }) => id))] };
}

/** More than one generation of three realms can have between two successes. */
export const MOST_LINES = 100;

/** @param lines newest first */
export function guessesOf(
  realmIds: readonly string[],
  lines: readonly RealmLogLine[],
  readAtMs: ReadonlyMap<string, number>,
): GuessesResponse {
  return {
    realms: realmIds.map((realmId) => ({ realmId, readAtMs: readAtMs.get(realmId) ?? null })),
    events: lines.slice(0, MOST_LINES).flatMap(({ realmId, event, atMs, guessCount }) => {
      const kind = KINDS[event];
      return kind === null ? [] : [{ realmId, kind, atMs, guessCount: event === 'guess_used' ? guessCount : null }];
    }),
  };
}

const KINDS = {
  registered: 'registered',
  guess_used: 'guess-used',
  share_recovered: 'share-recovered',
  deleted: null,
} as const satisfies Record<RealmLogLine['event'], GuessesResponse['events'][number]['kind'] | null>;
