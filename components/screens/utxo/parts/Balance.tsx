import { Skeleton } from '@/components/ui/EmptyState';
import { amountParts, COVER, t } from '@/lib/i18n';
import { COIN_UNIT } from './amounts';

export interface BalanceProps {
  /** In the smallest unit; null while nobody has answered yet. */
  readonly units: string | null;
  readonly symbol: string;
  readonly signed?: 'always' | 'negative';
  readonly look?: 'display' | 'row';
  /** Shown where nobody has answered, and nobody is going to soon. */
  readonly silentLabel?: string | undefined;
}

/** An amount to its last digit, with its unit beside it; covered where amounts are. */
export function Balance({ units, symbol, signed = 'negative', look = 'row', silentLabel }: BalanceProps) {
  const large = look === 'display';
  if (units === null && silentLabel !== undefined)
    return <span className={large ? 'text-heading text-ink-2' : 'text-ink-2 text-small'}>{silentLabel}</span>;
  if (units === null)
    return (
      <>
        <Skeleton className={large ? 'h-8 w-40' : 'h-3.5 w-16'} />
        <span className="sr-only">{t('home.balance-unknown')}</span>
      </>
    );
  const parts = amountParts(BigInt(units), { ...COIN_UNIT, signed });
  return (
    <bdi
      dir="ltr"
      className={
        large
          ? 'text-hero tabular-nums [overflow-wrap:anywhere]'
          : 'font-medium text-ink text-small tabular-nums [overflow-wrap:anywhere]'
      }
    >
      {parts === null ? (
        <>
          <span aria-hidden="true">{COVER}</span>
          <span className="sr-only">{t('amount.covered')}</span>
        </>
      ) : (
        `${parts.sign}${parts.whole}${parts.fraction === '' ? '' : parts.point}${parts.fraction}`
      )}{' '}
      <span className="font-normal text-ink-3">{symbol}</span>
    </bdi>
  );
}
