import {
  AppWindow,
  BookUser,
  Cpu,
  Globe,
  Info,
  Keyboard,
  KeyRound,
  LifeBuoy,
  Lock,
  LogOut,
  PanelRight,
  Plug,
  ShieldCheck,
  SlidersHorizontal,
} from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/Button';
import { Group, Row, RowList } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts, Snapshot, UnlockView } from '@/lib/bus/snapshot';
import { formats, t } from '@/lib/i18n';
import { EraseSheets } from '../forgot/EraseSheets';
import { consentsFor, type LockedWallet } from '../forgot/locked-wallets';
import { ShortcutsSheet } from '../shortcuts/ShortcutsSheet';

/** The pages behind the settings. */
export type SettingsSection =
  | 'backup'
  | 'general'
  | 'networks'
  | 'sites'
  | 'contacts'
  | 'unlock'
  | 'what-is-lost'
  | 'about';

export interface SettingsScreenProps {
  readonly unlockMethods: UnlockView['methods'];
  readonly wallets: readonly Pick<LockedWallet, 'type' | 'name'>[];
  /** Everything on this device is being forgotten. */
  readonly leavingNow: boolean;
  readonly backup: Snapshot['backup'];
  readonly providerLabel: string;
  readonly version: string;
  readonly error: ErrorFacts | null;
  /** Null where it cannot be opened from here. */
  readonly onSidePanel: (() => void) | null;
  readonly onTab: (() => void) | null;
  readonly onFirmware: () => void;
  readonly onLock: () => void;
  readonly onOpen: (section: SettingsSection) => void;
  readonly onSignOut: () => void;
  readonly onBack: () => void;
}

/** Safety, the look of things, what to know, this device. */
export function SettingsScreen(props: SettingsScreenProps) {
  const { version, error, wallets, leavingNow, onLock, onSignOut, onBack } = props;
  const [leaving, setLeaving] = useState(false);
  const lock = (
    <IconButton label={t('settings.lock-now')} onClick={onLock}>
      <Lock aria-hidden="true" size={18} />
    </IconButton>
  );
  return (
    <Page
      header={
        <Header title={t('settings.title')} back={{ label: t('action.back'), onPress: onBack }} trailing={lock} />
      }
      footer={<p className="text-center text-ink-3 text-small tabular-nums">{t('settings.version', { version })}</p>}
    >
      <div className="grid gap-4">
        {error !== null && <ErrorNote error={error} />}
        <Safety {...props} />
        <WalletGroup {...props} />
        <Help {...props} />
        <Window {...props} />
        <Group label={t('settings.device')}>
          <RowList>
            <Row
              leading={<LogOut aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
              title={t('settings.sign-out')}
              end="chevron"
              onPress={() => setLeaving(true)}
            />
          </RowList>
        </Group>
      </div>
      <EraseSheets
        open={leaving}
        onClose={() => setLeaving(false)}
        text={t('erase.text')}
        consents={consentsFor(wallets)}
        busy={leavingNow}
        onErase={onSignOut}
      />
    </Page>
  );
}

function Safety({ unlockMethods, backup, providerLabel, onOpen }: SettingsScreenProps) {
  const ways = formats().list(unlockMethods.map((method) => t(`settings.unlock.${method}`)));
  return (
    <Group label={t('settings.safety')}>
      <RowList>
        {backup !== null && (
          <Row
            leading={<ShieldCheck aria-hidden="true" size={18} />}
            title={t('settings.backup')}
            detail={t('settings.backup.detail', { provider: providerLabel, createdAtMs: backup.createdAtMs })}
            trailing={
              <span className="font-medium text-success">
                {t('settings.backup.verified', { verifiedAtMs: backup.verifiedAtMs })}
              </span>
            }
            end="chevron"
            onPress={() => onOpen('backup')}
          />
        )}
        <Row
          leading={<KeyRound aria-hidden="true" size={18} />}
          title={t('unlock-settings.title')}
          trailing={ways}
          end="chevron"
          onPress={() => onOpen('unlock')}
        />
      </RowList>
    </Group>
  );
}

function WalletGroup({ onOpen }: SettingsScreenProps) {
  return (
    <Group label={t('settings.wallet')}>
      <RowList>
        <Row
          leading={<SlidersHorizontal aria-hidden="true" size={18} />}
          title={t('settings.general')}
          detail={t('settings.general.detail')}
          end="chevron"
          onPress={() => onOpen('general')}
        />
        <Row
          leading={<Globe aria-hidden="true" size={18} />}
          title={t('networks.title')}
          detail={t('networks.detail')}
          end="chevron"
          onPress={() => onOpen('networks')}
        />
        <Row
          leading={<Plug aria-hidden="true" size={18} />}
          title={t('sites.title')}
          detail={t('sites.detail')}
          end="chevron"
          onPress={() => onOpen('sites')}
        />
        <Row
          leading={<BookUser aria-hidden="true" size={18} />}
          title={t('contacts.title')}
          end="chevron"
          onPress={() => onOpen('contacts')}
        />
      </RowList>
    </Group>
  );
}

function Help({ onOpen, onFirmware }: SettingsScreenProps) {
  const [showing, setShowing] = useState(false);
  return (
    <Group label={t('settings.help')}>
      <RowList>
        <Row
          leading={<LifeBuoy aria-hidden="true" size={18} />}
          title={t('lost.title')}
          end="chevron"
          onPress={() => onOpen('what-is-lost')}
        />
        <Row
          leading={<Keyboard aria-hidden="true" size={18} />}
          title={t('shortcuts.title')}
          end="chevron"
          onPress={() => setShowing(true)}
        />
        <Row
          leading={<Cpu aria-hidden="true" size={18} />}
          title={t('firmware.title')}
          detail={t('firmware.detail')}
          end="chevron"
          onPress={onFirmware}
        />
        <Row
          leading={<Info aria-hidden="true" size={18} />}
          title={t('about.title')}
          end="chevron"
          onPress={() => onOpen('about')}
        />
      </RowList>
      <ShortcutsSheet open={showing} onClose={() => setShowing(false)} />
    </Group>
  );
}

/** Where a popup can go on: it closes as soon as something else is looked at, these do not. */
function Window({ onSidePanel, onTab }: SettingsScreenProps) {
  if (onSidePanel === null && onTab === null) return null;
  return (
    <Group label={t('page.group')}>
      <RowList>
        {onSidePanel !== null && (
          <Row
            leading={<PanelRight aria-hidden="true" size={18} className="rtl:-scale-x-100" />}
            title={t('page.side-panel')}
            end="chevron"
            onPress={onSidePanel}
          />
        )}
        {onTab !== null && (
          <Row
            leading={<AppWindow aria-hidden="true" size={18} />}
            title={t('page.tab')}
            end="chevron"
            onPress={onTab}
          />
        )}
      </RowList>
    </Group>
  );
}
