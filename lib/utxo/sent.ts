/** Transactions that this device has sent, and what they mean for what can be spent until a block has them. */
import type { CoinId } from '@/lib/chains/utxo/coins';
import type { Draft } from '@/lib/chains/utxo/draft';
import { outpoint, type Utxo } from '@/lib/chains/utxo/utxos';
import { inTurn } from '@/lib/in-turn';
import type { CoinOfWallet } from './book';
import type { UtxoDeps } from './deps';
import { type SentRecord, sentRecords } from './records';

/** What has ended is kept as long as the newest of this many. */
const KEPT = 200;

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
        await stored.write(edit(await list()).filter((one, at) => at < KEPT || one.state === 'pending'));
        changed();
      }),
  };
}

export const isPending = ({ state }: Pick<SentRecord, 'state'>): boolean => state === 'pending';

/** Whether two spend the same output: at most one of them can be mined. */
export function conflict(one: Pick<Draft, 'inputs'>, other: Pick<Draft, 'inputs'>): boolean {
  const spent = new Set(one.inputs.map(outpoint));
  return other.inputs.some((input) => spent.has(outpoint(input)));
}

export const isOfSame = (one: SentRecord, other: SentRecord): boolean =>
  one.txid !== other.txid && one.coin === other.coin && conflict(one.draft, other.draft);

/** Ids of what can never be mined beside a payment: what spends the same, and what spends of that. @param sent newest first */
export function ruledOut(sent: readonly SentRecord[], mined: SentRecord): ReadonlySet<string> {
  const out = new Set<string>();
  for (const one of sent.toReversed())
    if (isOfSame(one, mined) || one.draft.inputs.some(({ txid }) => out.has(txid))) out.add(one.txid);
  return out;
}

/** Those that nothing newer of one's own was sent in the place of. @param sent newest first */
export const standing = (sent: readonly SentRecord[]): SentRecord[] => {
  const pending = sent.filter(isPending);
  return pending.filter((one, at) => !pending.slice(0, at).some((newer) => conflict(newer.draft, one.draft)));
};

/** Whether a pending payment spends what this one pays back: without it, that one could never be mined. */
export const isSpentFurther = (sent: readonly SentRecord[], txid: string): boolean =>
  sent.some((one) => isPending(one) && one.draft.inputs.some((input) => input.txid === txid));

/**
 * What can be spent once everything pending is mined: a server may not have it yet, or have lost it.
 * @param sent of this coin of the wallet, newest first
 */
export function afterPending(utxos: readonly Utxo[], sent: readonly SentRecord[], accountOf: AccountOfPath): Utxo[] {
  const valid = standing(sent);
  const spent = new Set(valid.flatMap(({ draft }) => draft.inputs.map(outpoint)));
  const dropped = new Set(
    sent.filter((one) => one.state === 'replaced' || (isPending(one) && !valid.includes(one))).map(({ txid }) => txid),
  );
  const listed = new Set(utxos.map(outpoint));
  const coming = valid.flatMap(({ txid, draft }) =>
    draft.outputs.flatMap(({ amount, script, own }, index): Utxo[] => {
      if (own === null || listed.has(outpoint({ txid, index })) || !accountOf(own.path)) return [];
      const state = { confirmations: 0, isCoinbase: false, isOwn: true, isFrozen: false, carriesToken: false };
      return [{ ...own, ...state, script, txid, index, amount }];
    }),
  );
  return [...utxos, ...coming].filter((utxo) => !spent.has(outpoint(utxo)) && !dropped.has(utxo.txid));
}

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
