import { Send } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { LoadingState, OfflineState } from '@/components/ui/ListStates';
import { Note } from '@/components/ui/Note';
import { ActivityRow, ReceivedRow } from '@/components/wallet/ActivityRow';
import type { NetworkView } from '@/lib/bus/networks';
import { t } from '@/lib/i18n';
import type { ActivityItem, Answer } from './items';

export interface ActivityListProps {
  readonly items: readonly ActivityItem[];
  /** What the network has told of this account. */
  readonly answer: Answer;
  readonly network: Pick<NetworkView, 'name' | 'symbol'>;
  /** The node did not tell which tokens have arrived. */
  readonly tokensMissing: boolean;
  readonly nameOf: (address: string) => string | undefined;
  readonly onItem: (id: string) => void;
  /** Asks the network again. */
  readonly onAgain: () => void;
}

/** What was sent and what has arrived, newest first, and what of it cannot be seen from here. */
export function ActivityList({ items, answer, network, tokensMissing, nameOf, onItem, onAgain }: ActivityListProps) {
  return (
    <div className="grid gap-3 pb-2">
      {items.length === 0 ? (
        <NoItems answer={answer} network={network} onAgain={onAgain} />
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

/** No row: because nothing happened, or because nobody has told yet. What was sent from here is known without a network. */
function NoItems({ answer, network, onAgain }: Pick<ActivityListProps, 'answer' | 'network' | 'onAgain'>) {
  if (answer === 'awaited') return <LoadingState label={t('home.balance-unknown')} />;
  if (answer === 'failed')
    return (
      <OfflineState
        title={t('activity.offline')}
        action={
          <Button size="small" onClick={onAgain}>
            {t('action.try-again')}
          </Button>
        }
      >
        {t('activity.offline.text', { network: network.name })}
      </OfflineState>
    );
  return (
    <EmptyState icon={<Send aria-hidden="true" size={22} />} title={t('activity.empty')}>
      {t('activity.empty.text', { network: network.name })}
    </EmptyState>
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
