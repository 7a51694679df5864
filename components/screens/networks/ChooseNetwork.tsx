import { useAction } from '@/components/hooks/use-action';
import type { Snapshot } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import { NetworkSheet } from './NetworkSheet';

export interface ChooseNetworkProps {
  readonly snapshot: Snapshot;
  readonly open: boolean;
  readonly onManage: () => void;
  readonly onClose: () => void;
}

export function ChooseNetwork({ snapshot, open, onManage, onClose }: ChooseNetworkProps) {
  const { call } = useWallet();
  const select = useAction(async (chainId: number) => {
    await call('networks.select', { chainId });
    onClose();
  });
  return (
    <NetworkSheet
      open={open}
      networks={snapshot.networks}
      selectedChainId={snapshot.network.chainId}
      error={select.error}
      onSelect={select.run}
      onManage={onManage}
      onClose={onClose}
    />
  );
}
