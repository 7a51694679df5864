import type { ActivityState } from '@/components/wallet/ActivityRow';
import type { HistoryItem } from '@/lib/bus/utxo/shapes';

/** `self`: everything came back but the fee. */
export type PaymentKind = 'sent' | 'received' | 'self';

/** What a transaction is to its account. */
export function kindOf({ fee, net, outputs }: Pick<HistoryItem, 'fee' | 'net' | 'outputs'>): PaymentKind {
  if (fee !== null && outputs.every(({ isOwn }) => isOwn)) return 'self';
  return net.startsWith('-') ? 'sent' : 'received';
}

/** The picture that stands for it. */
export function discOf(item: HistoryItem): ActivityState | 'received' {
  if (item.state === 'replaced') return 'replaced';
  if (kindOf(item) === 'received') return 'received';
  return item.state === 'pending' ? 'pending' : 'confirmed';
}
