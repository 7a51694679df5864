import { lazy, Suspense, useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { toWallet } from '@/components/hooks/use-place';
import { useOpenScan, useScanPlace } from '@/components/screens/shared/use-scan';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { statedCoins } from '../parts/amounts';
import { saveFile } from '../parts/save-file';
import { psbtBytes } from '../psbt/file';
import { askedOf, type OfAccount } from '../shared';
import { useConfirm } from '../use-confirm';
import { useAnswer, useUtxoCall } from '../use-utxo';
import { addressProblem, amountProblem, feeProblem, fundsProblem } from '../words';
import { EMPTY_RECIPIENT, placeOf, withRecipient } from './draft';
import { PickCoinsScreen } from './PickCoins';
import { CoinReviewSheet } from './Review';
import { CoinSendScreen, type RecipientFacts } from './Screen';
import { CoinSentScreen } from './Sent';
import { scanProblem } from './scan-problem';
import { type CheckedText, useCoinSend } from './use-coin-send';

/** With what reads codes, which nobody loads who scans none. */
const Scan = lazy(async () => ({ default: (await import('../../scan')).Scan }));

/** The form, with what was typed before a page was closed over it. */
export function Send(of: OfAccount) {
  const ask = useUtxoCall();
  const [initial, setInitial] = useState<UtxoSendDraft | null>(null);
  const empty = { ...askedOf(of), recipients: [EMPTY_RECIPIENT], fee: 'normal', picked: null } as const;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is fetched once
  useEffect(() => {
    const begin = (kept: UtxoSendDraft | null) => {
      const isSame = kept?.walletId === empty.walletId && kept.coin === empty.coin && kept.account === empty.account;
      setInitial(kept !== null && isSame ? kept : { ...empty, recipients: [EMPTY_RECIPIENT] });
    };
    ask('send.draft', {}).then(
      ({ draft }) => begin(draft),
      () => begin(null),
    );
  }, []);
  return initial === null ? null : <Form {...of} initial={initial} />;
}

function Form({ initial, ...of }: OfAccount & { readonly initial: UtxoSendDraft }) {
  const { coin, account, onBack } = of;
  const ask = useUtxoCall();
  const send = useCoinSend(initial);
  const { draft, quote, error } = send;
  const utxos = useAnswer('utxos.list', askedOf(of)).answer?.utxos ?? null;
  const fees = useAnswer('fees.list', { coin: coin.coin });
  const [picking, setPicking] = useState(false);
  const [reviewed, setReviewed] = useState<UtxoQuote | null>(null);
  const [sent, setSent] = useState<SentFacts | null>(null);
  const leave = () => {
    send.giveUp();
    onBack();
  };
  const review = useAction(async () => setReviewed(await send.prepare(draft)));
  const picked = draft.picked && {
    count: draft.picked.length,
    amount: String(
      (utxos ?? [])
        .filter(({ outpoint }) => draft.picked?.includes(outpoint))
        .reduce((sum, { amount }) => sum + BigInt(amount), 0n),
    ),
  };
  const scanning = useScanPlace()?.coin;
  const openScan = useOpenScan(() => ask('send.keep-draft', { draft }));
  if (scanning?.coin === coin.coin && scanning.account === account.account)
    return (
      <Suspense>
        <Scan
          problemOf={(text) => scanProblem(text, coin.coin, ask)}
          onText={(to) => {
            const place = Math.min(scanning.recipient, draft.recipients.length - 1);
            send.change(withRecipient(draft, place, { to }));
            toWallet();
          }}
          onBack={toWallet}
        />
      </Suspense>
    );
  if (sent !== null) return <CoinSentScreen symbol={coin.symbol} {...sent} onDone={leave} />;
  if (picking)
    return (
      <PickCoinsScreen
        symbol={coin.symbol}
        utxos={utxos}
        picked={draft.picked}
        onPicked={(next) => {
          send.change({ ...draft, picked: next === null ? null : [...next] });
          setPicking(false);
        }}
        onBack={() => setPicking(false)}
      />
    );
  const at = error === null ? null : placeOf(error, draft);
  const isForm = error !== null && at?.at === 'form';
  return (
    <>
      <CoinSendScreen
        coin={coin}
        spendable={account.balance?.spendable ?? null}
        draft={draft}
        facts={draft.recipients.map(({ to }, place) => factsOf(send.texts.get(to), error, { draft, place }))}
        picked={picked}
        fees={fees.answer}
        feeError={error !== null && at?.at === 'fee' ? feeProblem(error.details, fees.answer) : undefined}
        coinsError={error !== null && at?.at === 'coins' ? fundsProblem(error.details) : undefined}
        problem={isForm ? error : fees.error}
        quote={quote}
        checking={review.busy}
        onDraft={send.change}
        onLeave={() => quote === null && error === null && send.check(draft)}
        onLegacyMeant={send.mean}
        onPickCoins={() => setPicking(true)}
        onScan={(recipient) => void openScan({ coin: coin.coin, account: account.account, recipient })}
        onReview={() => void review.run()}
        onBack={leave}
      />
      {reviewed !== null && (
        <Reviewed of={{ ...of, onBack: leave }} quote={reviewed} onSent={setSent} onClose={() => setReviewed(null)} />
      )}
    </>
  );
}

interface SentFacts {
  /** With its unit. */
  readonly amount: string;
  readonly txid: string;
}

interface ReviewedProps {
  readonly of: OfAccount;
  readonly quote: UtxoQuote;
  readonly onSent: (sent: SentFacts) => void;
  readonly onClose: () => void;
}

/** What was prepared, whole; then it is sent, or saved for another signer. */
function Reviewed({ of, quote, onSent, onClose }: ReviewedProps) {
  const { coin, onBack } = of;
  const ask = useUtxoCall();
  const confirm = useConfirm();
  const amount = statedCoins(String(BigInt(quote.total) - BigInt(quote.fee)), coin.symbol);
  const send = useAction(async () => {
    const txid = await confirm(quote);
    if (txid === null) onBack();
    else onSent({ amount, txid });
  });
  const save = useAction(async () => {
    const { psbt } = await ask('psbt.write', { quoteId: quote.quoteId });
    saveFile('unsigned.psbt', psbtBytes(psbt), 'application/octet-stream');
  });
  return (
    <CoinReviewSheet
      quote={quote}
      symbol={coin.symbol}
      title={t('send.review.title', { amount })}
      action={t('send.action', { amount })}
      sending={send.busy}
      error={send.error ?? save.error}
      onConfirm={() => void send.run()}
      onSaveUnsigned={coin.replaceable ? () => void save.run() : null}
      onClose={onClose}
    />
  );
}

/** What stands beside a recipient: whom a text leads to, and why it or the amount is refused. */
function factsOf(
  checked: CheckedText | undefined,
  error: ErrorFacts | null,
  { draft, place }: { readonly draft: UtxoSendDraft; readonly place: number },
): RecipientFacts {
  const at = error === null ? null : placeOf(error, draft);
  const isHere = at !== null && 'place' in at && at.place === place;
  const ofAddress = isHere && at.at === 'to' ? error : (checked?.error ?? null);
  const ofAmount = isHere && at.at === 'amount' ? error : null;
  return {
    address: checked?.address ?? null,
    says: checked?.says ?? null,
    toError: ofAddress === null ? undefined : toText(ofAddress, draft),
    amountError: ofAmount === null ? undefined : amountText(ofAmount, draft),
    asksLegacy: ofAddress?.details.reason === 'maybe-bitcoin',
  };
}

const toText = ({ code, details }: ErrorFacts, { coin }: UtxoSendDraft): string =>
  code === 'bad-amount' ? u('bad-address.amount') : addressProblem(details, coin);
const amountText = ({ code, details }: ErrorFacts, { coin }: UtxoSendDraft): string =>
  code === 'insufficient-funds' ? fundsProblem(details) : amountProblem(details, coin);
