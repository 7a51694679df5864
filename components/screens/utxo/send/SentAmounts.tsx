import { Fact } from '@/components/ui/Card';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';

export interface SentAmountsProps {
  readonly quote: Pick<UtxoQuote, 'fee' | 'total' | 'change' | 'surplus'>;
  readonly symbol: string;
}

/** The fee, what leaves in all, and what comes back. */
export function SentAmounts({ quote: { fee, total, change, surplus }, symbol }: SentAmountsProps) {
  const back = change.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return (
    <div className="grid gap-2" aria-live="polite">
      <dl className="grid gap-1.5">
        <Fact label={u('history.fee')}>
          <bdi>{statedCoins(fee, symbol)}</bdi>
        </Fact>
        <Fact label={u('send.total')}>
          <bdi>{statedCoins(total, symbol)}</bdi>
        </Fact>
        {back > 0n && (
          <Fact label={u('send.change')}>
            <bdi>{statedCoins(String(back), symbol)}</bdi>
          </Fact>
        )}
      </dl>
      {surplus !== '0' && (
        <p className="px-0.5 text-ink-2 text-small">{u('send.surplus', { amount: statedCoins(surplus, symbol) })}</p>
      )}
    </div>
  );
}
