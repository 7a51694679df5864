import { useProvider } from '@/components/hooks/use-provider';
import { useWallet } from '@/lib/state/use-wallet';
import { BackupVerifiedScreen } from './Screen';

export function BackupVerified({ providerId }: { readonly providerId: string }) {
  const { call } = useWallet();
  const provider = useProvider(providerId);
  return (
    <BackupVerifiedScreen provider={provider} onContinue={() => call('flow.continue', {}).catch(() => undefined)} />
  );
}
