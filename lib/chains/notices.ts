/** Which payments the browser tells of: each that was mined or failed, once, and only where the user has asked for it. */
import type { Activity, SentTransaction } from './activity';

/** What is told. */
export interface PaymentNotice {
  /** The same for the same event: a browser shows a second one of the same id in the place of the first. */
  readonly id: string;
  readonly outcome: 'confirmed' | 'failed' | 'cancelled' | 'replaced';
  readonly transaction: SentTransaction;
}

export interface NoticesDeps {
  readonly activity: Pick<Activity, 'untold' | 'markTold'>;
  /** Whether the user wants to be told. */
  readonly isWanted: () => Promise<boolean>;
  readonly show: (notice: PaymentNotice) => Promise<void>;
}

/**
 * @returns tells of everything that nobody was told of yet. Stopped between telling and noting it, it tells the same id
 *   again; a notice that cannot be shown holds nothing up.
 */
export function createNotices({ activity, isWanted, show }: NoticesDeps): () => Promise<void> {
  return async () => {
    const due = await activity.untold();
    if (due.length === 0) return;
    if (await isWanted()) await Promise.allSettled(due.flatMap(noticeOf).map(show));
    await activity.markTold(due.map(({ hash }) => hash));
  };
}

/** Nothing where another transaction of the same payment is what counts. */
function noticeOf(transaction: SentTransaction): readonly PaymentNotice[] {
  const { state, hash, replaces } = transaction;
  const id = `payment ${hash}`;
  if (state === 'pending') return [];
  if (state !== 'replaced' && replaces?.how === 'cancel') return [{ id, outcome: 'cancelled', transaction }];
  return [{ id, outcome: state, transaction }];
}
