import { History } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { ActivityDisc } from '@/components/wallet/ActivityRow';
import type { CoinId, HistoryItem } from '@/lib/bus/utxo/shapes';
import { COINS } from '@/lib/chains/utxo/coins';
import { formats } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { Balance } from '../parts/Balance';
import { NotKnown } from '../parts/NotKnown';
import { discOf } from './payment';

export interface HistoryListProps {
  readonly coin: CoinId;
  /** Newest first; null while nobody has told. */
  readonly payments: readonly HistoryItem[] | null;
  readonly silent: boolean;
  /** Null where there are no older ones. */
  readonly onMore: (() => void) | null;
  readonly onPayment: (txid: string) => void;
  readonly onAgain: () => void;
}

/** What was sent and what has arrived. */
export function HistoryList({ coin, payments, silent, onMore, onPayment, onAgain }: HistoryListProps) {
  if (payments === null) return <NotKnown silent={silent} onAgain={onAgain} />;
  if (payments.length === 0)
    return (
      <EmptyState icon={<History aria-hidden="true" size={22} />} title={u('history.empty')}>
        {u('history.empty.text', { coin: COINS[coin].name })}
      </EmptyState>
    );
  return (
    <div className="grid gap-2 pb-2">
      <RowList ground="bare" label={u('account.history')}>
        {payments.map((payment) => (
          <OnePayment
            key={payment.txid}
            payment={payment}
            symbol={COINS[coin].symbol}
            onPress={() => onPayment(payment.txid)}
          />
        ))}
      </RowList>
      {onMore !== null && (
        <Button size="small" onClick={onMore} className="justify-self-center">
          {u('history.more')}
        </Button>
      )}
    </div>
  );
}

interface OnePaymentProps {
  readonly payment: HistoryItem;
  readonly symbol: string;
  readonly onPress: () => void;
}

function OnePayment({ payment, symbol, onPress }: OnePaymentProps) {
  const { kind, net, state, atMs, label } = payment;
  const when = atMs === null ? '' : formats().moment(atMs);
  const isSettled = state === 'confirmed';
  return (
    <Row
      leading={<ActivityDisc state={discOf(payment)} />}
      title={label === '' ? u(`history.${kind}`) : <bdi>{label}</bdi>}
      detail={
        <span className={state === 'pending' ? 'text-accent-text' : 'text-ink-2'}>
          {isSettled ? when : u(`history.${state}`)}
        </span>
      }
      trailing={<Balance units={state === 'replaced' ? '0' : net} symbol={symbol} signed="always" />}
      onPress={onPress}
    />
  );
}
