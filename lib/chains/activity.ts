/**
 * The transactions that this device has sent. One is written down before it is handed to the node, so that a lost answer
 * never hides it, and is handed over again until it is mined or its place is taken.
 */
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import { accountRef } from './account-ref';
import type { StillPending } from './follow';
import { sameAddress } from './look-alike';
import type { ChainAdapter } from './types';

const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]*$/.test(value));
const wei = z.string().regex(/^[0-9]+$/);

const sentTransaction = z.object({
  hash: hex,
  chainId: z.int().min(1),
  account: accountRef,
  /** The contract of the token that was sent; missing for the chain's own unit. */
  token: hex.exactOptional(),
  from: hex,
  /** Who gets it. */
  to: hex,
  nonce: z.int().min(0),
  /** In the smallest unit of the token, or of the chain. */
  valueWei: wei,
  /** The highest possible fee while pending, then the fee that was paid. */
  feeWei: wei,
  /** `replaced`: another one with its nonce was mined. */
  state: z.enum(['pending', 'confirmed', 'failed', 'replaced']),
  atMs: z.int().min(0),
  /** The signed transaction while it is pending. */
  raw: hex.nullable(),
  /** The transaction with the same nonce that this one was sent in the place of, and what for. */
  replaces: z.object({ hash: hex, how: z.enum(['speed-up', 'cancel']) }).exactOptional(),
  /** When its nonce was first found to be used while the node did not know what became of it. */
  goneAtMs: z.int().min(0).exactOptional(),
  /** It came to an end, and nobody was told of it yet. */
  untold: z.literal(true).exactOptional(),
});
/** Newest first. */
export const activityRecord = z.array(sentTransaction);
export type SentTransaction = z.output<typeof sentTransaction>;
type NewTransaction = SentTransaction & { readonly raw: `0x${string}` };

const KEPT = 200;
/**
 * How long a node may not know a transaction whose nonce is used before it is called replaced: nodes behind one address
 * do not all see a block at once.
 */
const GONE_FOR_MS = 60_000;

/** A transaction as a screen sees it. */
export const shownTransaction = ({ raw: _, goneAtMs: __, untold: ___, ...shown }: SentTransaction) => ({
  ...shown,
  token: shown.token ?? null,
  replaces: shown.replaces ?? null,
});

export interface Activity {
  list(): Promise<readonly SentTransaction[]>;
  /**
   * Writes the transaction down and hands it to the node. A node that cannot be reached is asked again later.
   * @throws WalletError `transaction-refused` if the node will not have it; it is then forgotten
   */
  send(transaction: NewTransaction): Promise<void>;
  /**
   * The nonce after those of an account's transactions that the node holds, 0 if it holds none: each that is pending is
   * handed over once more, for a node may count late, or have lost one. One that it will not have keeps no nonce.
   * @throws WalletError `chain-unreachable`
   */
  nonceAfterPending(chainId: number, from: `0x${string}`): Promise<number>;
  /** Asks what became of everything pending. */
  refresh(): Promise<StillPending>;
  /** What has come to an end without anybody being told. */
  untold(): Promise<readonly SentTransaction[]>;
  markTold(hashes: readonly string[]): Promise<void>;
  wipe(): Promise<void>;
}

interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/**
 * @param chainOf the adapter of a chain number
 * @param now ms since the epoch
 */
export function createActivity(
  stored: Stored<SentTransaction[]>,
  chainOf: (chainId: number) => Promise<ChainAdapter>,
  now: () => number,
): Activity {
  const exclusively = inTurn();
  const list = async () => (await stored.read()) ?? [];
  const change = (edit: (all: SentTransaction[]) => SentTransaction[]) =>
    exclusively(async () => stored.write(keep(edit(await list()))));
  const replace = (changed: SentTransaction) =>
    change((all) => all.map((one) => (one.hash === changed.hash ? changed : one)));

  const followUp = async (sent: SentTransaction, newest: ReadonlySet<string>): Promise<void> => {
    const chain = await chainOf(sent.chainId);
    const outcome = await chain.outcome(sent);
    // Only the newest of its nonce: a node that has lost a cancellation must not get the payment instead.
    if (outcome.state === 'pending')
      return sent.raw !== null && newest.has(sent.hash) ? chain.broadcast(sent.raw) : undefined;
    if (outcome.state === 'gone') return settleGone(sent);
    const { goneAtMs: _, ...done } = sent;
    await replace({ ...done, raw: null, state: outcome.state, feeWei: outcome.feeWei.toString(), untold: true });
  };
  /** Replaced at once where it is known by what; else only after the node had time to find it. */
  const settleGone = async (sent: SentTransaction): Promise<void> => {
    const known = (await list()).some((one) => samePlace(one, sent) && isMined(one));
    const goneAtMs = sent.goneAtMs ?? now();
    if (!known && now() - goneAtMs < GONE_FOR_MS) return replace({ ...sent, goneAtMs });
    const { goneAtMs: _, ...done } = sent;
    await replace({ ...done, raw: null, state: 'replaced', feeWei: '0', ...(known ? {} : { untold: true as const }) });
  };

  /** A node refuses, too, what it took a moment before, when its answer to that was lost. */
  const mayBeTaken = ({ chainId, hash }: SentTransaction): Promise<boolean> =>
    chainOf(chainId)
      .then((chain) => chain.knows(hash))
      .catch(() => true);

  const nonceAfter = async ({ chainId, raw, nonce }: SentTransaction): Promise<number> => {
    if (raw === null) return 0;
    try {
      await (await chainOf(chainId)).broadcast(raw);
      return nonce + 1;
    } catch (error) {
      if (isRefusal(error)) return 0;
      throw error;
    }
  };

  return {
    list,
    send: async (transaction) => {
      await change((all) => [transaction, ...all]);
      try {
        await (await chainOf(transaction.chainId)).broadcast(transaction.raw);
      } catch (error) {
        if (!isRefusal(error) || (await mayBeTaken(transaction))) return;
        await change((all) => all.filter(({ hash }) => hash !== transaction.hash));
        throw error;
      }
    },
    nonceAfterPending: async (chainId, from) => {
      const pending = (await list()).filter(isPending);
      const newest = newestOfPlace(pending);
      const own = pending.filter(
        (one) => newest.has(one.hash) && one.chainId === chainId && sameAddress(one.from, from),
      );
      return Math.max(0, ...(await Promise.all(own.map(nonceAfter))));
    },
    refresh: async () => {
      const pending = (await list()).filter(isPending);
      const newest = newestOfPlace(pending);
      await Promise.allSettled(pending.map((sent) => followUp(sent, newest)));
      // One was mined: what it took the place of is now known to be replaced.
      const gone = (await list()).filter(isPending).filter(({ goneAtMs }) => goneAtMs !== undefined);
      await Promise.allSettled(gone.map(settleGone));
      const left = (await list()).filter(isPending);
      const ages = left.map(({ atMs }) => Math.max(0, now() - atMs));
      return { count: left.length, youngestMs: left.length === 0 ? 0 : Math.min(...ages) };
    },
    untold: async () => (await list()).filter(({ untold }) => untold),
    markTold: (hashes) =>
      change((all) =>
        all.map((one) => {
          const { untold: _, ...told } = one;
          return hashes.includes(one.hash) ? told : one;
        }),
      ),
    wipe: () => exclusively(() => stored.remove()),
  };
}

const isPending = ({ state }: SentTransaction): boolean => state === 'pending';
const isMined = ({ state }: SentTransaction): boolean => state === 'confirmed' || state === 'failed';
const samePlace = (one: SentTransaction, other: SentTransaction): boolean =>
  one.chainId === other.chainId && one.nonce === other.nonce && sameAddress(one.from, other.from);

/** The hash of the first, that is the newest, of each nonce of each account. */
function newestOfPlace(sent: readonly SentTransaction[]): ReadonlySet<string> {
  return new Set(
    sent.filter((one, at) => sent.findIndex((other) => samePlace(one, other)) === at).map(({ hash }) => hash),
  );
}

/** What is pending is never dropped, however much has been sent since. */
function keep(all: readonly SentTransaction[]): SentTransaction[] {
  return all.filter((one, at) => at < KEPT || isPending(one));
}

const isRefusal = (error: unknown): boolean => error instanceof WalletError && error.code === 'transaction-refused';
