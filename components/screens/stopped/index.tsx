import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { StoppedScreen } from './Screen';

export function Stopped({ error }: { readonly error: ErrorFacts }) {
  const { call } = useWallet();
  const erase = useAction(() => call('device.erase', {}));
  return (
    <StoppedScreen
      error={erase.error ?? error}
      erasing={erase.busy}
      onContinue={() => call('flow.continue', {}).catch(() => undefined)}
      onErase={erase.run}
    />
  );
}
