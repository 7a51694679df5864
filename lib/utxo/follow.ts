/**
 * What became of what was sent: asked until a block has it, or another transaction that spends the same; and after that until
 * the block is so deep that nobody takes it back.
 */
import { COIN_IDS, COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { asWalletError } from '@/lib/errors';
import type { UtxoDeps } from './deps';
import { type Fate, fateOf, unknownOf } from './fate';
import type { SentRecord } from './records';
import type { Sending } from './sending';
import { inForce, isGone, isOfSame, isPending, ruledOut, type SentBook, standing, withFurther } from './sent';
import type { Servers } from './servers';
import type { Sync } from './sync';
import type { Tips } from './tips';

export type FollowUp = (coin?: CoinId) => Promise<void>;

export interface FollowParts {
  readonly deps: UtxoDeps;
  readonly servers: Pick<Servers, 'use'>;
  readonly sent: SentBook;
  readonly sending: Pick<Sending, 'handOver'>;
  readonly sync: Pick<Sync, 'run'>;
  readonly tips: Tips;
}

/** How long its inputs may be spent by something unknown before it is called replaced: servers do not see blocks at once. */
const GONE_FOR_MS = 60_000;
/** After it was sent, for so long a server may not know what it spends, as one that is behind does not. */
const UNKNOWN_FOR_MS = 24 * 60 * 60_000;

/** @returns asks about everything that is not final, of one coin or of all; what a server does not say is asked again later */
export function createFollowUp({ deps, servers, sent, sending, sync, tips }: FollowParts): FollowUp {
  const ask = (record: SentRecord): Promise<Fate> => servers.use(record.coin, (backend) => fateOf(backend, record));
  const change = (txid: string, edit: (record: SentRecord) => SentRecord) =>
    sent.change((all) => all.map((one) => (one.txid === txid && isPending(one) ? edit(one) : one)));

  /** With it everything is over that cannot be mined any more. What was beaten, and mined after all, is told again. */
  const settle = (mined: SentRecord, height: number) =>
    sent.change((all) => {
      const out = ruledOut(all, [mined]);
      return all.map((one): SentRecord => {
        const over = { goneAtMs: null, minedHeight: null };
        if (one.txid === mined.txid) {
          const untold = one.untold || !isConfirmed(one);
          return { ...one, ...over, state: 'confirmed', minedHeight: height, untold, calledGone: false };
        }
        if (!out.has(one.txid)) return one;
        const untold = one.state === 'replaced' ? one.untold : !isOfSame(one, mined);
        return { ...one, ...over, state: 'replaced', untold };
      });
    });
  /**
   * Its block is not of the chain any more, or a server has it that had not: it waits again. What it had beaten does not, as
   * something may spend of it.
   */
  const unsettle = ({ txid, state }: SentRecord) =>
    sent.change((all) =>
      all.map((one) =>
        one.txid === txid && one.state === state
          ? { ...one, state: 'pending', minedHeight: null, goneAtMs: null, untold: false }
          : one,
      ),
    );
  const finish = (final: SentRecord) =>
    sent.change((all) => {
      const out = ruledOut(all, [final]);
      const over = { raw: null, goneAtMs: null };
      return all.map((one) => (one.txid === final.txid || out.has(one.txid) ? { ...one, ...over } : one));
    });
  /** What a server did not have, by the payment that spends it. It is asked about first: some spend a thousand. */
  const missing = new Map<string, string>();
  /** Whether there is something to be spent. What is replaced is not there, and no server has to say so. */
  const isSpentKnown = async ({ coin, txid: of, draft }: SentRecord): Promise<boolean> => {
    const over = new Set((await sent.list()).filter(({ state }) => state === 'replaced').map(({ txid }) => txid));
    const ids = [...new Set(draft.inputs.map(({ txid }) => txid))].filter((txid) => !over.has(txid));
    const before = ids.filter((txid) => txid === missing.get(of));
    const unknown = await servers.use(coin, async (backend) => {
      const [still] = await unknownOf(backend, before);
      return still ?? (await unknownOf(backend, ids))[0];
    });
    if (unknown === undefined) missing.delete(of);
    else missing.set(of, unknown);
    return unknown === undefined;
  };
  /** And what spends of it: it would otherwise be counted until it is asked about itself. */
  const callGone = (txid: string, goneAtMs: number) =>
    sent.change((all) => {
      if (!all.some((one) => one.txid === txid && isPending(one))) return all;
      const over = withFurther(all, txid);
      return all.map((one) =>
        over.has(one.txid) && isPending(one)
          ? { ...one, state: 'replaced', untold: !one.calledGone, goneAtMs, calledGone: true }
          : one,
      );
    });
  const settleGone = async (record: SentRecord): Promise<void> => {
    const goneAtMs = record.goneAtMs ?? deps.now();
    const isOver = deps.now() - goneAtMs >= GONE_FOR_MS;
    if (record.goneAtMs !== null && !isOver) return;
    if (deps.now() - record.atMs < UNKNOWN_FOR_MS && !(await isSpentKnown(record)))
      return change(record.txid, (one) => ({ ...one, goneAtMs: null }));
    await (isOver ? callGone(record.txid, goneAtMs) : change(record.txid, (one) => ({ ...one, goneAtMs })));
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

  /** Whether the server has something in its place that was sent after it, and that it had beaten: it does not take it again. */
  const isBeaten = async (record: SentRecord): Promise<boolean> => {
    const all = await sent.list();
    const place = all.findIndex(({ txid }) => txid === record.txid);
    for (const rival of all.slice(0, place).filter((one) => isOpen(one) && isOfSame(one, record))) {
      const fate = await ask(rival);
      if (fate.kind === 'mined') await settle(rival, fate.height);
      if (fate.kind === 'mined' || fate.kind === 'waiting') return true;
    }
    return false;
  };
  /** @param held ids of what the server cannot take now: what spends of it cannot be taken, either */
  const followPending = async (record: SentRecord, held: Set<string>): Promise<void> => {
    const fate = await ask(record);
    if (fate.kind === 'mined') return settle(record, fate.height);
    if (fate.kind === 'waiting') {
      if (record.goneAtMs !== null) await change(record.txid, (one) => ({ ...one, goneAtMs: null }));
      return;
    }
    // Only the newest that spends the same: a server that has lost a replacement must not get what it replaces.
    if (!standing(await sent.list()).some(({ txid }) => txid === record.txid)) return;
    if (record.draft.inputs.some(({ txid }) => held.has(txid)) || (await isBeaten(record))) held.add(record.txid);
    else if (!record.calledGone) await handOver(record);
    else if (fate.kind === 'gone') await callGone(record.txid, deps.now());
  };
  const followConfirmed = async (record: SentRecord, tipHeight: number, held: Set<string>): Promise<void> => {
    const fate = await ask(record);
    const height = heightOf(record, fate);
    if (height !== null && tipHeight - height + 1 >= COINS[record.coin].coinbaseMaturity) return finish(record);
    if (fate.kind === 'mined' && fate.height !== record.minedHeight) return settle(record, fate.height);
    // A server that is not as far as that block has not seen the chain go another way.
    const hasLeft = (fate.kind === 'gone' || fate.kind === 'waiting') && tipHeight >= (record.minedHeight ?? 0);
    if (!hasLeft) return;
    await unsettle(record);
    await followPending({ ...record, state: 'pending', goneAtMs: null }, held);
  };
  const followReplaced = async (record: SentRecord): Promise<void> => {
    const fate = await ask(record);
    if (fate.kind === 'mined') return settle(record, fate.height);
    // Without its bytes it could not be handed over again.
    if (fate.kind !== 'waiting' || !isGone(record) || record.raw === null) return;
    const all = await sent.list();
    if (!ruledOut(all, inForce(all)).has(record.txid)) await unsettle(record);
  };

  /**
   * The oldest first: later ones spend what earlier ones pay back. What blocks have is asked about when the last block is another
   * than it was. A server that is silent is asked no more.
   */
  const followCoin = async (coin: CoinId, open: readonly SentRecord[]): Promise<void> => {
    const held = new Set<string>();
    const tip = open.every(isAskedAlways) ? null : await tips.moved(coin);
    const follow = async (record: SentRecord): Promise<void> => {
      if (isPending(record)) return followPending(record, held);
      if (isGone(record)) return followReplaced(record);
      if (tip === null) return;
      return isConfirmed(record) ? followConfirmed(record, tip.height, held) : followReplaced(record);
    };
    let isWhole = true;
    for (const { txid } of open.toReversed()) {
      // What was asked before may have settled it.
      const record = (await sent.list()).find((one) => one.txid === txid);
      if (!record || !isOpen(record)) continue;
      await follow(record).catch((error) => {
        if (asWalletError(error).code === 'chain-unreachable') throw error;
        isWhole &&= isAskedAlways(record);
      });
    }
    if (tip && isWhole) await tips.note(coin, tip);
  };

  return async (only) => {
    const before = await sent.list();
    const ofCoin = (id: CoinId) => before.filter((one) => one.coin === id && isOpen(one));
    await Promise.allSettled((only ? [only] : COIN_IDS).map((coin) => followCoin(coin, ofCoin(coin))));
    const after = await sent.list();
    const changed = after.filter((one) => before.some(({ txid, state }) => txid === one.txid && state !== one.state));
    const coins = new Map(changed.map(({ walletId, coin }) => [`${walletId} ${coin}`, { walletId, coin }]));
    await Promise.allSettled([...coins.values()].map((of) => sync.run(of)));
  };
}

const isConfirmed = ({ state }: SentRecord): boolean => state === 'confirmed';

/** Not only another block changes it. */
const isAskedAlways = (record: SentRecord): boolean => isPending(record) || isGone(record);

/** What can still change: it waits, or servers may know it again, or a block could be taken back that has it or its rival. */
const isOpen = (record: SentRecord): boolean =>
  isAskedAlways(record) || (record.raw !== null && (record.state === 'replaced' || record.minedHeight !== null));

/** Of the block that has it, by what is known: where a server lists too much to be read to the end, nothing else has changed. */
const heightOf = ({ minedHeight }: SentRecord, fate: Fate): number | null =>
  fate.kind === 'mined' ? fate.height : fate.kind === 'unknown' ? minedHeight : null;
