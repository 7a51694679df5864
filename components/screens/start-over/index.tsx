import { useWallet } from '@/lib/state/use-wallet';
import { StartOverOrderedScreen } from './Screen';

export function StartOverOrdered({ deadlineMs }: { readonly deadlineMs: number }) {
  const { call } = useWallet();
  return <StartOverOrderedScreen deadlineMs={deadlineMs} onBack={() => call('flow.back', {}).catch(() => undefined)} />;
}
