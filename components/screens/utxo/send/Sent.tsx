import { Button } from '@/components/ui/Button';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ActivityDisc } from '@/components/wallet/ActivityRow';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';

export interface CoinSentScreenProps {
  readonly symbol: string;
  /** What left, with its unit. */
  readonly amount: string;
  readonly txid: string;
  readonly onDone: () => void;
}

/** It is handed over to the network. */
export function CoinSentScreen({ symbol, amount, txid, onDone }: CoinSentScreenProps) {
  return (
    <Page
      place="middle"
      header={<Header title={u('send.title', { symbol })} />}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('action.done')}
        </Button>
      }
    >
      <div className="grid justify-items-center gap-6 pb-10" aria-live="polite">
        <ActivityDisc state="pending" size={72} />
        <Lead level="section" title={u('sent.title')}>
          {u('sent.text')}
        </Lead>
        <p className="grid gap-1 text-center font-medium text-body">
          <bdi>{amount}</bdi>
          <bdi dir="ltr" className="font-mono text-ink-2 text-small" title={txid}>
            {txid.slice(0, 8)}…{txid.slice(-6)}
          </bdi>
        </p>
      </div>
    </Page>
  );
}
