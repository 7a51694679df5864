import { useState } from 'react';
import { useChange } from '@/components/hooks/use-change';
import { usePasskeysOffered } from '@/components/hooks/use-passkeys-offered';
import { useNowMs } from '@/components/hooks/use-time';
import type { ErrorFacts, Snapshot, UnlockView } from '@/lib/bus/snapshot';
import { WalletError } from '@/lib/errors';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { Forgot } from '../forgot';
import { UnlockScreen } from './Screen';

export interface UnlockProps {
  readonly unlock: UnlockView;
  readonly foreignTries: Snapshot['foreignTries'];
  /** Of the last recovery: that is what a locked wallet remembers. */
  readonly error: ErrorFacts | null;
}

export function Unlock({ unlock, foreignTries, error }: UnlockProps) {
  const { sendSecret } = useWallet();
  const { passkeys, openTab } = usePageHost();
  const passkeysOffered = usePasskeysOffered();
  const [place, setPlace] = useState<'unlock' | 'forgot' | 'pin'>(error === null ? 'unlock' : 'pin');
  const attempt = useChange();
  const byPasskey = async () => {
    if (unlock.passkey === null) throw new WalletError('keyring-damaged');
    await sendSecret('unlock-passkey', await passkeys.evaluate(unlock.passkey));
  };
  const shown = attempt.error ?? error;
  const nextAtMs = shown?.details.nextAtMs ?? unlock.nextPasswordAtMs;
  const nowMs = useNowMs(nextAtMs);
  if (place === 'forgot') {
    return <Forgot methods={unlock.methods} onRecover={() => setPlace('pin')} onBack={() => setPlace('unlock')} />;
  }
  return (
    <UnlockScreen
      methods={place === 'pin' ? ['pin'] : unlock.methods}
      passkeysOffered={passkeysOffered}
      error={shown}
      foreignTries={foreignTries}
      nextAtMs={nextAtMs}
      nowMs={nowMs}
      busy={attempt.busy}
      onPasskey={() => void attempt.run('passkey', byPasskey)}
      onPassword={(password) => void attempt.run('password', () => sendSecret('unlock-password', password))}
      onPin={(pin) => void attempt.run('pin', () => sendSecret('unlock-pin', pin))}
      onForgot={() => setPlace('forgot')}
      onOpenTab={openTab}
    />
  );
}
