import { useAction } from '@/components/hooks/use-action';
import type { ErrorFacts, LanguageChoice } from '@/lib/bus/snapshot';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { WelcomeScreen } from './Screen';

export function Welcome({ error }: { readonly error: ErrorFacts | null }) {
  const { call } = useWallet();
  const providers = useSnapshot((snapshot) => snapshot.providers) ?? [];
  const language = useSnapshot((snapshot) => snapshot.settings.language) ?? 'system';
  const signIn = useAction((providerId: string) => call('sign-in.start', { providerId }));
  const startWithout = useAction(() => call('flow.start-without-keyless', {}));
  const changeLanguage = useAction((next: LanguageChoice) => call('settings.change', { language: next }));
  return (
    <WelcomeScreen
      providers={providers}
      error={signIn.error ?? startWithout.error ?? changeLanguage.error ?? error}
      language={language}
      onLanguage={changeLanguage.run}
      onChoose={signIn.run}
      onOwn={startWithout.run}
    />
  );
}
