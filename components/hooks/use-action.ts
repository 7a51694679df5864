import { useCallback, useState } from 'react';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { asWalletError } from '@/lib/errors';

export interface Action<Args extends readonly unknown[]> {
  readonly run: (...args: Args) => Promise<void>;
  readonly busy: boolean;
  /** What stood in the way of the last run, until the next one starts. */
  readonly error: ErrorFacts | null;
}

/** Something that a screen asks for: whether it runs, and what stood in its way. */
export function useAction<Args extends readonly unknown[]>(work: (...args: Args) => Promise<unknown>): Action<Args> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorFacts | null>(null);
  const run = useCallback(
    async (...args: Args) => {
      setBusy(true);
      setError(null);
      try {
        await work(...args);
      } catch (thrown) {
        const { code, details } = asWalletError(thrown);
        setError({ code, details });
      } finally {
        setBusy(false);
      }
    },
    [work],
  );
  return { run, busy, error };
}
