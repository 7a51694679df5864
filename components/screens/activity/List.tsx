import { Send } from 'lucide-react';
import { RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Note } from '@/components/ui/Note';
import { ActivityRow, ReceivedRow } from '@/components/wallet/ActivityRow';
import type { NetworkView } from '@/lib/bus/networks';
import { t } from '@/lib/i18n';
import type { ActivityItem } from './items';

export interface ActivityListProps {
  readonly items: readonly ActivityItem[];
  readonly network: Pick<NetworkView, 'name' | 'symbol'>;
  /** The node did not tell which tokens have arrived. */
  readonly tokensMissing: boolean;
  readonly nameOf: (address: string) => string | undefined;
  readonly onItem: (id: string) => void;
}

/** What was sent and what has arrived, newest first, and what of it cannot be seen from here. */
export function ActivityList({ items, network, tokensMissing, nameOf, onItem }: ActivityListProps) {
  return (
    <div className="grid gap-3 pb-2">
      {items.length === 0 ? (
        <EmptyState icon={<Send aria-hidden="true" size={22} />} title={t('activity.empty')}>
          {t('activity.empty.text', { network: network.name })}
        </EmptyState>
      ) : (
        <RowList ground="bare" label={t('home.activity')}>
          {items.map((item) => (
            <ItemRow key={item.id} item={item} nameOf={nameOf} onPress={() => onItem(item.id)} />
          ))}
        </RowList>
      )}
      {tokensMissing && <Note tone="neutral" title={t('activity.tokens-missing')} />}
      <p className="text-ink-3 text-tiny">{t('activity.limits', { symbol: network.symbol })}</p>
    </div>
  );
}

interface ItemRowProps {
  readonly item: ActivityItem;
  readonly nameOf: (address: string) => string | undefined;
  readonly onPress: () => void;
}

function ItemRow({ item, nameOf, onPress }: ItemRowProps) {
  const { symbol, decimals } = item.unit;
  if (item.kind === 'received') {
    const { from, units, atMs } = item.received;
    const fromName = from === null ? undefined : nameOf(from);
    return <ReceivedRow {...{ from, fromName, symbol, decimals, atMs, onPress }} units={BigInt(units)} />;
  }
  const { to, valueWei, atMs } = item.payment.wanted;
  const { state } = item.payment;
  return (
    <ActivityRow {...{ to, symbol, decimals, atMs, state, onPress }} toName={nameOf(to)} valueWei={BigInt(valueWei)} />
  );
}
