import { useFresh } from '@/components/hooks/use-fresh';
import { useWallet } from '@/lib/state/use-wallet';

const AGAIN_MS = 8_000;

/** Asks the network for balances now, and again while this page stays in view: funds may arrive. */
export function useFreshBalances(): void {
  const { call } = useWallet();
  useFresh(() => call('balances.refresh', {}).catch(() => undefined), AGAIN_MS);
}
