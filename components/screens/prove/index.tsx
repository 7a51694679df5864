import type { UnlockView } from '@/lib/bus/snapshot';
import type { UnlockProof } from '@/lib/bus/wallet-secrets';
import { WalletError } from '@/lib/errors';
import { usePageHost } from '@/lib/state/page-host';
import { useAction } from '../use-action';
import { ProveScreen, type ProveScreenProps } from './Screen';

export interface ProveProps
  extends Pick<ProveScreenProps, 'title' | 'lead' | 'text' | 'warning' | 'actionLabel' | 'passkeyLabel' | 'onBack'> {
  readonly unlock: UnlockView;
  /** Hands over what unlocks the device. @throws WalletError what the background says to it */
  readonly onProof: (proof: UnlockProof) => Promise<void>;
}

export function Prove({ unlock, onProof, ...words }: ProveProps) {
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
