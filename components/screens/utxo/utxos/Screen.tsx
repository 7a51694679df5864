import { Coins } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Fact, Row, RowList } from '@/components/ui/Card';
import { EmptyState } from '@/components/ui/EmptyState';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoView } from '@/lib/bus/utxo/shapes';
import { asSentence, t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { coinAmount } from '../parts/amounts';
import { CoinAddressBlock } from '../parts/CoinAddress';
import { LONGEST_LABEL } from '../parts/label';
import { NotKnown } from '../parts/NotKnown';
import { UtxoLines } from './UtxoLines';

export interface UtxoListProps {
  readonly symbol: string;
  /** Null while nobody has told. */
  readonly utxos: readonly UtxoView[] | null;
  readonly silent: boolean;
  readonly onUtxo: (outpoint: string) => void;
  readonly onAgain: () => void;
}

/** What an account has, output by output. */
export function UtxoList({ symbol, utxos, silent, onUtxo, onAgain }: UtxoListProps) {
  if (utxos === null) return <NotKnown silent={silent} onAgain={onAgain} />;
  if (utxos.length === 0)
    return (
      <EmptyState icon={<Coins aria-hidden="true" size={22} />} title={u('utxos.empty')}>
        {u('utxos.empty.text')}
      </EmptyState>
    );
  return (
    <div className="grid gap-2 py-2">
      <p className="text-ink-2 text-small">{u('utxos.text')}</p>
      <RowList ground="bare" label={u('utxos.title')}>
        {utxos.map((utxo) => (
          <Row
            key={utxo.outpoint}
            title={<UtxoLines utxo={utxo} symbol={symbol} />}
            end="chevron"
            onPress={() => onUtxo(utxo.outpoint)}
          />
        ))}
      </RowList>
    </div>
  );
}

export interface UtxoSheetProps {
  readonly utxo: UtxoView;
  readonly symbol: string;
  readonly label: string;
  readonly error: ErrorFacts | null;
  readonly onLabel: (label: string) => void;
  readonly onSave: () => void;
  readonly onFreeze: (frozen: boolean) => void;
  readonly onClose: () => void;
}

/** One of them: a label, and whether it may be spent. */
export function UtxoSheet(props: UtxoSheetProps) {
  const { utxo, symbol, label, error, onLabel, onSave, onFreeze, onClose } = props;
  const { address, amount, confirmations, hold, isFrozen, outpoint } = utxo;
  return (
    <Sheet open onClose={onClose} title={u('utxos.edit')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <dl className="grid gap-1.5">
          <Fact label={t('activity.amount')}>
            <bdi>{coinAmount(amount, symbol)}</bdi>
          </Fact>
          <Fact label={u('message.address')}>
            <CoinAddressBlock address={address} />
          </Fact>
          <Fact label={u('history.txid')}>
            <bdi dir="ltr" className="font-mono font-normal" title={outpoint}>
              {outpoint.slice(0, 8)}…{outpoint.slice(58)}
            </bdi>
          </Fact>
        </dl>
        <p className="text-ink-2 text-small">
          {confirmations === 0 ? u('history.pending') : u('utxos.confirmations', { count: confirmations })}
        </p>
        {hold === 'token' && (
          <Note tone="warn" title={asSentence(u('utxos.token'))}>
            {u('utxos.token.text')}
          </Note>
        )}
        {error !== null && <ErrorNote error={error} />}
        <Field
          label={u('receive.label')}
          value={label}
          onValue={onLabel}
          hint={<p className="text-ink-2 text-small">{u('receive.label.hint')}</p>}
          maxLength={LONGEST_LABEL}
          autoComplete="off"
        />
        <div className="grid gap-2">
          <Button type="submit" variant="primary" disabled={label === utxo.label}>
            {t('action.save')}
          </Button>
          <Button onClick={() => onFreeze(!isFrozen)}>{u(isFrozen ? 'utxos.unfreeze' : 'utxos.freeze')}</Button>
        </div>
      </form>
    </Sheet>
  );
}
