import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { AddKeylessScreen } from './Screen';

export function AddKeyless({ error }: { readonly error: ErrorFacts | null }) {
  const { call } = useWallet();
  const providers = useSnapshot((snapshot) => snapshot.providers) ?? [];
  const signIn = useAction((providerId: string) => call('sign-in.start', { providerId }));
  const back = useAction(() => call('flow.back', {}));
  return (
    <AddKeylessScreen
      providers={providers}
      error={signIn.error ?? back.error ?? error}
      onChoose={signIn.run}
      onBack={back.run}
    />
  );
}
