import { Copy } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/Button';
import { Card, Fact, Group } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Header, Page } from '@/components/ui/Page';
import { ActivityDisc } from '@/components/wallet/ActivityRow';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinId, HistoryItem } from '@/lib/bus/utxo/shapes';
import { COINS } from '@/lib/chains/utxo/coins';
import { formats, t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { coinAmount } from '../parts/amounts';
import { Balance } from '../parts/Balance';
import { CoinAddressBlock } from '../parts/CoinAddress';
import { LONGEST_LABEL } from '../parts/label';
import { discOf } from './payment';

export interface CoinPaymentScreenProps {
  readonly coin: CoinId;
  readonly payment: HistoryItem;
  readonly label: string;
  readonly error: ErrorFacts | null;
  readonly onLabel: (label: string) => void;
  readonly onSaveLabel: () => void;
  readonly onCopyTxid: () => void;
  /** Null where nothing can take its place any more, or the key is not here. */
  readonly onSpeedUp: (() => void) | null;
  readonly onBack: () => void;
}

/** One transaction: who got what, what it cost, and what can still be done. */
export function CoinPaymentScreen(props: CoinPaymentScreenProps) {
  const { coin, payment, label, error, onLabel, onSaveLabel, onSpeedUp, onBack } = props;
  const { symbol } = COINS[coin];
  const { kind, state, atMs, net, outputs } = payment;
  return (
    <Page
      header={<Header title={u('history.detail')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={onSpeedUp === null ? undefined : <Button onClick={onSpeedUp}>{t('activity.speed-up')}</Button>}
    >
      <div className="grid gap-5">
        <div className="grid justify-items-center gap-2 pt-2 text-center">
          <ActivityDisc state={discOf(payment)} size={48} />
          <Balance look="display" units={state === 'replaced' ? '0' : net} symbol={symbol} signed="always" />
          <p className="text-ink-2 text-small" aria-live="polite">
            {[u(`history.${kind}`), atMs === null ? '' : formats().moment(atMs), u(`history.${state}`)]
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
        </div>
        {error !== null && <ErrorNote error={error} />}
        {outputs.length > 0 && (
          <Group label={u(kind === 'sent' ? 'history.recipients' : 'history.arrived-at')}>
            <Outputs outputs={outputs} symbol={symbol} isMarked={kind === 'sent'} />
          </Group>
        )}
        <Field
          label={u('history.label')}
          value={label}
          onValue={onLabel}
          onBlur={onSaveLabel}
          hint={<p className="text-ink-2 text-small">{u('receive.label.hint')}</p>}
          maxLength={LONGEST_LABEL}
          autoComplete="off"
        />
        <Facts {...props} />
      </div>
    </Page>
  );
}

interface OutputsProps {
  readonly outputs: HistoryItem['outputs'];
  readonly symbol: string;
  /** Whether own ones are told from others. */
  readonly isMarked: boolean;
}

function Outputs({ outputs, symbol, isMarked }: OutputsProps) {
  return (
    <Card className="grid gap-3 p-3.5">
      {outputs.map(({ address, amount, isOwn }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an output is its place
        <div key={index} className="grid gap-1.5">
          <span className="flex flex-wrap justify-between gap-x-3 text-small">
            <bdi className="font-medium tabular-nums">{coinAmount(amount, symbol)}</bdi>
            {isMarked && isOwn && <span className="text-ink-2">{u('review.own')}</span>}
          </span>
          {address !== null && <CoinAddressBlock address={address} />}
        </div>
      ))}
    </Card>
  );
}

function Facts({ coin, payment, onCopyTxid }: CoinPaymentScreenProps) {
  const { txid, fee, height, replaces } = payment;
  return (
    <dl className="grid gap-2">
      {fee !== null && (
        <Fact label={u('history.fee')}>
          <bdi>{coinAmount(fee, COINS[coin].symbol)}</bdi>
        </Fact>
      )}
      {height !== null && <Fact label={u('history.block')}>{formats().number(height)}</Fact>}
      {replaces !== null && (
        <Fact label={u('history.replaces')}>
          <bdi dir="ltr" className="font-mono font-normal" title={replaces}>
            {replaces.slice(0, 8)}…{replaces.slice(-6)}
          </bdi>
        </Fact>
      )}
      <Fact label={u('history.txid')}>
        <span className="inline-flex items-center gap-1">
          <bdi dir="ltr" className="font-mono font-normal" title={txid}>
            {txid.slice(0, 8)}…{txid.slice(-6)}
          </bdi>
          <IconButton label={t('action.copy')} onClick={onCopyTxid} className="-my-2 -me-2.5">
            <Copy aria-hidden="true" size={16} />
          </IconButton>
        </span>
      </Fact>
    </dl>
  );
}
