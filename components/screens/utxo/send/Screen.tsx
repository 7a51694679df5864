import { Coins, Plus, ScanQrCode, Trash2 } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/Button';
import { Card, Group, Row, RowList } from '@/components/ui/Card';
import { Field } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { AddressLine } from '@/components/wallet/AddressLine';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { CoinView, FeesView, UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { coinAmount } from '../parts/amounts';
import { Refused } from '../parts/Refused';
import { EMPTY_RECIPIENT, type SendRecipient, withRecipient } from './draft';
import { CoinFeePart } from './FeePart';
import { SentAmounts } from './SentAmounts';

/** What is known of a recipient beside what was typed. */
export interface RecipientFacts {
  /** The address that a text has led to; null before. */
  readonly address: string | null;
  /** What a request says of itself; null where it says nothing. */
  readonly says: string | null;
  readonly toError: string | undefined;
  readonly amountError: string | undefined;
  /** An old form of Bitcoin Cash, of which nobody has said yet what it is. */
  readonly asksLegacy: boolean;
}

export interface CoinSendScreenProps {
  readonly coin: Pick<CoinView, 'coin' | 'name' | 'symbol'>;
  /** What a payment can take now, in the smallest unit; null while nobody has told. */
  readonly spendable: string | null;
  readonly draft: UtxoSendDraft;
  /** One for each recipient of the draft. */
  readonly facts: readonly RecipientFacts[];
  readonly picked: { readonly count: number; readonly amount: string } | null;
  /** Null while it is asked for, and where it cannot be. */
  readonly fees: FeesView | null;
  readonly feeError: string | undefined;
  /** Why it cannot be paid, where that is no matter of one amount. */
  readonly coinsError: string | undefined;
  readonly problem: ErrorFacts | null;
  readonly quote: UtxoQuote | null;
  readonly checking: boolean;
  readonly onDraft: (draft: UtxoSendDraft) => void;
  /** A field was left: the moment to check it. */
  readonly onLeave: () => void;
  readonly onLegacyMeant: (place: number) => void;
  readonly onPickCoins: () => void;
  /** @param place of the recipient, from 0 */
  readonly onScan: (place: number) => void;
  readonly onReview: () => void;
  readonly onBack: () => void;
}

const MOST_RECIPIENTS = 50;

/** Whom, how much, out of which coins, at which fee. */
export function CoinSendScreen(props: CoinSendScreenProps) {
  const { coin, spendable, draft, picked, coinsError, problem, quote, checking, onDraft, onReview, onBack } = props;
  const { recipients } = draft;
  const footer = (
    <Button type="submit" variant="primary" busyLabel={checking ? t('send.checking') : undefined}>
      {t('send.review')}
    </Button>
  );
  return (
    <Page
      header={
        <Header title={u('send.title', { symbol: coin.symbol })} back={{ label: t('action.back'), onPress: onBack }} />
      }
      footer={footer}
      onSubmit={onReview}
    >
      <div className="grid gap-4">
        {spendable !== null && (
          <p className="text-ink-2 text-small tabular-nums">
            {t('send.you-have', { amount: coinAmount(spendable, coin.symbol) })}
          </p>
        )}
        {recipients.map((recipient, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recipient is its place
          <Recipient key={place} {...props} recipient={recipient} place={place} />
        ))}
        {recipients.length < MOST_RECIPIENTS && (
          <Button
            size="small"
            icon={<Plus aria-hidden="true" size={16} />}
            onClick={() => onDraft({ ...draft, recipients: [...recipients, EMPTY_RECIPIENT] })}
            className="justify-self-start"
          >
            {u('send.add')}
          </Button>
        )}
        <RowList>
          <Row
            leading={<Coins aria-hidden="true" size={18} />}
            title={u('send.coins')}
            detail={
              picked === null
                ? u('send.coins.auto')
                : u('send.coins.picked', { count: picked.count, amount: coinAmount(picked.amount, coin.symbol) })
            }
            end="chevron"
            onPress={props.onPickCoins}
          />
        </RowList>
        {coinsError !== undefined && (
          <div role="alert">
            <Note tone="warn" title={coinsError} />
          </div>
        )}
        <CoinFeePart {...props} fee={draft.fee} onFee={(fee) => onDraft({ ...draft, fee })} />
        {problem !== null && <Refused coin={coin.coin} error={problem} />}
        {quote !== null && <SentAmounts quote={quote} symbol={coin.symbol} />}
      </div>
    </Page>
  );
}

type RecipientProps = CoinSendScreenProps & { readonly recipient: SendRecipient; readonly place: number };

function Recipient(props: RecipientProps) {
  const { coin, draft, facts, recipient, place, onDraft, onLeave, onScan } = props;
  const { address = null, says = null, toError, amountError, asksLegacy = false } = facts[place] ?? {};
  const { recipients } = draft;
  const several = recipients.length > 1;
  const set = (more: Partial<SendRecipient>) => onDraft(withRecipient(draft, place, more));
  const remove = several && (
    <IconButton
      label={u('send.remove', { place: place + 1 })}
      onClick={() => onDraft({ ...draft, recipients: recipients.toSpliced(place, 1) })}
      className="-my-2"
    >
      <Trash2 aria-hidden="true" size={16} />
    </IconButton>
  );
  return (
    <Group label={several ? u('send.recipient', { place: place + 1 }) : t('send.to')} aside={remove}>
      <Card className="grid gap-3 p-3.5">
        <Field
          label={t('contacts.address')}
          value={recipient.to}
          onValue={(to) => set({ to })}
          onBlur={onLeave}
          error={toError}
          hint={<Found typed={recipient.to} address={address} />}
          trailing={
            <IconButton label={t('scan.title')} onClick={() => onScan(place)}>
              <ScanQrCode aria-hidden="true" size={18} />
            </IconButton>
          }
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={place === 0}
          className="font-mono text-small!"
        />
        {asksLegacy && <LegacyQuestion {...props} onNo={() => set({ to: '' })} />}
        {says !== null && (
          <Note tone="neutral" title={u('send.request.theirs')}>
            <bdi>{u('send.request', { label: says })}</bdi>
          </Note>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <Field
            label={`${t('send.amount')}, ${coin.symbol}`}
            value={recipient.everything ? '' : recipient.amount}
            placeholder={recipient.everything ? u('send.max.on') : '0'}
            onValue={(amount) => set({ amount: amount.replace(',', '.'), everything: false })}
            onBlur={onLeave}
            error={amountError}
            inputMode="decimal"
            autoComplete="off"
            dir="ltr"
            className="tabular-nums"
          />
          <Button
            aria-pressed={recipient.everything}
            onClick={() => set({ amount: '', everything: !recipient.everything })}
            className="mt-7"
          >
            {t('send.max')}
          </Button>
        </div>
      </Card>
    </Group>
  );
}

/** What the typed text has led to, where that is not the text itself. */
function Found({ typed, address }: { readonly typed: string; readonly address: string | null }) {
  if (address === null || address === typed.trim()) return <p className="text-ink-2 text-small">{u('send.to.hint')}</p>;
  return (
    <p className="text-ink-2 text-small">
      {u('send.leads-to')} <AddressLine address={address} />
    </p>
  );
}

function LegacyQuestion({ place, onLegacyMeant, onNo }: RecipientProps & { readonly onNo: () => void }) {
  return (
    <div className="grid gap-2">
      <Note tone="warn" title={u('send.legacy.title')}>
        {u('send.legacy.text')}
      </Note>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={onNo}>
          {u('send.legacy.no')}
        </Button>
        <Button size="small" onClick={() => onLegacyMeant(place)}>
          {u('send.legacy.yes')}
        </Button>
      </div>
    </div>
  );
}
