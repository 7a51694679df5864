import { useCallback, useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { canSend, refOf } from '@/components/screens/shared/own-accounts';
import type { AllowanceView } from '@/lib/bus/allowances';
import type { FeeChoice, SendQuote } from '@/lib/bus/protocol';
import type { AccountRef, AccountView, Snapshot } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { RevokeSheet } from './RevokeSheet';
import { AllowancesScreen, keyOf, type NetworkAllowances } from './Screen';

export interface AllowancesProps {
  readonly snapshot: Snapshot;
  readonly account: AccountView;
  readonly onBack: () => void;
}

/** One whose end was sent, and by which transaction. */
interface Ending {
  readonly allowance: AllowanceView;
  readonly hash: string;
}

export function Allowances({ snapshot, account, onBack }: AllowancesProps) {
  const networks = snapshot.networks.filter(({ hidden }) => !hidden);
  const { answers, ask } = useAllowances(
    refOf(account),
    networks.map(({ chainId }) => chainId),
  );
  const [chosen, setChosen] = useState<AllowanceView | null>(null);
  const [endings, setEndings] = useState<readonly Ending[]>([]);
  const isOver = ({ hash }: Ending) => snapshot.activity.some((one) => one.hash === hash && one.state !== 'pending');
  const over = endings.filter(isOver);
  // What has come to an end is asked of the chain again, whatever became of it.
  useEffect(() => {
    if (over.length === 0) return;
    setEndings((before) => before.filter((one) => !over.includes(one)));
    for (const chainId of new Set(over.map(({ allowance }) => allowance.place.chainId))) ask(chainId);
  }, [over, ask]);
  const network = networks.find(({ chainId }) => chainId === chosen?.place.chainId);
  return (
    <>
      <AllowancesScreen
        accountName={account.name}
        networks={networks.map(({ chainId, name }) => ({ chainId, name, answer: answers[chainId] ?? 'asking' }))}
        ending={new Set(endings.map(({ allowance }) => keyOf(allowance)))}
        onAllowance={canSend(snapshot, account) ? setChosen : null}
        onAgain={ask}
        onBack={onBack}
      />
      {chosen !== null && network !== undefined && (
        <Revoke
          account={refOf(account)}
          allowance={chosen}
          network={network}
          onSent={(hash) => {
            setEndings((before) => [...before, { allowance: chosen, hash }]);
            setChosen(null);
          }}
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
}

type Answers = Readonly<Record<number, NetworkAllowances['answer']>>;

/** What each network says, asked when it opens and again when it is wanted. */
function useAllowances({ walletId, index }: AccountRef, chainIds: readonly number[]) {
  const { call } = useWallet();
  const [answers, setAnswers] = useState<Answers>({});
  const ask = useCallback(
    (chainId: number) => {
      const put = (answer: NetworkAllowances['answer']) => setAnswers((before) => ({ ...before, [chainId]: answer }));
      call('allowances.list', { account: { walletId, index }, chainId }).then(
        ({ allowances }) => put(allowances),
        () => put('unreachable'),
      );
    },
    [call, walletId, index],
  );
  const all = chainIds.join(' ');
  useEffect(() => {
    setAnswers({});
    for (const chainId of all.split(' ').map(Number)) ask(chainId);
  }, [all, ask]);
  return { answers, ask };
}

interface RevokeProps {
  readonly account: AccountRef;
  readonly allowance: AllowanceView;
  readonly network: Snapshot['network'];
  readonly onSent: (hash: string) => void;
  readonly onClose: () => void;
}

/** Asks for the price when it opens and at every other choice; only the price that is shown can be sent. */
function Revoke({ account, allowance, network, onSent, onClose }: RevokeProps) {
  const { call } = useWallet();
  const [fee, setFee] = useState<FeeChoice>('normal');
  /** The choice that was asked for last. */
  const [asked, setAsked] = useState<FeeChoice | null>(null);
  const [quoted, setQuoted] = useState<{ readonly fee: FeeChoice; readonly quote: SendQuote } | null>(null);
  const pricing = useAction(async (wanted: FeeChoice) => {
    const quote = await call('allowances.revoke', { account, place: allowance.place, fee: wanted });
    setQuoted({ fee: wanted, quote });
  });
  const send = useAction(async (quoteId: string) => {
    try {
      const { hash } = await call('send.confirm', { quoteId });
      // A device is asked first, on a page of its own.
      if (hash === null) onClose();
      else onSent(hash);
    } catch (refused) {
      // A quote can be sent once: the next try needs another one.
      setAsked(null);
      throw refused;
    }
  });
  // One after the other: the background keeps the last quote that it made, and it has to be that of the last choice.
  useEffect(() => {
    if (pricing.busy || asked === fee) return;
    setAsked(fee);
    void pricing.run(fee);
  }, [pricing.busy, pricing.run, asked, fee]);
  const ready = quoted?.fee === fee && asked === fee && !pricing.busy && pricing.error === null;
  return (
    <RevokeSheet
      allowance={allowance}
      network={network}
      fee={fee}
      quote={quoted?.quote ?? null}
      ready={ready}
      sending={send.busy}
      error={send.error ?? pricing.error}
      onFee={setFee}
      onConfirm={() => quoted !== null && void send.run(quoted.quote.quoteId)}
      onClose={onClose}
    />
  );
}
