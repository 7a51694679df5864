import { useState } from 'react';
import type { Snapshot } from '@/lib/bus/snapshot';
import { secretText } from '@/lib/bus/wallet-secrets';
import { t } from '@/lib/i18n';
import { useWallet } from '@/lib/state/use-wallet';
import { Prove } from '../prove';
import { Reveal } from '../reveal';
import { DeleteBackupScreen } from './Screen';

export interface DeleteBackupProps {
  readonly snapshot: Snapshot;
  readonly providerLabel: string;
  readonly onBack: () => void;
}

/** Up to the sign-in: what comes after it is a task. */
export function DeleteBackup({ snapshot: { unlock, wallets }, providerLabel, onBack }: DeleteBackupProps) {
  const { sendSecret } = useWallet();
  const [place, setPlace] = useState<'intro' | 'export' | 'prove'>('intro');
  const wallet = wallets.find(({ type }) => type === 'keyless');
  const pinOnly = unlock.methods.includes('pin');
  const toIntro = () => setPlace('intro');
  if (place === 'export' && wallet) return <Reveal wallet={wallet} unlock={unlock} onDone={toIntro} />;
  if (place === 'prove')
    return (
      <Prove
        unlock={unlock}
        title={t('delete.title')}
        lead={t('reveal.lead')}
        text={t('delete.prove', { provider: providerLabel })}
        actionLabel={t('action.continue')}
        passkeyLabel={t('reveal.passkey')}
        onProof={(proof) => sendSecret('begin-task', secretText({ purpose: 'delete', unlock: proof }))}
        onBack={toIntro}
      />
    );
  return (
    <DeleteBackupScreen
      onExport={pinOnly ? null : () => setPlace('export')}
      onGoOn={() => setPlace('prove')}
      onBack={onBack}
    />
  );
}
