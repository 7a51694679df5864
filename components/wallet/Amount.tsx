import { Skeleton } from '@/components/ui/EmptyState';
import { type AmountText, amountParts, COVER, t } from '@/lib/i18n';
import { ETHER } from './units';

export interface AmountProps {
  /** In the smallest unit (wei); null while nobody has answered yet. */
  readonly wei: bigint | null;
  readonly symbol: string;
  /** Places of the unit; 18 unless told. */
  readonly decimals?: number;
  /** `display` for the total of a screen, `row` in lists. */
  readonly look?: 'display' | 'row';
  readonly signed?: 'always' | 'negative';
  /** What is said while nobody has answered. */
  readonly unknownLabel?: string;
  /** Shown where nobody has answered, and nobody is going to soon. */
  readonly silentLabel?: string | undefined;
}

function digitsOf({ sign, whole, fraction, point }: AmountText): string {
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}${point}${fraction}`;
}

function Cover() {
  return (
    <>
      <span aria-hidden="true">{COVER}</span>
      <span className="sr-only">{t('amount.covered')}</span>
    </>
  );
}

/** An amount with its unit beside it; covered where amounts are. */
export function Amount({
  wei,
  symbol,
  decimals = ETHER.decimals,
  look = 'row',
  signed = 'negative',
  unknownLabel,
  silentLabel,
}: AmountProps) {
  if (wei === null && silentLabel !== undefined)
    return <span className={look === 'display' ? 'text-heading text-ink-2' : 'text-ink-2'}>{silentLabel}</span>;
  if (wei === null) {
    return (
      <>
        <Skeleton className={look === 'display' ? 'h-8 w-40' : 'h-3.5 w-16'} />
        <span className="sr-only">{unknownLabel}</span>
      </>
    );
  }
  const parts = amountParts(wei, { ...ETHER, decimals, signed });
  const digits = parts === null ? <Cover /> : digitsOf(parts);
  if (look === 'display') {
    return (
      <bdi dir="ltr" className="text-display tabular-nums [overflow-wrap:anywhere]">
        {digits} <span className="font-normal text-ink-3">{symbol}</span>
      </bdi>
    );
  }
  return (
    <bdi dir="ltr" className="whitespace-nowrap font-medium text-body text-ink tabular-nums">
      {digits} <span className="font-normal text-ink-3">{symbol}</span>
    </bdi>
  );
}
