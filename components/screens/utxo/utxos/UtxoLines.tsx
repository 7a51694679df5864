import { Lock, TriangleAlert } from 'lucide-react';
import { Pill } from '@/components/ui/Pill';
import { AddressLine } from '@/components/wallet/AddressLine';
import type { UtxoView } from '@/lib/bus/utxo/shapes';
import { u } from '@/lib/i18n/utxo';
import { Balance } from '../parts/Balance';

export interface UtxoLinesProps {
  readonly utxo: UtxoView;
  readonly symbol: string;
}

/** One unspent output: how much, what it is for, and why it cannot be spent, if so. */
export function UtxoLines({ utxo, symbol }: UtxoLinesProps) {
  const { amount, hold } = utxo;
  return (
    <span className="grid gap-0.5">
      <Balance units={amount} symbol={symbol} />
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-normal text-ink-2 text-small">
        <Name utxo={utxo} />
        {hold !== null && <HoldPill hold={hold} />}
      </span>
    </span>
  );
}

function Name({ utxo: { label, isChange, address } }: { readonly utxo: UtxoView }) {
  if (label !== '') return <bdi>{label}</bdi>;
  return isChange ? u('utxos.change') : <AddressLine address={address} />;
}

function HoldPill({ hold }: { readonly hold: NonNullable<UtxoView['hold']> }) {
  const Icon = hold === 'token' ? TriangleAlert : Lock;
  return (
    <Pill tone={hold === 'token' ? 'warn' : 'neutral'} size="row" icon={<Icon aria-hidden="true" size={14} />}>
      {u(`utxos.${hold}`)}
    </Pill>
  );
}
