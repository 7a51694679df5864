import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Fact } from '@/components/ui/Card';
import { Skeleton } from '@/components/ui/EmptyState';
import { Sheet } from '@/components/ui/Sheet';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId, FeesView, UtxoQuote } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';
import { Refused } from '../parts/Refused';
import { type CoinFee, CoinFeePart } from '../send/FeePart';

export interface SpeedUpSheetProps {
  readonly coin: CoinId;
  readonly symbol: string;
  readonly feeBefore: string;
  readonly fee: CoinFee;
  readonly fees: FeesView | null;
  readonly feeError: string | undefined;
  /** Null while it is asked for, and where it was refused. */
  readonly quote: UtxoQuote | null;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onFee: (fee: CoinFee) => void;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** A dearer transaction in the place of one that waits: the same payments, and what it costs more. */
export function SpeedUpSheet(props: SpeedUpSheetProps) {
  const { coin, symbol, feeBefore, fee, fees, feeError, quote, sending, error, onFee, onConfirm, onClose } = props;
  const amount = (units: string) => <bdi>{statedCoins(units, symbol)}</bdi>;
  const refused = error !== null || feeError !== undefined;
  const more = quote === null ? null : String(BigInt(quote.fee) - BigInt(feeBefore));
  return (
    <Sheet open onClose={onClose} title={u('speed-up.title')} description={u('speed-up.text')}>
      <CoinFeePart coin={{ symbol }} fee={fee} fees={fees} quote={quote} feeError={feeError} onFee={onFee} />
      <dl className="grid gap-1.5" aria-live="polite">
        <Fact label={u('speed-up.before')}>{amount(feeBefore)}</Fact>
        {!refused && (
          <Fact label={u('speed-up.now')}>
            {quote === null ? <Skeleton className="h-3.5 w-24" /> : amount(quote.fee)}
          </Fact>
        )}
        {more !== null && <Fact label={u('speed-up.more')}>{amount(more)}</Fact>}
      </dl>
      {error !== null && <Refused coin={coin} error={error} />}
      <div className="grid gap-2">
        <ArmingButton
          variant="primary"
          disabled={quote === null}
          onClick={onConfirm}
          busyLabel={sending ? t('activity.busy') : undefined}
        >
          {t('activity.speed-up.action')}
        </ArmingButton>
        <Button onClick={onClose}>{t('activity.keep')}</Button>
      </div>
    </Sheet>
  );
}
