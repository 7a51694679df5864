import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { AccountRef, Snapshot } from '@/lib/bus/snapshot';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { AccountsSheet } from './Screen';

export interface AccountsProps {
  readonly snapshot: Snapshot;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onEdit: (account: AccountRef) => void;
  readonly onAddWallet: () => void;
}

export function Accounts({ snapshot, open, onClose, onEdit, onAddWallet }: AccountsProps) {
  const { call } = useWallet();
  const [addingTo, setAddingTo] = useState<string | null>(null);
  const { openPlace } = usePageHost();
  const add = useAction(async (walletId: string) => {
    if (snapshot.wallets.find(({ id }) => id === walletId)?.type === 'hardware') return openPlace('hardware');
    setAddingTo(walletId);
    await call('accounts.add', { walletId }).finally(() => setAddingTo(null));
  });
  const select = useAction(async (account: AccountRef) => {
    await call('accounts.select', { account });
    onClose();
  });
  return (
    <AccountsSheet
      open={open}
      wallets={snapshot.wallets}
      selected={snapshot.selected}
      symbol={snapshot.network.symbol}
      networkDown={snapshot.networkError !== null}
      provider={snapshot.providers.find(({ id }) => id === snapshot.backup?.providerId)}
      addingTo={addingTo}
      error={add.error ?? select.error}
      onClose={onClose}
      onSelect={select.run}
      onAdd={add.run}
      onEdit={onEdit}
      onAddWallet={onAddWallet}
    />
  );
}
