import { useAction } from '@/components/hooks/use-action';
import { useNowMs } from '@/components/hooks/use-time';
import type { UnlockView } from '@/lib/bus/snapshot';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { WalletError } from '@/lib/errors';
import { usePageHost } from '@/lib/state/page-host';
import { useSnapshot, useWallet } from '@/lib/state/use-wallet';
import { LongAwayScreen } from '../pin-check/Screen';
import { ProvePinScreen, ProveScreen, type ProveScreenProps } from './Screen';

export interface ProveProps
  extends Pick<ProveScreenProps, 'title' | 'lead' | 'text' | 'warning' | 'actionLabel' | 'passkeyLabel' | 'onBack'> {
  readonly unlock: UnlockView;
  /** Hands over what unlocks the device. @throws WalletError what the background says to it */
  readonly onProof: (proof: UnlockProof) => Promise<void>;
}

/** Once more what unlocks the device; with the PIN every time that is the PIN. */
export function Prove(props: ProveProps) {
  return props.unlock.methods.includes('pin') ? <ProvePin {...props} /> : <ProveKept {...props} />;
}

function ProveKept({ unlock, onProof, ...words }: ProveProps) {
  const { passkeys } = usePageHost();
  const byPassword = useAction((password: string) => onProof({ method: 'password', password }));
  const byPasskey = useAction(async () => {
    if (unlock.passkey === null) throw new WalletError('keyring-damaged');
    await onProof({ method: 'passkey', prfOutput: await passkeys.evaluate(unlock.passkey) });
  });
  return (
    <ProveScreen
      {...words}
      byPassword={unlock.methods.includes('password')}
      byPasskey={unlock.methods.includes('passkey')}
      busy={byPassword.busy ? 'password' : byPasskey.busy ? 'passkey' : null}
      error={byPassword.error ?? byPasskey.error}
      onPassword={byPassword.run}
      onPasskey={byPasskey.run}
    />
  );
}

function ProvePin({ title, actionLabel, onProof, onBack }: ProveProps) {
  const { call } = useWallet();
  const check = useSnapshot((snapshot) => snapshot.backup?.pin.check);
  const recovery = useAction(() => call('task.begin', { purpose: 'drill' }));
  const byPin = useAction((pin: string) => onProof({ method: 'pin', pin }));
  const nextAtMs = byPin.error?.details.nextAtMs ?? null;
  const nowMs = useNowMs(nextAtMs);
  if (check === 'recovery')
    return <LongAwayScreen busy={recovery.busy} error={recovery.error} onStart={recovery.run} onBack={onBack} />;
  return (
    <ProvePinScreen
      title={title}
      actionLabel={actionLabel}
      nextAtMs={nextAtMs}
      nowMs={nowMs}
      error={byPin.error}
      busy={byPin.busy}
      onPin={byPin.run}
      onBack={onBack}
    />
  );
}
