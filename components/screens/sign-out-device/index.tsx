import { useState } from 'react';
import type { BackupView } from '@/lib/bus/backup';
import type { UnlockView } from '@/lib/bus/snapshot';
import { secretText } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { Prove } from '../prove';
import { SignOutDeviceScreen } from './Screen';

export type ListedDevice = NonNullable<NonNullable<BackupView['health']>['devices']>[number];

export interface SignOutDeviceProps {
  readonly device: ListedDevice;
  readonly unlock: UnlockView;
  readonly providerLabel: string;
  readonly onBack: () => void;
}

/** Up to the sign-in: what comes after it is a task. */
export function SignOutDevice({
  device: { jkt, name, lastSeenAtMs },
  unlock,
  providerLabel,
  onBack,
}: SignOutDeviceProps) {
  const { sendSecret } = useWallet();
  const [proving, setProving] = useState(false);
  const order = { purpose: 'sign-out', device: { jkt, name } } as const;
  if (proving)
    return (
      <Prove
        unlock={unlock}
        title={t('sign-out-device.title')}
        lead={t('reveal.lead')}
        text={t('sign-out-device.prove', { provider: providerLabel })}
        actionLabel={t('action.continue')}
        passkeyLabel={t('reveal.passkey')}
        onProof={(proof) => sendSecret('begin-task', secretText({ ...order, unlock: proof }))}
        onBack={() => setProving(false)}
      />
    );
  return (
    <SignOutDeviceScreen
      name={name}
      lastSeenAtMs={lastSeenAtMs}
      providerLabel={providerLabel}
      onGoOn={() => setProving(true)}
      onBack={onBack}
    />
  );
}
