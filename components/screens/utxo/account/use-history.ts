import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { HistoryItem } from '@/lib/bus/utxo/shapes';
import type { UtxoInput } from '@/lib/bus/utxo/table';
import { useAnswer, useUtxoCall } from '../use-utxo';

export interface CoinHistory {
  /** Newest first; null until the first page is here. */
  readonly items: readonly HistoryItem[] | null;
  readonly error: ErrorFacts | null;
  /** Fetches older ones; null where there are none. */
  readonly more: (() => void) | null;
}

interface Older {
  /** Of the newest page that they go on from: another one starts again. */
  readonly of: unknown;
  readonly items: readonly HistoryItem[];
  readonly next: number | null;
}

/** What happened in an account, page by page. */
export function useHistory(of: Omit<UtxoInput<'history.list'>, 'from'>): CoinHistory {
  const ask = useUtxoCall();
  const { answer, error } = useAnswer('history.list', { ...of, from: 0 });
  const [older, setOlder] = useState<Older | null>(null);
  const fetched = answer !== null && older?.of === answer ? older : null;
  const next = fetched === null ? (answer?.next ?? null) : fetched.next;
  const more = useAction(async (from: number) => {
    const page = await ask('history.list', { ...of, from });
    setOlder({ of: answer, items: [...(fetched?.items ?? []), ...page.items], next: page.next });
  });
  return {
    items: answer && [...answer.items, ...(fetched?.items ?? [])],
    error: error ?? more.error,
    more: next === null || more.busy ? null : () => void more.run(next),
  };
}
