import { ChevronRight, FileDown } from 'lucide-react';
import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Sheet } from '@/components/ui/Sheet';
import { AddressLine } from '@/components/wallet/AddressLine';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import { formats, t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';
import { Refused } from '../parts/Refused';
import { type QuoteProps, Recipients } from './Recipients';
import { rateText } from './rate';
import { SentAmounts } from './SentAmounts';

export interface CoinReviewSheetProps {
  readonly quote: UtxoQuote;
  readonly symbol: string;
  /** What is done with it: what its button says. */
  readonly action: string;
  readonly title: string;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onConfirm: () => void;
  /** Null where transactions of this currency do not travel unsigned. */
  readonly onSaveUnsigned: (() => void) | null;
  readonly onClose: () => void;
}

/** More earlier transactions than a device reads at once. */
const MANY_INPUTS = 20;
/** A fee of so many parts in a hundred is looked at twice. */
const DEAR_PERCENT = 10n;

/** What is going to be signed, whole: everybody who gets something, the fee, what comes back, the details. */
export function CoinReviewSheet(props: CoinReviewSheetProps) {
  const { quote, symbol, action, title, sending, error, onConfirm, onSaveUnsigned, onClose } = props;
  return (
    <Sheet open onClose={onClose} title={title} titlePlace="title">
      <Recipients quote={quote} symbol={symbol} />
      <Dear quote={quote} />
      {quote.onDevice && (
        <Note tone="neutral" title={u('review.device')}>
          {quote.inputs.length > MANY_INPUTS && u('review.many-inputs', { count: quote.inputs.length })}
        </Note>
      )}
      <Card className="p-3.5">
        <SentAmounts quote={quote} symbol={symbol} />
      </Card>
      <Details quote={quote} symbol={symbol} />
      {error !== null && <Refused coin={quote.coin} error={error} />}
      {quote.kind !== 'psbt' && <p className="text-center text-ink-2 text-small">{t('send.review.final')}</p>}
      <div className="grid gap-2">
        <ArmingButton variant="primary" onClick={onConfirm} busyLabel={sending ? t('send.busy') : undefined}>
          {action}
        </ArmingButton>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        {onSaveUnsigned !== null && (
          <Button variant="quiet" icon={<FileDown aria-hidden="true" size={16} />} onClick={onSaveUnsigned}>
            {u('review.unsigned')}
          </Button>
        )}
      </div>
    </Sheet>
  );
}

/** A fee that is large beside what is sent, or, where all of it comes back, beside what is moved. */
function Dear({ quote: { fee, total, inputs } }: Pick<QuoteProps, 'quote'>) {
  const sent = BigInt(total) - BigInt(fee);
  const moved = inputs.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const base = sent > 0n ? sent : moved;
  if (BigInt(fee) * 100n < base * DEAR_PERCENT) return null;
  const percent = Number((BigInt(fee) * 100n) / base);
  return (
    <Note tone="warn" title={u('review.dear.title')}>
      {u(sent > 0n ? 'review.dear.text' : 'review.dear.moved', { percent })}
    </Note>
  );
}

/** What nodes are told; always there, closed. */
function Details({ quote: { feeRate, vsize, inputs, change }, symbol }: QuoteProps) {
  return (
    <details className="group px-0.5 text-small">
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1 text-ink-2">
        <ChevronRight aria-hidden="true" size={14} className="transition-transform group-open:rotate-90" />
        {t('send.review.details')}
      </summary>
      <dl className="grid gap-1 pt-1.5">
        <Fact label={u('review.rate')}>
          <bdi dir="ltr">{rateText(feeRate)}</bdi>
        </Fact>
        <Fact label={u('review.size')}>
          <bdi dir="ltr">{formats().number(vsize)} vB</bdi>
        </Fact>
        {change.map(({ address, path }) => (
          <Fact key={address} label={u('review.change-to')}>
            <AddressLine address={address} /> <bdi dir="ltr">{path}</bdi>
          </Fact>
        ))}
        {inputs.map(({ outpoint, address, amount }) => (
          <Fact key={outpoint} label={u('review.spends')}>
            <AddressLine address={address} /> <bdi>{statedCoins(amount, symbol)}</bdi>
          </Fact>
        ))}
      </dl>
    </details>
  );
}
