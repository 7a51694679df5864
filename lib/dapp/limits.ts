/** What a site may ask of its user's patience, and of the node's. Kept in the session: it outlives the background. */
import { z } from 'zod';
import { inTurn } from '@/lib/in-turn';
import { RpcError } from './rpc-error';

/** Rejections within this time are counted together. */
const REJECTION_MS = 30_000;
const MOST_REJECTIONS = 3;
const BLOCK_MS = 60_000;
/** Reads of the chain: so many at once, refilled at this rate. Indexing pages read a few hundred. */
const READS_AT_ONCE = 300;
const READS_PER_MS = 0.1;

const patience = z.object({
  origin: z.string(),
  rejectedAtMs: z.array(z.number()),
  blockedUntilMs: z.number().nullable(),
});
export const limitsRecord = z.array(patience);
type Patience = z.output<typeof patience>;

export interface LimitsDeps {
  readonly stored: { read(): Promise<Patience[] | null>; write(value: Patience[]): Promise<void> };
  /** ms since the epoch */
  readonly now: () => number;
}

export interface Limits {
  /** @throws RpcError `unauthorized` while the site is not listened to */
  checkPatience(origin: string): Promise<void>;
  /** The user has said no. */
  countRejection(origin: string): Promise<void>;
  /** @throws RpcError `limit-exceeded` */
  countRead(origin: string): void;
}

export function createLimits({ stored, now }: LimitsDeps): Limits {
  const exclusively = inTurn();
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    checkPatience: async (origin) => {
      const until = ((await stored.read()) ?? []).find((one) => one.origin === origin)?.blockedUntilMs ?? null;
      if (until !== null && now() < until)
        throw new RpcError('unauthorized', 'The user has refused several times: try again in a minute.');
    },
    countRejection: (origin) =>
      exclusively(async () => {
        const atMs = now();
        const all = (await stored.read()) ?? [];
        const before = all.find((one) => one.origin === origin);
        const rejectedAtMs = [...(before?.rejectedAtMs ?? []).filter((time) => atMs - time < REJECTION_MS), atMs];
        const isTooMuch = rejectedAtMs.length >= MOST_REJECTIONS;
        // What waited already is still refused one by one: that ends no block.
        const counted = isTooMuch
          ? { origin, rejectedAtMs: [], blockedUntilMs: atMs + BLOCK_MS }
          : { origin, rejectedAtMs, blockedUntilMs: before?.blockedUntilMs ?? null };
        const isCurrent = (one: Patience) => (one.blockedUntilMs ?? 0) > atMs || one.rejectedAtMs.length > 0;
        await stored.write([...all.filter((one) => one.origin !== origin && isCurrent(one)), counted]);
      }),
    countRead: (origin) => {
      const atMs = now();
      const { left, atMs: before } = buckets.get(origin) ?? { left: READS_AT_ONCE, atMs };
      const refilled = Math.min(READS_AT_ONCE, left + (atMs - before) * READS_PER_MS);
      if (refilled < 1) throw new RpcError('limit-exceeded', 'Too many requests.');
      buckets.set(origin, { left: refilled - 1, atMs });
    },
  };
}
