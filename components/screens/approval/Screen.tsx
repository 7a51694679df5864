import { useState } from 'react';
import { Consent } from '@/components/ui/Consent';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { FeeChoice } from '@/lib/bus/protocol';
import type { Review, ReviewChoice } from '@/lib/bus/review';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { FeeFieldProblem } from '../send/FeePart';
import { reviewText } from './deed-text';
import { type ApprovalAccount, ApprovalFooter, ApprovalFrame, type ApprovalQueue, hostOf } from './Frame';
import { RawDetails, RiskNotes } from './Parts';
import { isDangerous, needsConsent } from './risks';
import { AddChainBody, ConnectBody, SwitchChainBody, WatchAssetBody } from './SettingBodies';
import { MessageBody, SignInBody, TypedDataBody } from './SignatureBodies';
import { TransactionBody } from './TransactionBody';

export interface ApprovalScreenProps {
  readonly review: Review;
  /** The account that is asked; null where none is. */
  readonly account: ApprovalAccount | null;
  /** Whether a device signs for it. */
  readonly onDevice: boolean;
  /** For a connect: all that can be chosen, and which are ticked at first. */
  readonly accounts: readonly ApprovalAccount[];
  readonly chosenAtFirst: readonly string[];
  readonly queue: ApprovalQueue;
  /** `working`: a change of fee or limit is being understood anew. */
  readonly state: 'asking' | 'working' | 'signing';
  readonly error: ErrorFacts | null;
  readonly fee: FeeChoice;
  readonly feeProblem: FeeFieldProblem | null;
  readonly onFee: (fee: FeeChoice) => void;
  /** Units of the token, or null for what the site asked. */
  readonly onAllowance: (units: string | null) => void;
  /** Only what is shown: the review's digest goes with it. */
  readonly onApprove: (choice: ReviewChoice) => void;
  readonly onReject: () => void;
  readonly onRejectAll: () => void;
}

const UNSIGNABLE: ErrorFacts = { code: 'device-unsupported', details: { reason: 'typed-data' } };

/** One request of a site. Give it the request's key as `key`: what was ticked belongs to one request. */
export function ApprovalScreen(props: ApprovalScreenProps) {
  const { review, account, onDevice, chosenAtFirst, queue, state, error, onApprove, onReject, onRejectAll } = props;
  const [consented, setConsented] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(chosenAtFirst));
  const { asker, risks, raw, digest } = review;
  const danger = isDangerous(risks);
  const asksConsent = needsConsent(risks);
  const { title, action } = reviewText(review, hostOf(asker.origin));
  const isConnect = review.kind === 'connect';
  const chain = review.chain;
  // Named values of before EIP-712 have no hashes that a device could show.
  const isUnsignable = onDevice && review.kind === 'typed-data' && review.hashes === null;
  const isShort = review.kind === 'transaction' && review.fees.tooLittle;
  const disabled = (asksConsent && !consented) || (isConnect && chosen.size === 0) || isShort || isUnsignable;
  const problem = error ?? (isUnsignable ? UNSIGNABLE : null);
  const busy = { asking: undefined, working: t('approval.working'), signing: t('approval.signing') }[state];
  return (
    <ApprovalFrame
      account={account}
      chain={chain}
      asker={asker}
      queue={queue}
      title={title}
      footer={
        <ApprovalFooter
          danger={danger}
          action={isConnect ? t('approval.action.connect', { count: chosen.size }) : action}
          disabled={disabled}
          busyLabel={busy}
          digest={digest}
          queue={queue}
          onApprove={() => onApprove(isConnect ? { accounts: [...chosen] } : {})}
          onReject={onReject}
          onRejectAll={onRejectAll}
        />
      }
    >
      <RiskNotes risks={risks.filter(({ kind }) => kind !== 'embedded')} />
      <Body {...props} chosen={chosen} onChosen={setChosen} />
      {problem !== null && <ErrorNote error={problem} />}
      {(raw.length > 0 || !isConnect) && <RawDetails raw={raw} digest={digest} />}
      {asksConsent && (
        <Consent checked={consented} onChecked={setConsented}>
          {t('approval.consent')}
        </Consent>
      )}
    </ApprovalFrame>
  );
}

type BodyProps = ApprovalScreenProps & {
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
};

function Body({ review, onDevice, accounts, chosen, onChosen, fee, feeProblem, onFee, onAllowance }: BodyProps) {
  switch (review.kind) {
    case 'connect':
      return <ConnectBody accounts={accounts} chosen={chosen} onChosen={onChosen} />;
    case 'transaction':
      return <TransactionBody {...{ review, fee, feeProblem, onFee, onAllowance }} />;
    case 'message':
      return <MessageBody review={review} />;
    case 'sign-in':
      return <SignInBody review={review} />;
    case 'typed-data':
      return <TypedDataBody review={review} onDevice={onDevice} />;
    case 'watch-asset':
      return <WatchAssetBody review={review} />;
    case 'add-chain':
      return <AddChainBody review={review} />;
    case 'switch-chain':
      return <SwitchChainBody review={review} />;
    default:
      return review satisfies never;
  }
}
