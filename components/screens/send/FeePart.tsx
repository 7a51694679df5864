import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Sheet } from '@/components/ui/Sheet';
import { type FeeKind, FeePicker } from '@/components/wallet/FeePicker';
import type { FeeChoice, SendQuote } from '@/lib/bus/protocol';
import { amountText } from '@/lib/chains/amount';
import { t } from '@/lib/i18n';

export type TypedFee = Exclude<FeeChoice, string>;

export interface FeePartProps {
  readonly fee: FeeChoice;
  /** The last answer about fees; it stays while the next one is asked for. */
  readonly quote: Pick<SendQuote, 'levelFeesWei' | 'offer' | 'feeWei'>;
  readonly symbol: string;
  readonly decimals: number;
  /** Why own numbers were refused, by the field that it belongs to. */
  readonly problem: FeeFieldProblem | null;
  readonly onFee: (fee: FeeChoice) => void;
}

export interface FeeFieldProblem {
  readonly field: keyof TypedFee;
  readonly text: string;
}

/** How soon it should be mined: three levels, and numbers of one's own behind a button. */
export function FeePart({ fee, quote, symbol, decimals, problem, onFee }: FeePartProps) {
  const [advanced, setAdvanced] = useState(false);
  const { slow, normal, fast } = quote.levelFeesWei;
  const custom = typeof fee === 'string' ? {} : { custom: BigInt(quote.feeWei) };
  const choose = (kind: FeeKind) => (kind === 'custom' ? setAdvanced(true) : onFee(kind));
  const aside = (
    <button
      type="button"
      onClick={() => setAdvanced(true)}
      className="min-h-6 rounded-site px-1 text-accent-text text-small hover:underline"
    >
      {t('send.fee.advanced')}
    </button>
  );
  return (
    <Group label={t('send.fee.in', { symbol })} aside={aside}>
      <FeePicker
        feesWei={{ slow: BigInt(slow), normal: BigInt(normal), fast: BigInt(fast), ...custom }}
        symbol={symbol}
        decimals={decimals}
        value={typeof fee === 'string' ? fee : 'custom'}
        onValue={choose}
      />
      {problem !== null && !advanced && <Note tone="warn" title={problem.text} />}
      {quote.offer.waits && <Note tone="warn" title={t('send.fee.waits')} />}
      {advanced && (
        <AdvancedSheet
          fee={fee}
          offer={quote.offer}
          problem={problem}
          onClose={() => setAdvanced(false)}
          onFee={(next) => {
            setAdvanced(false);
            onFee(next);
          }}
        />
      )}
    </Group>
  );
}

const GWEI_DECIMALS = 9;

interface AdvancedSheetProps {
  readonly fee: FeeChoice;
  readonly offer: SendQuote['offer'];
  readonly problem: FeeFieldProblem | null;
  readonly onFee: (fee: FeeChoice) => void;
  readonly onClose: () => void;
}

/** The numbers of the fee as nodes are told them. */
export function AdvancedSheet({ fee, offer, problem, onFee, onClose }: AdvancedSheetProps) {
  const gwei = (wei: string) => amountText(BigInt(wei), GWEI_DECIMALS);
  const now = { price: gwei(offer.priceWei), tip: gwei(offer.tipWei), gas: offer.gas };
  const [typed, setTyped] = useState<TypedFee>(typeof fee === 'string' ? now : fee);
  const field = (name: keyof TypedFee, label: string) => (
    <Field
      label={label}
      value={typed[name]}
      onValue={(value) => setTyped({ ...typed, [name]: value.replace(',', '.') })}
      error={problem?.field === name ? problem.text : undefined}
      inputMode="decimal"
      autoComplete="off"
      dir="ltr"
      className="tabular-nums"
    />
  );
  return (
    <Sheet open onClose={onClose} title={t('send.fee.title')} description={t('send.fee.text')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onFee(typed);
        }}
      >
        {field('price', t(offer.kind === 'legacy' ? 'send.fee.gas-price' : 'send.fee.price'))}
        {offer.kind === 'eip1559' && field('tip', t('send.fee.tip'))}
        {field('gas', t('send.fee.gas'))}
        <div className="grid gap-2">
          <Button type="submit" variant="primary">
            {t('send.fee.use')}
          </Button>
          {typeof fee !== 'string' && <Button onClick={() => onFee('normal')}>{t('send.fee.use-level')}</Button>}
        </div>
      </form>
    </Sheet>
  );
}
