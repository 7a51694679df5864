import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { accountInUse, accountsOf, canSend, walletOf } from '@/components/screens/shared/own-accounts';
import { Button } from '@/components/ui/Button';
import { Spinner } from '@/components/ui/Spinner';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ReviewWish } from '@/lib/bus/dapp';
import type { FeeChoice } from '@/lib/bus/protocol';
import type { Review } from '@/lib/bus/review';
import type { RequestView } from '@/lib/bus/sites';
import type { AccountView, Snapshot } from '@/lib/bus/snapshot';
import { amountText } from '@/lib/chains/amount';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { feeProblem } from '../send/send-errors';
import { GoneApproval, LockedApproval, PhishingBlock } from './EndScreens';
import { type ApprovalAccount, ApprovalFrame, type ApprovalQueue } from './Frame';
import { ApprovalScreen } from './Screen';
import { useReview } from './use-review';

export interface ApprovalProps {
  readonly snapshot: Snapshot;
}

/** What sites wait for, one request after the other, the oldest first. */
export function Approval({ snapshot }: ApprovalProps) {
  const [request] = snapshot.requests;
  if (request === undefined) return <GoneApproval onClose={() => window.close()} />;
  const queue = { place: 1, total: snapshot.requests.length };
  return <Request key={request.key} snapshot={snapshot} request={request} queue={queue} />;
}

/** Before the wallet is open: that somebody waits, and no more. */
export function LockedRequests({ onUnlock }: { readonly onUnlock: () => void }) {
  const { call } = useWallet();
  return (
    <LockedApproval onUnlock={onUnlock} onReject={() => void call('requests.reject-all', {}).catch(() => undefined)} />
  );
}

const AS_ASKED: ReviewWish = { fee: null, allowance: null };

interface RequestProps extends ApprovalProps {
  readonly request: RequestView;
  readonly queue: ApprovalQueue;
}

function Request({ snapshot, request, queue }: RequestProps) {
  const { call } = useWallet();
  const { key } = request;
  const [wish, setWish] = useState(AS_ASKED);
  const [seenPhishing, setSeenPhishing] = useState(false);
  const { review, error, working, again } = useReview(key, wish);
  const approve = useAction(async (digest: string, choice: { accounts?: string[] }) => {
    try {
      await call('requests.confirm', { key, digest, choice });
    } catch (refused) {
      // Something else by now: it is shown again.
      again();
      throw refused;
    }
  });
  const reject = () => void call('requests.reject', { key }).catch(() => undefined);
  const rejectAll = () => void call('requests.reject-all', {}).catch(() => undefined);
  const asker = { origin: request.origin, topOrigin: request.topOrigin };
  if (review === null) {
    return (
      <ApprovalFrame
        account={null}
        chain={null}
        asker={asker}
        queue={queue}
        title={t('approval.working')}
        footer={<Button onClick={reject}>{t('approval.reject')}</Button>}
      >
        {error === null ? <Spinner /> : <ErrorNote error={error} />}
        {error !== null && <Button onClick={again}>{t('action.try-again')}</Button>}
      </ApprovalFrame>
    );
  }
  if (!seenPhishing && review.risks.some(({ kind }) => kind === 'phishing-site'))
    return <PhishingBlock asker={asker} queue={queue} onReject={reject} onShow={() => setSeenPhishing(true)} />;
  const account = accountOf(snapshot, review);
  const signing = accountsOf(snapshot).filter((account) => canSend(snapshot, account));
  return (
    <ApprovalScreen
      review={review}
      account={account}
      onDevice={account !== null && walletOf(snapshot, account)?.type === 'hardware'}
      accounts={signing}
      chosenAtFirst={chosenAtFirst(snapshot, signing)}
      queue={queue}
      state={approve.busy ? 'signing' : working ? 'working' : 'asking'}
      error={approve.error ?? (error?.code === 'bad-fee' ? null : error)}
      fee={feeOf(review, wish)}
      feeProblem={feeProblem(error)}
      onFee={(fee) => setWish({ ...wish, fee })}
      onAllowance={(allowance) => setWish({ ...wish, allowance })}
      onApprove={(choice) => void approve.run(review.digest, choice)}
      onReject={reject}
      onRejectAll={rejectAll}
    />
  );
}

function accountOf(snapshot: Snapshot, review: Review): AccountView | null {
  if (!('account' in review)) return null;
  const same = review.account.toLowerCase();
  return accountsOf(snapshot).find(({ address }) => address.toLowerCase() === same) ?? null;
}

/** The account in use, if it can sign. */
function chosenAtFirst(snapshot: Snapshot, signing: readonly ApprovalAccount[]): readonly string[] {
  const inUse = accountInUse(snapshot);
  const [first] = signing.filter(({ address }) => address === inUse?.address);
  return (first ? [first] : signing.slice(0, 1)).map(({ address }) => address);
}

const GWEI_DECIMALS = 9;

/** What is chosen; the numbers of the site are shown as own numbers. */
function feeOf(review: Review, { fee }: ReviewWish): FeeChoice {
  if (fee !== null) return fee;
  if (review.kind !== 'transaction') return 'normal';
  const { chosen, offer } = review.fees;
  if (chosen !== 'site' && chosen !== 'custom') return chosen;
  const gwei = (wei: string) => amountText(BigInt(wei), GWEI_DECIMALS);
  return { price: gwei(offer.priceWei), tip: gwei(offer.tipWei), gas: offer.gas };
}
