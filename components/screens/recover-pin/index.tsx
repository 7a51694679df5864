import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useProvider } from '@/components/hooks/use-provider';
import { useNowMs } from '@/components/hooks/use-time';
import type { Flow } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { StartOverScreen } from '../start-over/Screen';
import { RecoverPinScreen } from './Screen';

export function RecoverPin({ flow }: { readonly flow: Extract<Flow, { stage: 'recover-pin' }> }) {
  const { call, sendSecret } = useWallet();
  const provider = useProvider(flow.providerId);
  const recover = useAction((pin: string) => sendSecret('recover-pin', pin));
  const nowMs = useNowMs(flow.nextTryAtMs);
  const [forgot, setForgot] = useState(false);
  const start = useAction(() => call('flow.start-over', {}));
  if (forgot) return <StartOverScreen onStart={start.run} onBack={() => setForgot(false)} />;
  return (
    <RecoverPinScreen
      provider={provider}
      madeAtMs={flow.backupCreatedAtMs}
      triesLeft={flow.triesLeft}
      nextTryAtMs={flow.nextTryAtMs}
      wrongTries={flow.wrongTries}
      nowMs={nowMs}
      error={recover.error ?? start.error ?? flow.error}
      busy={recover.busy}
      onPin={recover.run}
      onForgot={() => setForgot(true)}
      onBack={() => call('flow.back', {}).catch(() => undefined)}
    />
  );
}
