import { useState } from 'react';
import type { ErrorFacts, UnlockMethod } from '@/lib/bus/snapshot';
import { asWalletError } from '@/lib/errors';

export interface Change {
  /** Resolves to whether it was done; if not, `error` says why. */
  readonly run: (method: UnlockMethod, work: () => Promise<unknown>) => Promise<boolean>;
  readonly busy: UnlockMethod | null;
  readonly error: ErrorFacts | null;
  readonly forgetError: () => void;
}

/** One way to unlock that is being used or changed, and what stood in its way the last time. */
export function useChange(): Change {
  const [busy, setBusy] = useState<UnlockMethod | null>(null);
  const [error, setError] = useState<ErrorFacts | null>(null);
  const run: Change['run'] = async (method, work) => {
    setBusy(method);
    setError(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      const { code, details } = asWalletError(thrown);
      setError({ code, details });
      return false;
    } finally {
      setBusy(null);
    }
  };
  return { run, busy, error, forgetError: () => setError(null) };
}
