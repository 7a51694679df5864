import { useState } from 'react';
import { useAction } from '@/components/hooks/use-action';
import type { Snapshot } from '@/lib/bus/snapshot';
import { usePageHost } from '@/lib/state/page-host';
import { useWallet } from '@/lib/state/use-wallet';
import { About } from '../about';
import { Backup } from '../backup';
import { Contacts } from '../contacts';
import { GeneralSettings } from '../general-settings';
import { Networks } from '../networks';
import { Sites } from '../sites';
import { UnlockSettings } from '../unlock-settings';
import { WhatIsLostScreen } from '../what-is-lost/Screen';
import { SettingsScreen, type SettingsSection } from './Screen';

export interface SettingsPageProps {
  readonly snapshot: Snapshot;
  readonly onBack: () => void;
}

export function SettingsPage({ snapshot, onBack }: SettingsPageProps) {
  const [section, setSection] = useState<SettingsSection | null>(null);
  const toList = () => setSection(null);
  switch (section) {
    case null:
      return <SettingsList snapshot={snapshot} onOpen={setSection} onBack={onBack} />;
    case 'backup':
      return snapshot.backup && <Backup snapshot={snapshot} backup={snapshot.backup} onBack={toList} />;
    case 'general':
      return <GeneralSettings snapshot={snapshot} onBack={toList} />;
    case 'networks':
      return <Networks snapshot={snapshot} onBack={toList} />;
    case 'sites':
      return <Sites snapshot={snapshot} onBack={toList} />;
    case 'contacts':
      return <Contacts snapshot={snapshot} onBack={toList} />;
    case 'unlock':
      return <UnlockSettings snapshot={snapshot} onBack={toList} />;
    case 'what-is-lost':
      return <WhatIsLostScreen onBack={toList} />;
    case 'about':
      return <About onBack={toList} />;
    default:
      return section satisfies never;
  }
}

interface SettingsListProps extends SettingsPageProps {
  readonly onOpen: (section: SettingsSection) => void;
}

function SettingsList({ snapshot, onOpen, onBack }: SettingsListProps) {
  const { call } = useWallet();
  const { version, openSidePanel, openTab, openPlace } = usePageHost();
  const lock = useAction(() => call('session.lock', {}));
  const signOut = useAction(() => call('device.sign-out', {}));
  const provider = snapshot.providers.find(({ id }) => id === snapshot.backup?.providerId);
  return (
    <SettingsScreen
      unlockMethods={snapshot.unlock.methods}
      wallets={snapshot.wallets}
      leavingNow={signOut.busy}
      backup={snapshot.backup}
      providerLabel={provider?.label ?? snapshot.backup?.providerId ?? ''}
      version={version}
      error={lock.error ?? signOut.error}
      onSidePanel={openSidePanel && (() => void openSidePanel().catch(() => undefined))}
      onTab={openTab && (() => void openTab().catch(() => undefined))}
      onFirmware={() => openPlace('firmware')}
      onLock={lock.run}
      onOpen={onOpen}
      onSignOut={signOut.run}
      onBack={onBack}
    />
  );
}
