import { useEffect, useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import { useProvider } from '@/components/hooks/use-provider';
import type { BackupView } from '@/lib/bus/backup';
import type { Snapshot } from '@/lib/bus/snapshot';
import type { TaskPurpose } from '@/lib/bus/task';
import { secretText } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { DeleteBackup } from '../delete-backup';
import { PinCheck } from '../pin-check';
import { SecondDevice } from '../practice';
import { Prove } from '../prove';
import { SecondSignIn } from '../second-sign-in';
import { type ListedDevice, SignOutDevice } from '../sign-out-device';
import { BackupScreen } from './Screen';

export interface BackupProps {
  readonly snapshot: Snapshot;
  readonly backup: BackupView;
  readonly onBack: () => void;
}

const labelOf = ({ providers }: Snapshot, providerId: string): string =>
  providers.find(({ id }) => id === providerId)?.label ?? providerId;

/** The backup, and the pages behind it. */
export function Backup({ snapshot, backup, onBack }: BackupProps) {
  const { unlock } = snapshot;
  const { call, sendSecret } = useWallet();
  const provider = useProvider(backup.providerId);
  const [place, setPlace] = useState<
    'overview' | 'prove' | 'pin-check' | 'second-device' | 'second-sign-in' | 'delete'
  >('overview');
  const [leaving, setLeaving] = useState<ListedDevice | null>(null);
  const begin = useAction((purpose: TaskPurpose) => call('task.begin', { purpose }));
  useEffect(() => {
    call('backup.refresh', {}).catch(() => undefined);
  }, [call]);
  const toOverview = () => setPlace('overview');
  const changePin = () => (unlock.methods.includes('pin') ? void begin.run('pin-reset') : setPlace('prove'));
  if (leaving !== null)
    return (
      <SignOutDevice device={leaving} unlock={unlock} providerLabel={provider.label} onBack={() => setLeaving(null)} />
    );
  switch (place) {
    case 'prove':
      return (
        <Prove
          unlock={unlock}
          title={t('backup.change-pin')}
          lead={t('reveal.lead')}
          text={t('pin-reset.prove', { provider: provider.label })}
          actionLabel={t('action.continue')}
          passkeyLabel={t('reveal.passkey')}
          onProof={(proof) => sendSecret('begin-task', secretText({ purpose: 'pin-reset', unlock: proof }))}
          onBack={toOverview}
        />
      );
    case 'pin-check':
      return <PinCheck backup={backup} onDone={toOverview} onReset={changePin} />;
    case 'second-device':
      return <SecondDevice providerLabel={provider.label} onDone={toOverview} />;
    case 'second-sign-in':
      return <SecondSignIn snapshot={snapshot} onBack={toOverview} />;
    case 'delete':
      return <DeleteBackup snapshot={snapshot} providerLabel={provider.label} onBack={toOverview} />;
    case 'overview':
      return (
        <BackupScreen
          provider={provider}
          backup={backup}
          error={begin.error}
          onChangePin={changePin}
          onPinCheck={() => setPlace('pin-check')}
          onPractise={() => begin.run('drill')}
          secondProviders={backup.secondSignIns.map(({ providerId }) => labelOf(snapshot, providerId))}
          onSecondSignIn={() => setPlace('second-sign-in')}
          onDevice={setLeaving}
          onDelete={() => setPlace('delete')}
          onSecondDevice={() => setPlace('second-device')}
          onBack={onBack}
        />
      );
    default:
      return place satisfies never;
  }
}
