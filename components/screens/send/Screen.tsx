import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Card, Row, RowList } from '@/components/ui/Card';
import { Reason } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { Sheet } from '@/components/ui/Sheet';
import { Amount } from '@/components/wallet/Amount';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { TokenIcon } from '@/components/wallet/TokenIcon';
import { exactUnit, shownUnit } from '@/components/wallet/units';
import type { NetworkView } from '@/lib/bus/networks';
import type { FeeChoice, SendQuote } from '@/lib/bus/protocol';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { hasNames } from '@/lib/chains/names';
import { amountWithUnit, statedAmount, t } from '@/lib/i18n';
import { AmountInput } from './AmountInput';
import type { Asset } from './asset';
import { Costs } from './Costs';
import { type FeeFieldProblem, FeePart } from './FeePart';
import type { People } from './people';
import { type CheckedRecipient, RecipientPart } from './RecipientPart';
import { RiskNote } from './RiskNote';
import type { SendErrors } from './send-errors';

/** What is typed. `everything` is the whole balance, less the fee where it is paid from it. */
export interface SendDraft {
  readonly to: string;
  readonly amount: string;
  readonly everything: boolean;
  /** Null for the network's own unit. */
  readonly token: string | null;
  readonly fee: FeeChoice;
}

export interface SendScreenProps {
  readonly network: Pick<NetworkView, 'chainId' | 'name' | 'symbol' | 'decimals'>;
  readonly assets: readonly Asset[];
  readonly asset: Asset;
  readonly people: People;
  readonly draft: SendDraft;
  readonly recipient: CheckedRecipient | null;
  readonly looking: boolean;
  readonly errors: SendErrors;
  readonly feeProblem: FeeFieldProblem | null;
  readonly problem: ErrorFacts | null;
  /** What it would cost, once both fields are right. */
  readonly quote: SendQuote | null;
  /** The last answer about fees. */
  readonly fees: Pick<SendQuote, 'levelFeesWei' | 'offer' | 'feeWei'> | null;
  /** The key of this account is not here. */
  readonly watchOnly: boolean;
  readonly checking: boolean;
  readonly onDraft: (draft: SendDraft) => void;
  /** A field was left: the moment to check it. */
  readonly onLeave: () => void;
  readonly onContacts: () => void;
  readonly onScan: () => void;
  readonly onReview: () => void;
  readonly onBack: () => void;
}

/** Whom, how much, what it costs. */
export function SendScreen(props: SendScreenProps) {
  const { network, asset, people, draft, recipient, looking, errors, problem, quote, fees, watchOnly } = props;
  const { checking, onDraft, onLeave, onReview, onContacts } = props;
  const footer = (
    <Button type="submit" variant="primary" disabled={watchOnly} busyLabel={checking ? t('send.checking') : undefined}>
      {t('send.review')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('send.title')} back={{ label: t('action.back'), onPress: props.onBack }} />}
      footer={footer}
      onSubmit={onReview}
    >
      <div className="grid gap-4">
        {watchOnly && <Note tone="neutral" title={t('send.watch-only')} />}
        <RecipientPart
          text={draft.to}
          checked={recipient}
          namesWork={hasNames(network.chainId)}
          looking={looking}
          error={errors.to}
          people={people}
          onText={(to) => onDraft({ ...draft, to })}
          onPick={(to) => onDraft({ ...draft, to })}
          onLeave={onLeave}
          onContacts={onContacts}
          onScan={props.onScan}
        />
        {recipient !== null && <RiskNote recipient={recipient} />}
        <AmountCard {...props} />
        {problem !== null && <ErrorNote error={problem} />}
        {fees !== null && (
          <FeePart
            fee={draft.fee}
            quote={fees}
            symbol={network.symbol}
            decimals={network.decimals}
            problem={props.feeProblem}
            onFee={(fee) => onDraft({ ...draft, fee })}
          />
        )}
        {quote !== null && <Costs quote={quote} asset={asset} network={network} />}
      </div>
    </Page>
  );
}

/** Whoever was typing an address goes on with the amount once it was found: the field that had the focus is gone. */
function useFocusAfter(found: boolean) {
  const input = useRef<HTMLInputElement>(null);
  const before = useRef(found);
  useEffect(() => {
    if (found && !before.current && document.activeElement === document.body) input.current?.focus();
    before.current = found;
  }, [found]);
  return input;
}

function AmountCard(props: SendScreenProps) {
  const { network, assets, asset, draft, recipient, errors, quote, onDraft, onLeave } = props;
  const [choosing, setChoosing] = useState(false);
  const input = useFocusAfter(recipient !== null);
  const everything = quote === null ? '0' : statedAmount(BigInt(quote.valueWei), '', exactUnit(asset.decimals)).trim();
  return (
    <Card className="px-4 py-4">
      <AmountInput
        ref={input}
        label={t('send.amount')}
        symbol={asset.symbol}
        value={draft.amount}
        placeholder={draft.everything ? everything : '0'}
        invalid={errors.amount !== undefined}
        describedBy="send-amount-help"
        onValue={(amount) => onDraft({ ...draft, amount, everything: false })}
        onLeave={onLeave}
      />
      <div
        id="send-amount-help"
        aria-live="polite"
        className="grid min-h-[18px] justify-items-center text-ink-2 text-small"
      >
        {errors.amount !== undefined ? (
          <Reason>{errors.amount}</Reason>
        ) : (
          draft.everything && t(asset.token === null ? 'send.everything' : 'send.everything.token')
        )}
      </div>
      <div className="mt-3 flex items-center gap-2 border-line border-t pt-3">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-label={t('send.asset', { symbol: asset.symbol })}
          onClick={() => setChoosing(true)}
          className="-ms-2 flex min-h-10 min-w-0 flex-1 items-center gap-3 rounded-small px-2 text-start hover:bg-hover"
        >
          <TokenIcon symbol={asset.symbol} token={asset.token} size={28} />
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-1 font-medium text-small">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {t('send.on', { name: asset.name, network: network.name })}
              </span>
              <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-ink-2" />
            </span>
            {asset.units !== null && (
              <span className="block text-ink-2 text-tiny tabular-nums">
                {t('send.you-have', { amount: amountWithUnit(asset.units, asset.symbol, shownUnit(asset.decimals)) })}
              </span>
            )}
          </span>
        </button>
        <Button
          size="small"
          aria-pressed={draft.everything}
          onClick={() => onDraft({ ...draft, amount: '', everything: true })}
        >
          {t('send.max')}
        </Button>
      </div>
      <Sheet open={choosing} onClose={() => setChoosing(false)} title={t('send.asset.title')}>
        <RowList label={t('send.asset.title')}>
          {assets.map(({ token, symbol, name, decimals, units }) => (
            <Row
              key={token ?? ''}
              leading={<TokenIcon symbol={symbol} token={token} size={32} />}
              title={name}
              trailing={
                <Amount wei={units} symbol={symbol} decimals={decimals} unknownLabel={t('home.balance-unknown')} />
              }
              end={token === asset.token ? 'check' : undefined}
              current={token === asset.token ? 'true' : undefined}
              onPress={() => {
                setChoosing(false);
                onDraft({ ...draft, token, amount: '', everything: false });
              }}
            />
          ))}
        </RowList>
      </Sheet>
    </Card>
  );
}
