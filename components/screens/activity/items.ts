import { nameIn, sameAccount } from '@/components/screens/shared/own-accounts';
import type { AccountView, ActivityView, ReceivedView, Snapshot } from '@/lib/bus/snapshot';
import { sameAddress } from '@/lib/chains/look-alike';
import { type Payment, paymentsOf } from '@/lib/chains/payments';
import { unitOf } from '../send/asset';

interface Unit {
  readonly symbol: string;
  readonly decimals: number;
}

export type SentPayment = Payment<ActivityView>;

/** One line of the activity: a payment, or something that has arrived. */
export type ActivityItem =
  | { readonly kind: 'sent'; readonly id: string; readonly unit: Unit; readonly payment: SentPayment }
  | { readonly kind: 'received'; readonly id: string; readonly unit: Unit; readonly received: ReceivedView };

const atMsOf = (item: ActivityItem): number => (item.kind === 'sent' ? item.payment.wanted.atMs : item.received.atMs);

/** Whether the selected network has told what an account has: not yet, not the last time, or it has. */
export type Answer = 'awaited' | 'failed' | 'given';

export function answerOf({ networkError }: Pick<Snapshot, 'networkError'>, { balance }: AccountView): Answer {
  if (networkError !== null) return 'failed';
  return balance === null ? 'awaited' : 'given';
}

/** Of one account on the selected network, newest first. */
export function itemsOf(snapshot: Snapshot, account: AccountView): readonly ActivityItem[] {
  const { chainId } = snapshot.network;
  const parts = snapshot.activity.filter((sent) => sent.chainId === chainId && sameAccount(sent.account, account));
  const sent: readonly ActivityItem[] = paymentsOf(parts).map((payment) => ({
    kind: 'sent',
    id: payment.wanted.hash,
    unit: unitOf(snapshot, payment.wanted),
    payment,
  }));
  const received: readonly ActivityItem[] = snapshot.received
    .filter((one) => one.chainId === chainId && sameAddress(one.owner, account.address))
    .map((one) => ({ kind: 'received', id: one.id, unit: unitOf(snapshot, one), received: one }));
  return [...sent, ...received].toSorted((one, other) => atMsOf(other) - atMsOf(one));
}

/** What is still under way. */
export const pendingCount = (items: readonly ActivityItem[]): number =>
  items.filter((item) => item.kind === 'sent' && isUnderWay(item.payment)).length;

export const isUnderWay = ({ state }: Pick<SentPayment, 'state'>): boolean =>
  state === 'pending' || state === 'cancelling';

/** The name of an own account or of a contact with this address. */
export function knownName(snapshot: Pick<Snapshot, 'wallets' | 'contacts'>, address: string): string | undefined {
  return nameIn(snapshot, address) ?? snapshot.contacts.find((one) => sameAddress(one.address, address))?.name;
}
