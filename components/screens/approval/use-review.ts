import { useCallback, useEffect, useState } from 'react';
import type { ReviewWish } from '@/lib/bus/dapp';
import type { Review } from '@/lib/bus/review';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { asWalletError } from '@/lib/errors';
import { useWallet } from '@/lib/state/use-wallet';

export interface ReviewState {
  /** The last that was made; null before the first. */
  readonly review: Review | null;
  /** What stood in the way of the last one. */
  readonly error: ErrorFacts | null;
  readonly working: boolean;
  readonly again: () => void;
}

/** What a request would do with what is wished, made anew at every change of it. The last one asked for wins. */
export function useReview(key: string, wish: ReviewWish): ReviewState {
  const { call } = useWallet();
  const [state, setState] = useState<Omit<ReviewState, 'again'>>({ review: null, error: null, working: true });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again
  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, working: true }));
    call('requests.review', { key, wish }).then(
      (review) => current && setState({ review, error: null, working: false }),
      (thrown) => {
        const { code, details } = asWalletError(thrown);
        if (current) setState((before) => ({ ...before, error: { code, details }, working: false }));
      },
    );
    return () => {
      current = false;
    };
  }, [call, key, wish, round]);
  return { ...state, again };
}
