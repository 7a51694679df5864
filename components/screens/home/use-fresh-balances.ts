import { useEffect } from 'react';
import { useWallet } from '@/lib/state/use-wallet';

const AGAIN_MS = 8_000;

/** Asks the network for balances now, and again while this page stays in view: funds may arrive. */
export function useFreshBalances(): void {
  const { call } = useWallet();
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible') call('balances.refresh', {}).catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [call]);
}
