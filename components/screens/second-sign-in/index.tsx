import { useState } from 'react';
import type { Snapshot } from '@/lib/bus/snapshot';
import { secretText } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { Prove } from '../prove';
import { SecondSignInScreen } from './Screen';

export interface SecondSignInProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

/** Up to the sign-in: what comes after it is a task. */
export function SecondSignIn({ snapshot: { providers, unlock }, onBack }: SecondSignInProps) {
  const { sendSecret } = useWallet();
  const [providerId, setProviderId] = useState<string | null>(null);
  if (providerId === null) return <SecondSignInScreen providers={providers} onChoose={setProviderId} onBack={onBack} />;
  const provider = providers.find(({ id }) => id === providerId)?.label ?? providerId;
  return (
    <Prove
      unlock={unlock}
      title={t('second.title')}
      lead={t('reveal.lead')}
      text={t('second.prove', { provider })}
      actionLabel={t('action.continue')}
      passkeyLabel={t('reveal.passkey')}
      onProof={(proof) =>
        sendSecret('begin-task', secretText({ purpose: 'second-sign-in', providerId, unlock: proof }))
      }
      onBack={() => setProviderId(null)}
    />
  );
}
