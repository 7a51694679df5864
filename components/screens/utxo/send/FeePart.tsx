import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { type Segment, SegmentedControl } from '@/components/ui/SegmentedControl';
import { Sheet } from '@/components/ui/Sheet';
import type { CoinView, FeesView, UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { statedAmount, t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { COIN_UNIT } from '../parts/amounts';
import { RATE_UNIT, rateText, typedRate } from './rate';

export type CoinFee = UtxoSendDraft['fee'];
type Level = Exclude<CoinFee, object>;

export interface CoinFeePartProps {
  readonly coin: Pick<CoinView, 'symbol'>;
  readonly fee: CoinFee;
  readonly fees: FeesView | null;
  readonly quote: Pick<UtxoQuote, 'levelFees' | 'fee'> | null;
  readonly feeError: string | undefined;
  readonly onFee: (fee: CoinFee) => void;
}

const LEVELS: readonly Level[] = ['slow', 'normal', 'fast'];

/** How soon a block should have it: three levels, and a rate of one's own behind a button. */
export function CoinFeePart(props: CoinFeePartProps) {
  const { coin, fee, fees, quote, feeError, onFee } = props;
  const [typing, setTyping] = useState(false);
  const unknown = fees !== null && LEVELS.every((level) => fees.levels[level] === null);
  const detailOf = (level: Level) => {
    const total = quote?.levelFees[level] ?? null;
    if (total !== null) return <bdi>{statedAmount(BigInt(total), '', COIN_UNIT).trim()}</bdi>;
    const rate = fees?.levels[level] ?? null;
    return rate === null ? '…' : <bdi>{rateText(rate)}</bdi>;
  };
  const own: readonly Segment<Level | 'own'>[] =
    typeof fee === 'string' ? [] : [{ value: 'own', label: u('send.fee.own'), detail: `${fee.satPerVb} ${RATE_UNIT}` }];
  const segments = LEVELS.map((level) => ({ value: level, label: t(`send.fee.${level}`), detail: detailOf(level) }));
  const aside = (
    <button
      type="button"
      onClick={() => setTyping(true)}
      className="min-h-6 rounded-site px-1 text-accent-text text-small hover:underline"
    >
      {u('send.fee.own')}
    </button>
  );
  return (
    <Group label={`${t('send.fee.title')}, ${coin.symbol}`} aside={aside}>
      <SegmentedControl<Level | 'own'>
        label={`${t('send.fee.title')}, ${coin.symbol}`}
        value={typeof fee === 'string' ? fee : 'own'}
        onValue={(value) => (value === 'own' ? setTyping(true) : onFee(value))}
        segments={[...segments, ...own]}
      />
      {unknown && typeof fee === 'string' && <Note tone="warn" title={u('send.fee.unknown')} />}
      {feeError !== undefined && !typing && (
        <div role="alert">
          <Note tone="warn" title={feeError} />
        </div>
      )}
      {typing && (
        <RateSheet
          {...props}
          onFee={(next) => {
            setTyping(false);
            onFee(next);
          }}
          onClose={() => setTyping(false)}
        />
      )}
    </Group>
  );
}

export interface RateSheetProps extends Pick<CoinFeePartProps, 'fee' | 'fees' | 'feeError' | 'onFee'> {
  readonly onClose: () => void;
}

/** A rate of one's own. */
export function RateSheet({ fee, fees, feeError, onFee, onClose }: RateSheetProps) {
  const usual = fees?.levels.normal ?? null;
  const [typed, setTyped] = useState(typeof fee === 'string' ? (usual === null ? '' : typedRate(usual)) : fee.satPerVb);
  const hint = fees === null ? undefined : u('send.fee.rate.hint', { least: rateText(fees.least) });
  return (
    <Sheet open onClose={onClose} title={u('send.fee.own')} first="field">
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onFee({ satPerVb: typed });
        }}
      >
        <Field
          label={u('send.fee.rate')}
          value={typed}
          onValue={(value) => setTyped(value.replace(',', '.'))}
          error={typeof fee === 'string' ? undefined : feeError}
          hint={hint === undefined ? undefined : <p className="text-ink-2 text-small">{hint}</p>}
          inputMode="decimal"
          autoComplete="off"
          dir="ltr"
          className="tabular-nums"
        />
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
