import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useOnce } from '@/components/hooks/use-once';
import { useNowMs } from '@/components/hooks/use-time';
import { accountAt, accountsOf, walletOf } from '@/components/screens/shared/own-accounts';
import { useToaster } from '@/components/ui/Toast';
import type { SendQuote } from '@/lib/bus/protocol';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { lookAlikeOf } from '@/lib/chains/look-alike';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { explorerUrlOf } from './explorer';
import { isUnderWay, itemsOf, knownName, type SentPayment } from './items';
import { ReplaceSheet } from './ReplaceSheet';
import { ReceivedScreen, SentPaymentScreen } from './Screen';

export interface ActivityDetailsProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  /** Of an `ActivityItem`. */
  readonly id: string;
  readonly onBack: () => void;
}

const LONG_MS = 5 * 60_000;

export function ActivityDetails({ snapshot, account, id, onBack }: ActivityDetailsProps) {
  const { show } = useToaster();
  const item = itemsOf(snapshot, account).find((one) => one.id === id);
  if (item === undefined) return null;
  const { network } = snapshot;
  const copy = async (hash: string) => {
    await navigator.clipboard.writeText(hash);
    show(t('activity.hash-copied'));
  };
  const hash = item.kind === 'sent' ? item.payment.current.hash : item.received.hash;
  const common = {
    unit: item.unit,
    network,
    explorerUrl: explorerUrlOf(network.explorerUrl, hash),
    onCopyHash: () => hash !== null && copy(hash).catch(() => undefined),
    onBack,
  };
  if (item.kind === 'sent') return <Sent {...common} snapshot={snapshot} payment={item.payment} />;
  const { from } = item.received;
  const known = [...accountsOf(snapshot), ...snapshot.contacts];
  return (
    <ReceivedScreen
      {...common}
      received={item.received}
      fromName={from === null ? undefined : knownName(snapshot, from)}
      suspicious={from !== null && lookAlikeOf(from, known) !== null}
    />
  );
}

interface SentProps {
  readonly snapshot: Snapshot;
  readonly payment: SentPayment;
  readonly unit: { readonly symbol: string; readonly decimals: number };
  readonly network: Snapshot['network'];
  readonly explorerUrl: string | null;
  readonly onCopyHash: () => void;
  readonly onBack: () => void;
}

function Sent({ snapshot, payment, ...common }: SentProps) {
  const [replacing, setReplacing] = useState<'speed-up' | 'cancel' | null>(null);
  const { wanted, current } = payment;
  const longAtMs = wanted.atMs + LONG_MS;
  const nowMs = useNowMs(isUnderWay(payment) ? longAtMs : null);
  const canSign = walletOf(snapshot, wanted.account)?.type !== 'watch';
  return (
    <>
      <SentPaymentScreen
        {...common}
        payment={payment}
        fromName={accountAt(snapshot, wanted.account)?.name ?? ''}
        toName={knownName(snapshot, wanted.to)}
        waitsLong={payment.state === 'pending' && nowMs >= longAtMs}
        onReplace={isUnderWay(payment) && canSign ? setReplacing : null}
      />
      {replacing !== null && (
        <Replace
          how={replacing}
          hash={current.hash}
          feeBeforeWei={BigInt(current.feeWei)}
          network={common.network}
          onClose={() => setReplacing(null)}
        />
      )}
    </>
  );
}

interface ReplaceProps {
  readonly how: 'speed-up' | 'cancel';
  readonly hash: string;
  readonly feeBeforeWei: bigint;
  readonly network: Snapshot['network'];
  readonly onClose: () => void;
}

/** Asks for the price once, when it opens. */
function Replace({ how, hash, feeBeforeWei, network, onClose }: ReplaceProps) {
  const { call } = useWallet();
  const [quote, setQuote] = useState<SendQuote | null>(null);
  // What is replaced is what was pending when the sheet was opened, whatever became of it since.
  const [asked] = useState({ hash, how, feeBeforeWei });
  const { run: prepare, error: refusal } = useAction(async () =>
    setQuote(await call('send.replace', { hash: asked.hash, how: asked.how })),
  );
  const send = useAction(async (quoteId: string) => {
    await call('send.confirm', { quoteId });
    onClose();
  });
  // Once: another answer would change what is looked at.
  useOnce(() => void prepare());
  return (
    <ReplaceSheet
      how={how}
      feeBeforeWei={asked.feeBeforeWei}
      network={network}
      quote={send.error === null ? quote : null}
      sending={send.busy}
      error={send.error ?? refusal}
      onConfirm={() => quote !== null && send.run(quote.quoteId)}
      onClose={onClose}
    />
  );
}
