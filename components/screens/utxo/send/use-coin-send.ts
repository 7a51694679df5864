import { useRef, useState } from 'react';
import { useOnce } from '@/components/hooks/use-once';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoQuote } from '@/lib/bus/utxo/shapes';
import type { UtxoSendDraft } from '@/lib/bus/utxo/table';
import { asWalletError } from '@/lib/errors';
import { newestOnly } from '../../send/newest-only';
import { useUtxoCall } from '../use-utxo';
import { isComplete, pastedTexts } from './draft';

/** What a text in the field of a recipient has led to. */
export interface CheckedText {
  readonly address: string | null;
  /** What a request says of itself. */
  readonly says: string | null;
  readonly error: ErrorFacts | null;
}

/**
 * Asks whom a draft is for and what it would cost. A quote belongs to exactly the draft that is shown: any change takes it
 * away, and the answer to an older draft is dropped.
 */
export function useCoinSend(initial: UtxoSendDraft) {
  const ask = useUtxoCall();
  const { coin } = initial;
  const [draft, setDraft] = useState(initial);
  const [texts, setTexts] = useState<ReadonlyMap<string, CheckedText>>(new Map());
  const [meant, setMeant] = useState<ReadonlySet<string>>(new Set());
  const [quote, setQuote] = useState<UtxoQuote | null>(null);
  const [error, setError] = useState<ErrorFacts | null>(null);
  const latest = useRef(initial);
  const asking = useRef<{ readonly draft: UtxoSendDraft; readonly answer: Promise<UtxoQuote | null> }>(undefined);
  const [keep] = useState(() => newestOnly((next: UtxoSendDraft | null) => ask('send.keep-draft', { draft: next })));

  const set = (next: UtxoSendDraft) => {
    latest.current = next;
    setDraft(next);
    setQuote(null);
    setError(null);
    keep(next);
  };
  const found = (text: string, checked: CheckedText) => setTexts((known) => new Map(known).set(text, checked));
  /** A request that was pasted fills the form in. */
  const look = async (text: string, legacyMeant: boolean): Promise<void> => {
    try {
      const { address, amount, label, message } = await ask('address.check', { coin, text, legacyMeant });
      const checked = { address, says: label ?? message, error: null };
      found(text, checked);
      if (amount === null && checked.says === null) return;
      found(address, checked);
      const { recipients, ...rest } = latest.current;
      const filled = recipients.map((one) =>
        one.to === text ? { ...one, to: address, ...(amount === null ? {} : { amount, everything: false }) } : one,
      );
      set({ ...rest, recipients: filled });
    } catch (thrown) {
      const { code, details } = asWalletError(thrown);
      found(text, { address: null, says: null, error: { code, details } });
    }
  };
  const prepare = (asked: UtxoSendDraft): Promise<UtxoQuote | null> => {
    if (asking.current?.draft === asked) return asking.current.answer;
    const work = async () => {
      const places = asked.recipients.flatMap(({ to }, place) => (meant.has(to) ? [place] : []));
      try {
        const answer = await ask('send.prepare', { ...asked, legacyMeant: places });
        if (latest.current !== asked) return null;
        setQuote(answer);
        return answer;
      } catch (thrown) {
        const { code, details } = asWalletError(thrown);
        if (latest.current === asked) setError({ code, details });
        return null;
      } finally {
        if (asking.current?.draft === asked) asking.current = undefined;
      }
    };
    asking.current = { draft: asked, answer: work() };
    return asking.current.answer;
  };
  /** As far as the draft goes: whom it is for, or all of it. */
  const check = (asked: UtxoSendDraft): void => {
    for (const { to } of asked.recipients) if (to.trim() !== '' && !texts.has(to)) void look(to, meant.has(to));
    if (isComplete(asked)) void prepare(asked);
  };
  const change = (next: UtxoSendDraft): void => {
    const before = latest.current;
    set(next);
    for (const text of pastedTexts(before, next)) void look(text, meant.has(text));
    const isChosen = next.fee !== before.fee || next.picked !== before.picked;
    const isMaximum = next.recipients.some(
      ({ everything }, place) => everything && !before.recipients[place]?.everything,
    );
    if ((isChosen || isMaximum) && isComplete(next)) void prepare(next);
  };
  /** The user has said that an old form is of Bitcoin Cash. */
  const mean = (place: number): void => {
    const text = latest.current.recipients[place]?.to ?? '';
    setMeant((known) => new Set(known).add(text));
    setError(null);
    void look(text, true);
  };
  // What a draft that was kept led to is asked again.
  useOnce(() => check(initial));
  return { draft, texts, quote, error, change, check, prepare, mean, giveUp: () => keep(null) };
}
