import type { Flow } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { useAction } from '../use-action';
import { useProvider } from '../use-provider';
import { useNowMs } from '../use-time';
import { RecoverPinScreen } from './Screen';

export function RecoverPin({ flow }: { readonly flow: Extract<Flow, { stage: 'recover-pin' }> }) {
  const { call, sendSecret } = useWallet();
  const provider = useProvider(flow.providerId);
  const recover = useAction((pin: string) => sendSecret('recover-pin', pin));
  return (
    <RecoverPinScreen
      provider={provider}
      madeAtMs={flow.backupCreatedAtMs}
      triesLeft={flow.triesLeft}
      nextTryAtMs={flow.nextTryAtMs}
      wrongTries={flow.wrongTries}
      nowMs={useNowMs(flow.nextTryAtMs)}
      error={recover.error ?? flow.error}
      busy={recover.busy}
      onPin={recover.run}
      onBack={() => call('flow.back', {}).catch(() => undefined)}
    />
  );
}
