import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Fact } from '@/components/ui/Card';
import { Skeleton } from '@/components/ui/EmptyState';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { feeUnit } from '@/components/wallet/units';
import type { NetworkView } from '@/lib/bus/networks';
import type { SendQuote } from '@/lib/bus/protocol';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { statedAmount, t } from '@/lib/i18n';

export interface ReplaceSheetProps {
  readonly how: 'speed-up' | 'cancel';
  /** What is offered until now at most, in wei. */
  readonly feeBeforeWei: bigint;
  readonly network: Pick<NetworkView, 'symbol' | 'decimals'>;
  /** Null while it is asked for, and where it was refused. */
  readonly quote: Pick<SendQuote, 'feeWei'> | null;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** A transaction in the place of a pending one: what it does, and what it costs more. */
export function ReplaceSheet(props: ReplaceSheetProps) {
  const { how, feeBeforeWei, network, quote, sending, error, onConfirm, onClose } = props;
  const own = (wei: bigint) => <bdi>{statedAmount(wei, network.symbol, feeUnit(network.decimals))}</bdi>;
  return (
    <Sheet open onClose={onClose} title={t(`activity.${how}.title`)} description={t(`activity.${how}.text`)}>
      <dl className="grid gap-1.5" aria-live="polite">
        <Fact label={t('activity.fee-before')}>{own(feeBeforeWei)}</Fact>
        {(quote !== null || error === null) && (
          <Fact label={t('activity.fee-new')}>
            {quote === null ? <Skeleton className="h-3.5 w-24" /> : own(BigInt(quote.feeWei))}
          </Fact>
        )}
      </dl>
      {error !== null && <ErrorNote error={error} />}
      <div className="grid gap-2">
        {(quote !== null || error === null) && (
          <ArmingButton
            variant="primary"
            disabled={quote === null}
            onClick={onConfirm}
            busyLabel={sending ? t('activity.busy') : undefined}
          >
            {t(`activity.${how}.action`)}
          </ArmingButton>
        )}
        <Button onClick={onClose}>{t(error === null ? 'activity.keep' : 'action.back')}</Button>
      </div>
    </Sheet>
  );
}
