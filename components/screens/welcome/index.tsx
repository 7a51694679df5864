import type { ErrorFacts } from '@/lib/bus/snapshot';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { useAction } from '../use-action';
import { WelcomeScreen } from './Screen';

export function Welcome({ error }: { readonly error: ErrorFacts | null }) {
  const { call } = useWallet();
  const providers = useSnapshot((snapshot) => snapshot.providers) ?? [];
  const signIn = useAction((providerId: string) => call('sign-in.start', { providerId }));
  const startWithout = useAction(() => call('flow.start-without-keyless', {}));
  return (
    <WelcomeScreen
      providers={providers}
      error={signIn.error ?? startWithout.error ?? error}
      onChoose={signIn.run}
      onPhrase={startWithout.run}
    />
  );
}
