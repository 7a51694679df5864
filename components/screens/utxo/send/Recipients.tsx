import { Card } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';
import { CoinAddressBlock } from '../parts/CoinAddress';

export interface QuoteProps {
  readonly quote: UtxoQuote;
  readonly symbol: string;
}

/** Everybody who gets something, and how much. */
export function Recipients({ quote: { recipients }, symbol }: QuoteProps) {
  return (
    <Card className="grid gap-3.5 p-3.5">
      <span className="text-ink-2 text-small">
        {recipients.length === 1 ? t('send.to') : u('review.recipients', { count: recipients.length })}
      </span>
      {recipients.map(({ address, amount, isOwn }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a recipient is its place
        <div key={place} className="grid gap-1.5">
          <span className="flex flex-wrap justify-between gap-x-3 text-small">
            <bdi className="font-medium tabular-nums">{statedCoins(amount, symbol)}</bdi>
            {isOwn && <span className="text-ink-2">{u('review.own')}</span>}
          </span>
          {address === null ? (
            <Note tone="warn" title={u('review.no-address')} />
          ) : (
            <CoinAddressBlock address={address} />
          )}
        </div>
      ))}
    </Card>
  );
}
