import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { EmptyState } from '@/components/ui/EmptyState';
import { LoadingState } from '@/components/ui/ListStates';
import { Header, Page } from '@/components/ui/Page';
import type { UtxoView } from '@/lib/bus/utxo/shapes';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';
import { UtxoLines } from '../utxos/UtxoLines';

export interface PickCoinsScreenProps {
  readonly symbol: string;
  /** Null while nobody has told. */
  readonly utxos: readonly UtxoView[] | null;
  readonly picked: readonly string[] | null;
  /** @param picked null leaves it to the wallet */
  readonly onPicked: (picked: readonly string[] | null) => void;
  readonly onBack: () => void;
}

/** What is picked by hand may wait for a block; nothing else that is held can be. */
const isPickable = ({ hold }: UtxoView): boolean => hold === null || hold === 'unconfirmed';

/** Which outputs are spent: all that are ticked. */
export function PickCoinsScreen({ symbol, utxos, picked, onPicked, onBack }: PickCoinsScreenProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(picked));
  const toggle = (name: string) => {
    const next = new Set(ticked);
    if (!next.delete(name)) next.add(name);
    setTicked(next);
  };
  const chosen = (utxos ?? []).filter(({ outpoint }) => ticked.has(outpoint));
  const held = (utxos ?? []).filter((utxo) => !isPickable(utxo));
  const total = chosen.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const footer = (
    <div className="grid gap-2">
      <p className="text-center text-ink-2 text-small tabular-nums" aria-live="polite">
        {u('send.coins.picked', { count: chosen.length, amount: statedCoins(String(total), symbol) })}
      </p>
      <Button
        variant="primary"
        disabled={chosen.length === 0}
        onClick={() => onPicked(chosen.map(({ outpoint }) => outpoint))}
      >
        {u('send.coins.use')}
      </Button>
      <Button onClick={() => onPicked(null)}>{u('send.coins.let')}</Button>
    </div>
  );
  return (
    <Page
      header={<Header title={u('send.coins.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      {utxos === null && <LoadingState label={t('app.loading')} />}
      {utxos?.length === 0 && <EmptyState title={u('utxos.empty')}>{u('utxos.empty.text')}</EmptyState>}
      {utxos !== null && utxos.length > 0 && (
        <div className="grid gap-3">
          <p className="text-ink-2 text-small">{u('send.coins.text')}</p>
          {utxos.filter(isPickable).map((utxo) => (
            <Consent key={utxo.outpoint} checked={ticked.has(utxo.outpoint)} onChecked={() => toggle(utxo.outpoint)}>
              <UtxoLines utxo={utxo} symbol={symbol} />
            </Consent>
          ))}
          {held.length > 0 && (
            <Group label={u('send.coins.held')}>
              <RowList label={u('send.coins.held')}>
                {held.map((utxo) => (
                  <Row key={utxo.outpoint} title={<UtxoLines utxo={utxo} symbol={symbol} />} />
                ))}
              </RowList>
            </Group>
          )}
        </div>
      )}
    </Page>
  );
}
