import { useAction } from '@/components/hooks/use-action';
import { useWallet } from '@/lib/state/use-wallet';
import { WatchAddressScreen } from './Screen';

export interface WatchAddressProps {
  readonly network: { readonly name: string };
  readonly onAdded: () => void;
  readonly onBack: () => void;
}

export function WatchAddress({ network, onAdded, onBack }: WatchAddressProps) {
  const { call } = useWallet();
  const watch = useAction(async (address: string) => {
    await call('wallets.watch', { address });
    onAdded();
  });
  return (
    <WatchAddressScreen network={network} busy={watch.busy} error={watch.error} onWatch={watch.run} onBack={onBack} />
  );
}
