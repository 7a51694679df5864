import { lazy, Suspense, useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { toWallet } from '@/components/hooks/use-place';
import { walletOf } from '@/components/screens/shared/own-accounts';
import { useOpenScan, useScanPlace } from '@/components/screens/shared/use-scan';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { paymentsOf } from '@/lib/chains/payments';
import { useWallet } from '@/lib/state/use-wallet';
import { Contacts } from '../contacts';
import { assetsOf } from './asset';
import { checkedRecipient, peopleOf } from './people';
import { ReviewSheet } from './Review';
import { fillRequest, requestProblem } from './request';
import { type SendDraft, SendScreen } from './Screen';
import { SentScreen } from './Sent';
import { scanProblem } from './scan-problem';
import { feeProblem, isFieldError, type SendErrors, sendErrors } from './send-errors';
import { type Prepared, useSend } from './use-send';

/** With what reads codes, which nobody loads who scans none. */
const Scan = lazy(async () => ({ default: (await import('../scan')).Scan }));

export interface SendMoneyProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  /** What it begins with. */
  readonly initial: SendDraft;
  readonly onDone: () => void;
}

export function SendMoney({ snapshot, account, initial, onDone }: SendMoneyProps) {
  const { call } = useWallet();
  const { network } = snapshot;
  const { draft, found, looking, quote, fees, error, change, check, prepare, keepNow, giveUp } = useSend(
    account,
    network,
    initial,
  );
  const scanning = useScanPlace();
  const openScan = useOpenScan(() => keepNow(draft));
  const [reviewed, setReviewed] = useState<Prepared | null>(null);
  const [hash, setHash] = useState<string>();
  /** The address book is open; with an address, to add it. */
  const [book, setBook] = useState<{ readonly address: string | null } | null>(null);
  const send = useAction(async (quoteId: string) => {
    const { hash: sent } = await call('send.confirm', { quoteId });
    // A device is asked first, on a page of its own.
    if (sent === null) onDone();
    else setHash(sent);
  });
  // Leaving a field asks, too, but must not change the button: it is left by pressing that button.
  const review = useAction(async () => {
    const answer = await prepare(draft);
    if (answer !== null) setReviewed(answer);
  });
  // What is sent stays what it is, also when another page hides it meanwhile.
  const assets = assetsOf(snapshot, account, draft.token);
  const asset = assets.find((one) => one.token === draft.token);
  // Another page looks at another network now, and what was to be sent is not there.
  useEffect(() => {
    if (asset === undefined) onDone();
  });
  if (asset === undefined) return null;

  if (book !== null) return <Contacts snapshot={snapshot} adding={book.address} onBack={() => setBook(null)} />;
  if (hash !== undefined && reviewed !== null) {
    const recipient = checkedRecipient({ address: reviewed.quote.to, name: null }, snapshot, account);
    const payment = paymentsOf(snapshot.activity).find(({ wanted }) => wanted.hash === hash);
    const unnamed = recipient.who.kind === 'new' || recipient.who.kind === 'known';
    return (
      <SentScreen
        state={payment?.state ?? 'pending'}
        quote={reviewed.quote}
        asset={asset}
        onSaveContact={unnamed ? () => setBook({ address: reviewed.quote.to }) : null}
        onDone={onDone}
      />
    );
  }
  const { chainId } = network;
  const known = { network, networks: snapshot.networks, assets };
  const type = (typed: SendDraft) => {
    const next = typed.to === draft.to ? typed : fillRequest(typed, known);
    change(next);
    if (isChosen(draft, next)) check(next);
  };
  if (scanning?.coin === null)
    return (
      <Suspense>
        <Scan
          problemOf={(text) => scanProblem(text, known, (to) => call('recipient.find', { chainId, text: to }))}
          onText={(to) => {
            type({ ...draft, to });
            toWallet();
          }}
          onBack={toWallet}
        />
      </Suspense>
    );
  const unfilled = requestProblem(draft.to, known);
  const refused: SendErrors = error === null ? {} : sendErrors(error, { ...draft, network, unit: asset });
  const errors = unfilled === undefined ? refused : { to: unfilled };
  const recipient = found === null ? null : checkedRecipient(found, snapshot, account);
  return (
    <>
      <SendScreen
        network={network}
        assets={assets}
        asset={asset}
        people={peopleOf(snapshot, account)}
        draft={draft}
        recipient={recipient}
        looking={looking}
        errors={errors}
        feeProblem={feeProblem(error)}
        problem={error !== null && !isFieldError(error) ? error : null}
        quote={quote}
        fees={quote ?? fees}
        watchOnly={walletOf(snapshot, account)?.type === 'watch'}
        checking={review.busy}
        onDraft={type}
        onScan={() => void openScan(null)}
        onLeave={() => quote === null && error === null && check(draft)}
        onContacts={() => setBook({ address: null })}
        onReview={review.run}
        onBack={() => {
          giveUp();
          onDone();
        }}
      />
      {reviewed !== null && (
        <ReviewSheet
          open
          quote={reviewed.quote}
          recipient={checkedRecipient({ address: reviewed.quote.to, name: reviewed.name }, snapshot, account)}
          asset={asset}
          network={network}
          sending={send.busy}
          error={send.error}
          onSend={() => send.run(reviewed.quote.quoteId)}
          onClose={() => setReviewed(null)}
        />
      )}
    </>
  );
}

const WHOLE_ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** A change that was chosen, or an address that is whole: nobody types on, so it is checked at once. */
function isChosen(before: SendDraft, next: SendDraft): boolean {
  const isWhole = next.to !== before.to && WHOLE_ADDRESS.test(next.to.trim());
  return isWhole || next.fee !== before.fee || (next.everything && !before.everything);
}
