/**
 * What became of what was sent: asked until a block has it, or another transaction that spends the same; and after that until
 * the block is so deep that nobody takes it back.
 */
import { addressOf } from '@/lib/chains/utxo/address';
import type { ListedTransaction, UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COIN_IDS, COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { asWalletError } from '@/lib/errors';
import type { UtxoDeps } from './deps';
import type { SentRecord } from './records';
import type { Sending } from './sending';
import { conflict, isPending, type SentBook, standing } from './sent';
import type { Servers } from './servers';
import type { Sync } from './sync';

export type FollowUp = (coin?: CoinId) => Promise<void>;

export interface FollowParts {
  readonly deps: UtxoDeps;
  readonly servers: Pick<Servers, 'use'>;
  readonly sent: SentBook;
  readonly sending: Pick<Sending, 'handOver'>;
  readonly sync: Pick<Sync, 'run'>;
}

/** How long its inputs may be spent by something unknown before it is called replaced: servers do not see blocks at once. */
const GONE_FOR_MS = 60_000;
/** Of the history of an address, newest first: what is pending stands at its beginning. */
const PAGES = 3;

/** `gone`: in no block, and nobody waits for one. `unknown`: the server did not say. */
type Fate = { readonly kind: 'waiting' | 'gone' | 'unknown' } | { readonly kind: 'mined'; readonly height: number };

/** @returns asks about everything that is not final, of one coin or of all; what a server does not say is asked again later */
export function createFollowUp({ deps, servers, sent, sending, sync }: FollowParts): FollowUp {
  const change = (txid: string, edit: (record: SentRecord) => SentRecord) =>
    sent.change((all) => all.map((one) => (one.txid === txid && isPending(one) ? edit(one) : one)));

  /** With it everything is over that spends the same. */
  const settle = (mined: SentRecord, height: number) =>
    sent.change((all) =>
      all.map((one): SentRecord => {
        const over = { goneAtMs: null, minedHeight: null };
        if (one.txid === mined.txid)
          return { ...one, ...over, state: 'confirmed', minedHeight: height, untold: one.untold || isPending(one) };
        return isPending(one) && isOfSame(one, mined) ? { ...one, ...over, state: 'replaced', untold: false } : one;
      }),
    );
  /** Its block is not of the chain any more: it waits again, and so does what it had beaten. */
  const unsettle = (left: SentRecord) =>
    sent.change((all) =>
      all.map((one): SentRecord => {
        const again = { state: 'pending', minedHeight: null, goneAtMs: null, untold: false } as const;
        if (one.txid === left.txid) return { ...one, ...again };
        const waits = one.state === 'replaced' && one.raw !== null && isOfSame(one, left);
        return waits ? { ...one, ...again } : one;
      }),
    );
  const finish = (final: SentRecord) =>
    sent.change((all) =>
      all.map((one) => (one.txid === final.txid || isOfSame(one, final) ? { ...one, raw: null } : one)),
    );
  const settleGone = async (record: SentRecord): Promise<void> => {
    const goneAtMs = record.goneAtMs ?? deps.now();
    const isOver = deps.now() - goneAtMs >= GONE_FOR_MS;
    await change(record.txid, (one) =>
      isOver ? { ...one, state: 'replaced', raw: null, untold: true } : { ...one, goneAtMs },
    );
  };
  const handOver = async (record: SentRecord): Promise<void> => {
    try {
      await sending.handOver(record);
    } catch (error) {
      const { code, details } = asWalletError(error);
      if (code === 'chain-unreachable') throw error;
      if (code === 'transaction-refused' && details.reason === 'inputs-spent') await settleGone(record);
    }
  };

  const followPending = async (record: SentRecord, isNewest: boolean): Promise<void> => {
    const fate = await servers.use(record.coin, (backend) => fateOf(backend, record));
    if (fate.kind === 'mined') return settle(record, fate.height);
    if (fate.kind === 'waiting' && record.goneAtMs !== null)
      return change(record.txid, (one) => ({ ...one, goneAtMs: null }));
    // Only the newest that spends the same: a server that has lost a replacement must not get what it replaces.
    if (fate.kind !== 'waiting' && isNewest) await handOver(record);
  };
  const followConfirmed = async (record: SentRecord): Promise<void> => {
    const { coin, minedHeight } = record;
    const [fate, { tipHeight }] = await servers.use(coin, async (backend) => [
      await fateOf(backend, record),
      await backend.info(),
    ]);
    if (fate.kind === 'mined' && tipHeight - fate.height + 1 >= COINS[coin].coinbaseMaturity) return finish(record);
    if (fate.kind === 'mined' && fate.height !== minedHeight) return settle(record, fate.height);
    // A server that is not as far as that block has not seen the chain go another way.
    const hasLeft = (fate.kind === 'gone' || fate.kind === 'waiting') && tipHeight >= (minedHeight ?? 0);
    if (!hasLeft) return;
    await unsettle(record);
    if (fate.kind === 'gone') await handOver({ ...record, state: 'pending', goneAtMs: null });
  };

  /** The oldest first: later ones spend what earlier ones pay back. A server that is silent is asked no more. */
  const followCoin = async (records: readonly SentRecord[], newest: ReadonlySet<SentRecord>): Promise<void> => {
    for (const record of records.toReversed()) {
      const work = isPending(record) ? followPending(record, newest.has(record)) : followConfirmed(record);
      await work.catch((error) => {
        if (asWalletError(error).code === 'chain-unreachable') throw error;
      });
    }
  };

  return async (only) => {
    const before = await sent.list();
    const newest = new Set(standing(before));
    const open = before.filter(isOpen);
    const ofCoin = (id: CoinId) => open.filter(({ coin }) => coin === id);
    await Promise.allSettled((only ? [only] : COIN_IDS).map((coin) => followCoin(ofCoin(coin), newest)));
    const after = await sent.list();
    const changed = after.filter((one) => before.some(({ txid, state }) => txid === one.txid && state !== one.state));
    const coins = new Map(changed.map(({ walletId, coin }) => [`${walletId} ${coin}`, { walletId, coin }]));
    await Promise.allSettled([...coins.values()].map((of) => sync.run(of)));
  };
}

/** What can still change: it waits, or its block could be taken back. */
const isOpen = (record: SentRecord): boolean =>
  isPending(record) || (record.state === 'confirmed' && record.raw !== null && record.minedHeight !== null);

const isOfSame = (one: SentRecord, other: SentRecord): boolean =>
  one.txid !== other.txid && one.coin === other.coin && conflict(one.draft, other.draft);

async function fateOf(backend: UtxoBackend, { coin, txid, draft }: SentRecord): Promise<Fate> {
  const [input] = draft.inputs;
  const address = input ? addressOf(COINS[coin], input.script) : null;
  if (address === null) return { kind: 'unknown' };
  let from: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { transactions, next } = await backend.history(address, from);
    const found: ListedTransaction | undefined = transactions.find((one) => one.txid === txid);
    if (found) return found.height === null ? { kind: 'waiting' } : { kind: 'mined', height: found.height };
    if (next === null) return { kind: 'gone' };
    from = next;
  }
  return { kind: 'unknown' };
}
