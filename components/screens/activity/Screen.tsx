import { Copy, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { ButtonPair, Header, Page } from '@/components/ui/Page';
import { ActivityDisc, type ActivityState } from '@/components/wallet/ActivityRow';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { Amount } from '@/components/wallet/Amount';
import { Identicon } from '@/components/wallet/Identicon';
import { exactUnit } from '@/components/wallet/units';
import type { NetworkView } from '@/lib/bus/networks';
import type { ReceivedView } from '@/lib/bus/snapshot';
import { amountWithUnit, formats, t } from '@/lib/i18n';
import type { SentPayment } from './items';

interface Unit {
  readonly symbol: string;
  readonly decimals: number;
}

interface Common {
  readonly unit: Unit;
  readonly network: Pick<NetworkView, 'name' | 'symbol' | 'decimals'>;
  /** The transaction in the network's explorer, or null where it has none. */
  readonly explorerUrl: string | null;
  readonly onCopyHash: () => void;
  readonly onBack: () => void;
}

export interface SentPaymentScreenProps extends Common {
  readonly payment: SentPayment;
  readonly fromName: string;
  /** Name of the recipient, where it is known. */
  readonly toName: string | undefined;
  /** It is pending for longer than usual. */
  readonly waitsLong: boolean;
  /** Null where nothing can be changed any more, or the key is not here. */
  readonly onReplace: ((how: 'speed-up' | 'cancel') => void) | null;
}

/** One payment: who, what, cost, and what can still be done. */
export function SentPaymentScreen(props: SentPaymentScreenProps) {
  const { payment, fromName, toName, unit, network, waitsLong, onReplace } = props;
  const { wanted, current, state, cancelledTooLate } = payment;
  const isOver = state !== 'pending' && state !== 'cancelling';
  const footer = onReplace !== null && (
    <ButtonPair>
      <Button onClick={() => onReplace('speed-up')}>{t('activity.speed-up')}</Button>
      {state === 'pending' && <Button onClick={() => onReplace('cancel')}>{t('activity.cancel')}</Button>}
    </ButtonPair>
  );
  return (
    <Page
      header={<Header title={t('activity.title')} back={{ label: t('action.back'), onPress: props.onBack }} />}
      footer={footer === false ? undefined : footer}
    >
      <div className="grid gap-5">
        <Head state={state} units={leaves(state) ? -BigInt(wanted.valueWei) : 0n} unit={unit}>
          {stateText(state)} · {formats().moment(wanted.atMs)}
        </Head>
        {waitsLong && (
          <Note tone="neutral" title={t('activity.pending-long.title')}>
            {t('activity.pending-long.text')}
          </Note>
        )}
        {state === 'cancelling' && <Note tone="neutral" title={t('send.sent.cancelling.text')} />}
        {cancelledTooLate && <Note tone="neutral" title={t('activity.cancelled-too-late')} />}
        <Party label={t('activity.recipient')} name={toName} address={wanted.to} />
        <dl className="grid gap-2">
          <Fact label={t('activity.sender')}>{fromName}</Fact>
          <Fact label={t('activity.amount')}>
            <bdi>{amountWithUnit(BigInt(wanted.valueWei), unit.symbol, exactUnit(unit.decimals))}</bdi>
          </Fact>
          <Fact label={t(isOver ? 'activity.fee-paid' : 'send.fee')}>
            <bdi>{amountWithUnit(BigInt(current.feeWei), network.symbol, exactUnit(network.decimals))}</bdi>
          </Fact>
          <Fact label={t('activity.network')}>{network.name}</Fact>
          <Hash hash={current.hash} onCopy={props.onCopyHash} />
        </dl>
        <Explorer url={props.explorerUrl} />
      </div>
    </Page>
  );
}

const leaves = (state: ActivityState): boolean =>
  state === 'pending' || state === 'cancelling' || state === 'confirmed';
const stateText = (state: ActivityState): string => t(`activity.${state}`);

export interface ReceivedScreenProps extends Common {
  readonly received: ReceivedView;
  /** Name of the sender, where it is known. */
  readonly fromName: string | undefined;
  /** The sender's address only looks like a known one. */
  readonly suspicious: boolean;
}

/** One thing that has arrived, as far as it can be seen from here. */
export function ReceivedScreen(props: ReceivedScreenProps) {
  const { received, fromName, unit, network, suspicious } = props;
  const { from, hash, units, atMs } = received;
  return (
    <Page
      body="text"
      header={<Header title={t('activity.title')} back={{ label: t('action.back'), onPress: props.onBack }} />}
    >
      <div className="grid gap-5">
        <Head state="received" units={BigInt(units)} unit={unit}>
          {t('activity.received.seen', { atMs })}
        </Head>
        {suspicious && (
          <Note tone="danger" title={t('activity.suspicious.title')}>
            {t('activity.suspicious.text')}
          </Note>
        )}
        {from === null ? (
          <Note tone="neutral" title={t('activity.sender-unknown')} />
        ) : (
          <Party label={t('activity.sender')} name={fromName} address={from} />
        )}
        <dl className="grid gap-2">
          <Fact label={t('activity.amount')}>
            <bdi>{amountWithUnit(BigInt(units), unit.symbol, exactUnit(unit.decimals))}</bdi>
          </Fact>
          <Fact label={t('activity.network')}>{network.name}</Fact>
          {hash !== null && <Hash hash={hash} onCopy={props.onCopyHash} />}
        </dl>
        <Explorer url={props.explorerUrl} />
      </div>
    </Page>
  );
}

interface HeadProps {
  readonly state: ActivityState | 'received';
  readonly units: bigint;
  readonly unit: Unit;
  readonly children: ReactNode;
}

function Head({ state, units, unit, children }: HeadProps) {
  return (
    <div className="grid justify-items-center gap-2 pt-2 text-center">
      <ActivityDisc state={state} size={48} />
      <Amount
        look="display"
        wei={units}
        symbol={unit.symbol}
        decimals={unit.decimals}
        signed={state === 'received' ? 'always' : 'negative'}
      />
      <p className="text-ink-2 text-small" aria-live="polite">
        {children}
      </p>
    </div>
  );
}

interface PartyProps {
  readonly label: string;
  readonly name: string | undefined;
  readonly address: string;
}

function Party({ label, name, address }: PartyProps) {
  return (
    <Card className="grid gap-2 p-3.5">
      <span className="flex justify-between gap-3 text-ink-2 text-small">
        {label} {name !== undefined && <bdi className="text-ink [overflow-wrap:anywhere]">{name}</bdi>}
      </span>
      <span className="flex flex-wrap items-center gap-3">
        <Identicon address={address} size={36} />
        <AddressBlock address={address} />
      </span>
    </Card>
  );
}

function Hash({ hash, onCopy }: { readonly hash: string; readonly onCopy: () => void }) {
  return (
    <Fact label={t('activity.hash')}>
      <span className="inline-flex items-center gap-1">
        <bdi dir="ltr" className="font-mono font-normal" title={hash}>
          {hash.slice(0, 8)}…{hash.slice(-6)}
        </bdi>
        <IconButton label={t('action.copy')} onClick={onCopy} className="-my-2 -me-2.5">
          <Copy aria-hidden="true" size={16} />
        </IconButton>
      </span>
    </Fact>
  );
}

function Explorer({ url }: { readonly url: string | null }) {
  if (url === null) return null;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex min-h-10 items-center justify-center gap-2 rounded-small px-3 font-label text-accent-text text-body hover:underline"
    >
      <ExternalLink aria-hidden="true" size={16} />
      {t('activity.explorer')}
    </a>
  );
}
