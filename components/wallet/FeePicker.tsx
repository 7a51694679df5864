import { SegmentedControl } from '@/components/ui/SegmentedControl';
import type { FeeSpeed } from '@/lib/chains/gas-price';
import { statedAmount, t } from '@/lib/i18n';
import { feeUnit } from './units';

/** A level, or numbers of one's own. */
export type FeeKind = FeeSpeed | 'custom';

export interface FeePickerProps {
  /** The highest fee of each, in the smallest unit. */
  readonly feesWei: Readonly<Record<FeeSpeed, bigint>> & { readonly custom?: bigint };
  readonly symbol: string;
  readonly decimals: number;
  readonly value: FeeKind;
  readonly onValue: (value: FeeKind) => void;
}

const LEVELS: readonly FeeSpeed[] = ['slow', 'normal', 'fast'];

/** How soon, and what it costs at most. Own numbers stand beside the levels once they were chosen. */
export function FeePicker({ feesWei, symbol, decimals, value, onValue }: FeePickerProps) {
  const kinds: readonly FeeKind[] = value === 'custom' ? [...LEVELS, 'custom'] : LEVELS;
  const segments = kinds.map((kind) => {
    const fee = feesWei[kind];
    return {
      value: kind,
      label: t(`send.fee.${kind}`),
      detail: fee === undefined ? '…' : <bdi>{statedAmount(fee, '', feeUnit(decimals)).trim()}</bdi>,
    };
  });
  return (
    <SegmentedControl<FeeKind>
      label={t('send.fee.in', { symbol })}
      value={value}
      onValue={onValue}
      segments={segments}
    />
  );
}
