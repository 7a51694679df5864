/** Transactions that this device has sent, and what they mean for what can be spent until a block has them. */
import type { CoinId } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import { outpoint, type Utxo } from '@/lib/chains/utxo/utxos';
import { inTurn } from '@/lib/in-turn';
import type { CoinOfWallet } from './book';
import type { UtxoDeps } from './deps';
import { type SentRecord, sentRecords } from './records';

/** What has ended is kept as long as it is of the newest so many, and all of it is not too long. */
const KEPT = 200;
/** In characters of storage, about: a payment of a thousand coins takes half a million. */
const LONGEST = 3_000_000;
/** Of what is gone, so many of the newest are asked about. */
const MOST_GONE = 20;

export interface SentBook {
  /** Newest first. */
  list(): Promise<readonly SentRecord[]>;
  ofCoin(of: CoinOfWallet): Promise<readonly SentRecord[]>;
  change(edit: (all: readonly SentRecord[]) => readonly SentRecord[]): Promise<void>;
}

export function createSentBook({ open, changed }: UtxoDeps): SentBook {
  const exclusively = inTurn();
  const stored = open('local', 'sent', sentRecords);
  const list = async () => (await stored.read()) ?? [];
  return {
    list,
    ofCoin: async ({ walletId, coin }) =>
      (await list()).filter((one) => one.walletId === walletId && one.coin === coin),
    change: (edit) =>
      exclusively(async () => {
        await stored.write(bounded(edit(await list())));
        changed();
      }),
  };
}

function bounded(all: readonly SentRecord[]): SentRecord[] {
  const asked = new Set(all.filter(isGone).slice(0, MOST_GONE));
  let length = 0;
  return all.flatMap((one, at): SentRecord[] => {
    length += lengthOf(one);
    if (!isPending(one) && (at >= KEPT || length > LONGEST)) return [];
    return [isGone(one) && !asked.has(one) ? { ...one, raw: null, goneAtMs: null } : one];
  });
}

/** Of an input or output in storage. */
const PART_LENGTH = 500;
const lengthOf = ({ draft, raw }: SentRecord): number =>
  PART_LENGTH * (draft.inputs.length + draft.outputs.length) + 2 * (raw?.length ?? 0);

export const isPending = ({ state }: Pick<SentRecord, 'state'>): boolean => state === 'pending';

/** Called replaced because of what servers said, not because of anything that was sent here: they may know it again. */
export const isGone = ({ state, goneAtMs }: SentRecord): boolean => state === 'replaced' && goneAtMs !== null;

/** Ids of one and of whatever spends of it: without it nothing of that can be mined. @param sent newest first */
export function withFurther(sent: readonly SentRecord[], txid: string): ReadonlySet<string> {
  const ids = new Set([txid]);
  for (const one of sent.toReversed()) if (one.draft.inputs.some((input) => ids.has(input.txid))) ids.add(one.txid);
  return ids;
}

/**
 * With one that is sent now, also where it was sent before: what spends of it stays before it.
 * @param sent newest first
 */
export function withNewest(sent: readonly SentRecord[], newest: SentRecord): SentRecord[] {
  const others = sent.filter(({ txid }) => txid !== newest.txid);
  const further = withFurther(others, newest.txid);
  const isFurther = ({ txid }: SentRecord) => further.has(txid);
  return [...others.filter(isFurther), newest, ...others.filter((one) => !isFurther(one))];
}

/** Whether two spend the same output: at most one of them can be mined. */
export function conflict(one: Pick<Draft, 'inputs'>, other: Pick<Draft, 'inputs'>): boolean {
  const spent = new Set(one.inputs.map(outpoint));
  return other.inputs.some((input) => spent.has(outpoint(input)));
}

export const isOfSame = (one: SentRecord, other: SentRecord): boolean =>
  one.txid !== other.txid && one.coin === other.coin && conflict(one.draft, other.draft);

/** Ids of what can never be mined beside these: what spends the same, and what spends of that. @param sent newest first */
export function ruledOut(sent: readonly SentRecord[], winners: readonly SentRecord[]): ReadonlySet<string> {
  const spentBy = ({ coin, draft }: SentRecord) => draft.inputs.map((input) => `${coin} ${outpoint(input)}`);
  const spent = new Set(winners.flatMap(spentBy));
  const ids = new Set(winners.map(({ txid }) => txid));
  const out = new Set<string>();
  for (const one of sent.toReversed()) {
    const isOut = spentBy(one).some((name) => spent.has(name)) || one.draft.inputs.some(({ txid }) => out.has(txid));
    if (isOut && !ids.has(one.txid)) out.add(one.txid);
  }
  return out;
}

/** Those that nothing newer of one's own was sent in the place of. @param sent newest first */
export const standing = (sent: readonly SentRecord[]): SentRecord[] => {
  const pending = sent.filter(isPending);
  return pending.filter((one, at) => !pending.slice(0, at).some((newer) => isOfSame(newer, one)));
};

/** Whether a pending payment spends what this one pays back: without it, that one could never be mined. */
export const isSpentFurther = (sent: readonly SentRecord[], txid: string): boolean =>
  sent.some((one) => isPending(one) && one.draft.inputs.some((input) => input.txid === txid));

/**
 * What counts: what a block has, and of what waits, whatever that leaves possible.
 * @param sent newest first @param inBlocks ids of what a server has just listed in blocks: it knows more than what was kept
 */
export function inForce(sent: readonly SentRecord[], inBlocks: ReadonlySet<string> = new Set()): SentRecord[] {
  const listed = sent.filter(({ txid }) => inBlocks.has(txid));
  const beaten = ruledOut(sent, listed);
  // What nobody asks about any more is so deep that lists know better.
  const isMined = (one: SentRecord) => one.state === 'confirmed' && one.raw !== null && !beaten.has(one.txid);
  const mined = sent.filter((one) => listed.includes(one) || isMined(one));
  const out = ruledOut(sent, mined);
  const waiting = standing(sent.filter((one) => !mined.includes(one) && !out.has(one.txid)));
  return sent.filter((one) => mined.includes(one) || waiting.includes(one));
}

/**
 * What can be spent once everything pending is mined: a server may not have it yet, or have lost it. What a block has is
 * there, whatever was thought of it.
 * @param sent of this coin of the wallet, newest first
 */
export function afterPending(utxos: readonly Utxo[], sent: readonly SentRecord[], accountOf: AccountOfPath): Utxo[] {
  const inBlocks = new Set(utxos.filter(({ confirmations }) => confirmations > 0).map(({ txid }) => txid));
  const valid = inForce(sent, inBlocks);
  const out = ruledOut(sent, valid);
  const isDropped = (one: SentRecord) => out.has(one.txid) || (isPending(one) && !valid.includes(one));
  const dropped = new Set(sent.filter(isDropped).map(({ txid }) => txid));
  const held = new Map(utxos.filter(({ txid }) => !dropped.has(txid)).map((utxo) => [outpoint(utxo), utxo]));
  for (const one of valid.toReversed()) {
    const spent = one.draft.inputs.map(outpoint);
    // A list without what is mined is older than that: what was spent is in it.
    if (!isPending(one) && !spent.some((name) => held.has(name))) continue;
    for (const name of spent) held.delete(name);
    for (const utxo of comingOf(one, accountOf)) held.set(outpoint(utxo), held.get(outpoint(utxo)) ?? utxo);
  }
  // Lists are read one after another, and nodes may have it again: where its change is listed, what it spends is not there.
  const listed = new Set(utxos.map(({ txid }) => txid));
  const isBack = (one: SentRecord) => listed.has(one.txid) && !dropped.has(one.txid) && !valid.includes(one);
  for (const name of sent.filter(isBack).flatMap(({ draft }) => draft.inputs.map(outpoint))) held.delete(name);
  return [...held.values()];
}

/** What comes back of a payment. */
const comingOf = ({ txid, draft }: SentRecord, accountOf: AccountOfPath): Utxo[] =>
  draft.outputs.flatMap(({ amount, script, own }, index): Utxo[] => {
    if (own === null || !accountOf(own.path)) return [];
    const state = { confirmations: 0, isCoinbase: false, isOwn: true, isFrozen: false, carriesToken: false };
    return [{ ...own, ...state, script, txid, index, amount }];
  });

/** Whether a path is of the account that is asked about. */
export type AccountOfPath = (path: readonly number[]) => boolean;

/** What waits, for whoever asks again later. */
export function stillPending(sent: readonly SentRecord[], now: number): { count: number; youngestMs: number } {
  const ages = sent.filter(isPending).map(({ atMs }) => Math.max(0, now - atMs));
  return { count: ages.length, youngestMs: ages.length === 0 ? 0 : Math.min(...ages) };
}

/** Ids of transactions of one's own making: what comes back of them can be spent at once. */
export const madeHere = (sent: readonly SentRecord[], coin: CoinId): ReadonlySet<string> =>
  new Set(sent.filter((one) => one.coin === coin).map(({ txid }) => txid));
