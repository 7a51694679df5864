import { useRef, useState } from 'react';
import { useOnce } from '@/components/hooks/use-once';
import { refOf } from '@/components/screens/shared/own-accounts';
import type { SendForm, SendQuote } from '@/lib/bus/protocol';
import type { AccountView, ErrorFacts, Snapshot } from '@/lib/bus/snapshot';
import { asWalletError } from '@/lib/errors';
import { useWallet } from '@/lib/state/use-wallet';
import { newestOnly } from './newest-only';
import type { SendDraft } from './Screen';

/** What a text in the recipient's field has led to. */
export interface Found {
  readonly text: string;
  readonly address: string;
  readonly name: string | null;
}

/** What a draft would cost, and the name that it was typed with, if any. */
export interface Prepared {
  readonly quote: SendQuote;
  readonly name: string | null;
}

const hasAmount = (draft: SendDraft) => draft.everything || draft.amount.trim() !== '';

function formOf(draft: SendDraft, to: string, account: AccountView, { chainId }: Snapshot['network']): SendForm {
  return {
    account: refOf(account),
    chainId,
    token: draft.token,
    fee: draft.fee,
    to,
    amount: draft.everything ? { everything: true } : draft.amount.trim(),
  };
}

/**
 * Asks whom a draft is for and what it would cost, once for each draft; the answer to an older draft is dropped.
 * A quote belongs to exactly the draft that is shown: any change takes it away.
 */
export function useSend(account: AccountView, network: Snapshot['network'], initial: SendDraft) {
  const { call } = useWallet();
  const [draft, setDraft] = useState(initial);
  const [found, setFound] = useState<Found | null>(null);
  const [looking, setLooking] = useState(false);
  const [quote, setQuote] = useState<SendQuote | null>(null);
  const [fees, setFees] = useState<SendQuote | null>(null);
  const [error, setError] = useState<ErrorFacts | null>(null);
  const latest = useRef(draft);
  const asking = useRef<{ readonly draft: SendDraft; readonly answer: Promise<Prepared | null> }>(undefined);
  /** Resolves when it is where another page finds it. */
  const keepNow = (next: SendDraft | null) =>
    call('send.keep-draft', { draft: next && { of: { chainId: network.chainId, from: account.address }, form: next } });
  const [keep] = useState(() => newestOnly(keepNow));

  const change = (next: SendDraft) => {
    const { to, token } = latest.current;
    if (next.to !== to) setFound(null);
    if (next.token !== token) setFees(null);
    latest.current = next;
    setDraft(next);
    setQuote(null);
    setError(null);
    keep(next);
  };
  const isLatest = (asked: SendDraft) => latest.current === asked;
  const refuse = (asked: SendDraft, thrown: unknown): null => {
    const { code, details } = asWalletError(thrown);
    if (isLatest(asked)) setError({ code, details });
    return null;
  };
  const find = async (text: string): Promise<Found> => {
    if (found?.text === text) return found;
    setLooking(true);
    try {
      const next = { text, ...(await call('recipient.find', { chainId: network.chainId, text: text.trim() })) };
      if (latest.current.to === text) setFound(next);
      return next;
    } finally {
      setLooking(false);
    }
  };
  const ask = async (asked: SendDraft): Promise<Prepared | null> => {
    try {
      const { address, name } = await find(asked.to);
      const answer = await call('send.prepare', formOf(asked, address, account, network));
      if (!isLatest(asked)) return null;
      setQuote(answer);
      setFees(answer);
      return { quote: answer, name };
    } catch (thrown) {
      return refuse(asked, thrown);
    } finally {
      if (asking.current?.draft === asked) asking.current = undefined;
    }
  };
  const prepare = (asked: SendDraft): Promise<Prepared | null> => {
    if (asking.current?.draft !== asked) asking.current = { draft: asked, answer: ask(asked) };
    return asking.current.answer;
  };
  /** As far as the draft goes: whom it is for, or all of it. */
  const check = (asked: SendDraft): void => {
    if (asked.to.trim() === '') return;
    if (hasAmount(asked)) void prepare(asked);
    else find(asked.to).catch((thrown) => refuse(asked, thrown));
  };
  /** Nobody goes on with what is typed. */
  const giveUp = () => keep(null);
  // What a draft that was kept led to is asked again.
  useOnce(() => check(initial));
  return { draft, found, looking, quote, fees, error, change, check, prepare, keepNow, giveUp };
}
