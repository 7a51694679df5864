import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useOnce } from '@/components/hooks/use-once';
import type { UnlockMethod } from '@/lib/bus/snapshot';
import { useWallet } from '@/lib/state/use-wallet';
import type { LockedWallet } from './locked-wallets';
import { ForgotScreen } from './Screen';

export interface ForgotProps {
  readonly methods: readonly UnlockMethod[];
  readonly onRecover: () => void;
  readonly onBack: () => void;
}

export function Forgot({ methods, onRecover, onBack }: ForgotProps) {
  const { call } = useWallet();
  const [wallets, setWallets] = useState<readonly LockedWallet[] | null>(null);
  const { run: ask, error } = useAction(async () => setWallets((await call('unlock.wallets', {})).wallets));
  const erase = useAction(() => call('device.erase', {}));
  useOnce(() => void ask());
  return (
    <ForgotScreen
      pinOnly={!methods.includes('password') && !methods.includes('passkey')}
      wallets={wallets}
      error={erase.error ?? error}
      busy={erase.busy}
      onErase={erase.run}
      onRecover={onRecover}
      onBack={onBack}
    />
  );
}
