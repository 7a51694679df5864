import { useState } from 'react';
import type { Snapshot } from '@/lib/bus/snapshot';
import { NetworkForm } from '../network-form';
import { NetworksScreen } from './Screen';

export interface NetworksProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

/** All networks, and the page of each. */
export function Networks({ snapshot, onBack }: NetworksProps) {
  const { networkDraft } = snapshot;
  const [open, setOpen] = useState<{ readonly chainId: number | null } | null>(
    networkDraft && { chainId: networkDraft.of },
  );
  if (open !== null) return <NetworkForm snapshot={snapshot} chainId={open.chainId} onDone={() => setOpen(null)} />;
  return (
    <NetworksScreen
      networks={snapshot.networks}
      selectedChainId={snapshot.network.chainId}
      onNetwork={(chainId) => setOpen({ chainId })}
      onAdd={() => setOpen({ chainId: null })}
      onBack={onBack}
    />
  );
}
