import { BookUser } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ActivityDisc, type ActivityState } from '@/components/wallet/ActivityRow';
import { AddressLine } from '@/components/wallet/AddressLine';
import { exactUnit } from '@/components/wallet/units';
import type { SendQuote } from '@/lib/bus/protocol';
import { statedAmount, t } from '@/lib/i18n';
import type { Asset } from './asset';

export interface SentScreenProps {
  readonly state: ActivityState;
  readonly quote: Pick<SendQuote, 'valueWei' | 'to'>;
  readonly asset: Pick<Asset, 'symbol' | 'decimals'>;
  /** Null where the recipient has a name already. */
  readonly onSaveContact: (() => void) | null;
  readonly onDone: () => void;
}

/** It is sent: on its way, arrived, or what else came of it. */
export function SentScreen({ state, quote, asset, onSaveContact, onDone }: SentScreenProps) {
  const footer = (
    <Button variant="primary" onClick={onDone}>
      {t('action.done')}
    </Button>
  );
  return (
    <Page place="middle" header={<Header title={t('send.title')} />} footer={footer}>
      <div className="grid justify-items-center gap-6 pb-10" aria-live="polite">
        <ActivityDisc state={state} size={72} />
        <Lead level="section" title={t(`send.sent.${state}`)}>
          {t(`send.sent.${state}.text`)}
        </Lead>
        <p className="text-center font-medium text-body">
          <bdi>{statedAmount(BigInt(quote.valueWei), asset.symbol, exactUnit(asset.decimals))}</bdi>
          <span className="block text-ink-2">
            <AddressLine address={quote.to} />
          </span>
        </p>
        {onSaveContact !== null && (
          <Button size="small" icon={<BookUser aria-hidden="true" size={16} />} onClick={onSaveContact}>
            {t('send.save-contact')}
          </Button>
        )}
      </div>
    </Page>
  );
}
