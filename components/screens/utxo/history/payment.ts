import type { ActivityState } from '@/components/wallet/ActivityRow';
import type { HistoryItem } from '@/lib/bus/utxo/shapes';

/** The picture that stands for it. */
export function discOf({ kind, state }: Pick<HistoryItem, 'kind' | 'state'>): ActivityState | 'received' {
  if (state === 'replaced') return 'replaced';
  if (kind === 'received') return 'received';
  return state === 'pending' ? 'pending' : 'confirmed';
}
