import { useProvider } from '@/components/hooks/use-provider';
import { useWallet } from '@/lib/state/use-wallet';
import { SignInScreen } from './Screen';

export function SignIn({ providerId }: { readonly providerId: string }) {
  const { call } = useWallet();
  const { label } = useProvider(providerId);
  return <SignInScreen providerLabel={label} onBack={() => call('flow.back', {}).catch(() => undefined)} />;
}
