/** Transactions as payments: one that was sped up or cancelled is still one payment, however many transactions it took. */

export type SentState = 'pending' | 'confirmed' | 'failed' | 'replaced';

/** A transaction of this device. */
export interface PaymentPart {
  readonly hash: string;
  readonly chainId: number;
  readonly from: string;
  readonly nonce: number;
  readonly state: SentState;
  /** What this one was sent in the place of another for. */
  readonly replaces?: { readonly hash: string; readonly how: 'speed-up' | 'cancel' } | null;
}

/**
 * `cancelling`: a cancellation waits beside the payment, either may be mined. `cancelled`: only a fee was paid.
 * `replaced`: a transaction from another device took its place.
 */
export type PaymentState = 'pending' | 'cancelling' | 'confirmed' | 'failed' | 'cancelled' | 'replaced';

export interface Payment<Part extends PaymentPart> {
  /** What was wanted: recipient and amount are of this one. */
  readonly wanted: Part;
  /** What counts: the one that was mined, or the last one while none is. */
  readonly current: Part;
  readonly state: PaymentState;
  /** A cancellation was sent, and the payment was mined before it. */
  readonly cancelledTooLate: boolean;
}

/** @param parts newest first @returns newest first, by the first transaction of each */
export function paymentsOf<Part extends PaymentPart>(parts: readonly Part[]): readonly Payment<Part>[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const place = `${part.chainId} ${part.from.toLowerCase()} ${part.nonce}`;
    groups.set(place, [...(groups.get(place) ?? []), part]);
  }
  return [...groups.values()].flatMap(paymentOf);
}

function paymentOf<Part extends PaymentPart>(group: readonly Part[]): readonly Payment<Part>[] {
  const wanted = group.findLast(({ replaces }) => replaces?.how !== 'cancel') ?? group.at(-1);
  const mined = group.find(({ state }) => state === 'confirmed' || state === 'failed');
  const current = mined ?? group.find(({ state }) => state === 'pending') ?? group[0];
  if (wanted === undefined || current === undefined) return [];
  const isCancellation = current.replaces?.how === 'cancel';
  const cancelledTooLate =
    mined !== undefined && !isCancellation && group.some((one) => one.replaces?.how === 'cancel');
  return [{ wanted, current, state: stateOf(current, isCancellation), cancelledTooLate }];
}

function stateOf({ state }: PaymentPart, isCancellation: boolean): PaymentState {
  switch (state) {
    case 'pending':
      return isCancellation ? 'cancelling' : 'pending';
    case 'confirmed':
    case 'failed':
      return isCancellation ? 'cancelled' : state;
    case 'replaced':
      return 'replaced';
    default:
      return state satisfies never;
  }
}
