import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { accountAt, refOf, walletOf } from '@/components/screens/shared/own-accounts';
import { walletName } from '@/components/screens/shared/wallet-words';
import { useToaster } from '@/components/ui/Toast';
import type { AccountRef, Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { Reveal } from '../reveal';
import { AccountScreen } from './Screen';

export interface AccountPageProps {
  readonly snapshot: Snapshot;
  readonly at: AccountRef;
  readonly onBack: () => void;
}

export function AccountPage({ snapshot, at, onBack }: AccountPageProps) {
  const { call } = useWallet();
  const { show } = useToaster();
  const [revealing, setRevealing] = useState(false);
  const account = refOf(at);
  const { walletId } = account;
  const save = useAction(async (name: string, group: string | null) => {
    await call('accounts.rename', { account, name });
    if (group !== null) await call('wallets.rename', { walletId, name: group });
    show(t('account.saved'));
  });
  const paint = useAction((avatar: number) => call('accounts.set-avatar', { account, avatar }));
  const move = useAction((place: number) => call('accounts.move', { account, place }));
  const remove = useAction(async () => {
    await call('wallets.remove', { walletId });
    onBack();
  });
  const shown = accountAt(snapshot, at);
  const wallet = walletOf(snapshot, at);
  if (shown === undefined || wallet === undefined) return null;
  if (revealing) return <Reveal wallet={wallet} unlock={snapshot.unlock} onDone={() => setRevealing(false)} />;
  const provider = snapshot.providers.find(({ id }) => id === snapshot.backup?.providerId);
  return (
    <AccountScreen
      account={shown}
      wallet={wallet}
      walletName={walletName(wallet, snapshot.wallets, provider)}
      error={save.error ?? paint.error ?? move.error ?? remove.error}
      onSave={save.run}
      onAvatar={paint.run}
      onMove={move.run}
      onReveal={() => setRevealing(true)}
      onRemove={remove.run}
      onBack={onBack}
    />
  );
}
