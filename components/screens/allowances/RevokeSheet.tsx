import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Skeleton } from '@/components/ui/EmptyState';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { AllowanceView } from '@/lib/bus/allowances';
import type { NetworkView } from '@/lib/bus/networks';
import type { FeeChoice, SendQuote } from '@/lib/bus/protocol';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { formats, t } from '@/lib/i18n';
import { hostOf } from '../approval/Frame';
import { partyName } from '../approval/facts-text';
import { FactRow, Facts, Party } from '../approval/Parts';
import { FeePart } from '../send/FeePart';
import { feeProblem } from '../send/send-errors';
import { whatText } from './what';

export interface RevokeSheetProps {
  readonly allowance: AllowanceView;
  readonly network: Pick<NetworkView, 'name' | 'symbol' | 'decimals'>;
  readonly fee: FeeChoice;
  /** The last one; null before the first, and where that was refused. */
  readonly quote: Pick<SendQuote, 'feeWei' | 'levelFeesWei' | 'offer'> | null;
  /** The quote is that of the fee that is chosen. */
  readonly ready: boolean;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onFee: (fee: FeeChoice) => void;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** The transaction that ends one allowance: whose, what it costs, and nothing else. */
export function RevokeSheet(props: RevokeSheetProps) {
  const { allowance, network, fee, quote, ready, sending, error, onFee, onConfirm, onClose } = props;
  const { spender, untilMs, granted } = allowance;
  const problem = feeProblem(error);
  return (
    <Sheet
      open
      onClose={onClose}
      title={t('allowances.revoke.title')}
      description={t('allowances.revoke.text', { who: partyName(spender) })}
    >
      <Facts>
        <FactRow label={t('allowances.what')}>{whatText(allowance)}</FactRow>
        <FactRow label={t('allowances.who')}>
          <Party party={spender} />
        </FactRow>
        {granted !== null && (
          <FactRow label={t('allowances.site')}>
            <bdi dir="ltr">{hostOf(granted.origin)}</bdi>, {formats().day(granted.atMs)}
          </FactRow>
        )}
        {untilMs !== null && <FactRow label={t('allowances.ends')}>{formats().day(untilMs)}</FactRow>}
        <FactRow label={t('activity.network')}>{network.name}</FactRow>
      </Facts>
      {quote === null && error === null && <Skeleton className="h-24 w-full rounded-card" />}
      {quote !== null && (
        <FeePart
          fee={fee}
          quote={quote}
          symbol={network.symbol}
          decimals={network.decimals}
          problem={problem}
          onFee={onFee}
        />
      )}
      {error !== null && problem === null && <ErrorNote error={error} />}
      <div className="grid gap-2">
        {(quote !== null || error === null) && (
          <ArmingButton
            variant="primary"
            disabled={!ready}
            onClick={onConfirm}
            busyLabel={sending ? t('send.busy') : undefined}
          >
            {t('allowances.revoke')}
          </ArmingButton>
        )}
        <Button onClick={onClose}>{t('allowances.keep')}</Button>
      </div>
    </Sheet>
  );
}
