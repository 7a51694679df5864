import { ArrowDownLeft, ArrowUpRight, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ArmingButton } from '@/components/ui/ArmingButton';
import { Button } from '@/components/ui/Button';
import { Card, Fact } from '@/components/ui/Card';
import { Consent } from '@/components/ui/Consent';
import { Sheet } from '@/components/ui/Sheet';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { Identicon } from '@/components/wallet/Identicon';
import { exactUnit, feeUnit } from '@/components/wallet/units';
import type { NetworkView } from '@/lib/bus/networks';
import type { SendQuote } from '@/lib/bus/protocol';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { amountText } from '@/lib/chains/amount';
import { formats, statedAmount, t } from '@/lib/i18n';
import type { Asset } from './asset';
import { type CheckedRecipient, RecipientPill } from './RecipientPart';
import { RiskNote } from './RiskNote';

export interface ReviewSheetProps {
  readonly open: boolean;
  readonly quote: SendQuote;
  readonly recipient: CheckedRecipient;
  readonly asset: Pick<Asset, 'token' | 'symbol' | 'decimals'>;
  readonly network: Pick<NetworkView, 'name' | 'symbol' | 'decimals'>;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

/** What is going to be signed, whole: who, what leaves and arrives, the fee, the details. */
export function ReviewSheet(props: ReviewSheetProps) {
  const { open, quote, recipient, asset, network, sending, error, onSend, onClose } = props;
  const [compared, setCompared] = useState(false);
  const { risk } = recipient;
  const isDangerous = risk !== null && risk.kind !== 'self';
  const amount = statedAmount(BigInt(quote.valueWei), asset.symbol, exactUnit(asset.decimals));
  return (
    <Sheet open={open} onClose={onClose} title={t('send.review.title', { amount })} titlePlace="title">
      <Card className="grid gap-2 p-3.5">
        <span className="flex flex-wrap items-center justify-between gap-2 text-ink-2 text-small">
          {t('send.to')} <RecipientPill recipient={recipient} />
        </span>
        <span className="flex flex-wrap items-center gap-3">
          <Identicon address={quote.to} size={36} />
          <AddressBlock address={quote.to} />
        </span>
        {recipient.name !== null && (
          <span className="text-ink-2 text-small">{t('send.name-of', { name: recipient.name })}</span>
        )}
      </Card>
      <RiskNote recipient={recipient} detail="compare" />
      <Changes quote={quote} asset={asset} network={network} amount={amount} />
      <Details quote={quote} />
      {error !== null && <ErrorNote error={error} />}
      {isDangerous && (
        <Consent checked={compared} onChecked={setCompared}>
          {t('send.risk.consent')}
        </Consent>
      )}
      <p className="text-center text-ink-2 text-small">{t('send.review.final')}</p>
      <div className="grid gap-2">
        <ArmingButton
          variant={isDangerous ? 'risky' : 'primary'}
          onClick={onSend}
          disabled={isDangerous && !compared}
          busyLabel={sending ? t('send.busy') : undefined}
        >
          {t('send.action', { amount })}
        </ArmingButton>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Sheet>
  );
}

type ChangesProps = Pick<ReviewSheetProps, 'quote' | 'asset' | 'network'> & { readonly amount: string };

/** What leaves this account, and what arrives at the other. */
function Changes({ quote, asset, network, amount }: ChangesProps) {
  const own = (wei: string) => statedAmount(BigInt(wei), network.symbol, feeUnit(network.decimals));
  return (
    <Card className="grid gap-2.5 p-3.5">
      <Change
        icon={<ArrowUpRight aria-hidden="true" size={16} className="rtl:-scale-x-100" />}
        label={t('send.review.leaves')}
      >
        {asset.token === null ? (
          <bdi>{own(quote.totalWei)}</bdi>
        ) : (
          <>
            <bdi className="block">{amount}</bdi>
            <bdi className="block">{own(quote.feeWei)}</bdi>
          </>
        )}
      </Change>
      <Change
        icon={<ArrowDownLeft aria-hidden="true" size={16} className="rtl:-scale-x-100" />}
        label={t('send.review.arrives')}
      >
        <bdi>{amount}</bdi>
      </Change>
      <dl className="border-line border-t pt-2.5">
        <Fact label={t('send.fee')}>
          <bdi>{own(quote.feeWei)}</bdi>
        </Fact>
        <Fact label={t('send.review.network')}>{network.name}</Fact>
      </dl>
    </Card>
  );
}

interface ChangeProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
}

function Change({ icon, label, children }: ChangeProps) {
  return (
    <div className="flex items-start gap-2.5 text-small">
      <span className="mt-px text-ink-2">{icon}</span>
      <span className="text-ink-2">{label}</span>
      <span className="ms-auto min-w-0 text-end font-medium tabular-nums">{children}</span>
    </div>
  );
}

const GWEI_DECIMALS = 9;

/** The numbers that nodes are told; always there, closed. */
function Details({ quote: { offer, nonce } }: Pick<ReviewSheetProps, 'quote'>) {
  return (
    <details className="group px-0.5 text-small">
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1 text-ink-2">
        <ChevronRight aria-hidden="true" size={14} className="transition-transform group-open:rotate-90" />
        {t('send.review.details')}
      </summary>
      <dl className="grid gap-1 pt-1.5">
        <Fact label={t('send.review.nonce')}>{formats().number(nonce)}</Fact>
        <Fact label={t('send.review.gas')}>{formats().number(Number(offer.gas))}</Fact>
        <Fact label={t('send.review.price')}>
          <bdi dir="ltr">{amountText(BigInt(offer.priceWei), GWEI_DECIMALS)} gwei</bdi>
        </Fact>
      </dl>
    </details>
  );
}
