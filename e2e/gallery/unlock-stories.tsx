/** How this browser opens and closes: choosing it, the locked page, what can be done without it, its settings. */
import type { ReactNode } from 'react';
import { DeviceUnlockScreen, type DeviceUnlockScreenProps } from '@/components/screens/device-unlock/Screen';
import { EraseSheets } from '@/components/screens/forgot/EraseSheets';
import { consentsFor, type LockedWallet } from '@/components/screens/forgot/locked-wallets';
import { ForgotScreen } from '@/components/screens/forgot/Screen';
import { ProveScreen } from '@/components/screens/prove/Screen';
import { StoppedScreen } from '@/components/screens/stopped/Screen';
import { UnlockScreen, type UnlockScreenProps } from '@/components/screens/unlock/Screen';
import { MethodSheet, type MethodSheetProps } from '@/components/screens/unlock-settings/MethodSheet';
import { PasswordPage } from '@/components/screens/unlock-settings/PasswordPage';
import { RemoveSheet } from '@/components/screens/unlock-settings/RemoveSheet';
import { UnlockSettingsScreen, type UnlockSettingsScreenProps } from '@/components/screens/unlock-settings/Screen';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { NOW_MS, nothing } from './invented';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });
const done = async () => true;

const choosing: DeviceUnlockScreenProps = {
  methods: ['passkey', 'password', 'pin'],
  error: null,
  busy: null,
  onPasskey: nothing,
  onPassword: nothing,
  onUsePin: nothing,
  onOpenTab: nothing,
};

const unlocking: UnlockScreenProps = {
  methods: ['password'],
  passkeysOffered: true,
  error: null,
  foreignTries: null,
  nextAtMs: null,
  nowMs: NOW_MS,
  busy: null,
  onPasskey: nothing,
  onPassword: nothing,
  onPin: nothing,
  onForgot: nothing,
  onOpenTab: nothing,
};

const wallet = (id: number, type: LockedWallet['type'], name: string, accounts = 1): LockedWallet => ({
  id: `${id}`.padEnd(22, 'A'),
  type,
  name,
  accounts,
});
const LOCKED: readonly LockedWallet[] = [
  wallet(1, 'keyless', '', 3),
  wallet(2, 'phrase', 'Savings'),
  wallet(3, 'private-key', ''),
  wallet(4, 'watch', 'Mira'),
];
const forgot = { pinOnly: false, error: null, busy: false, onErase: nothing, onRecover: nothing, onBack: nothing };
const erasing = { open: true, busy: false, onErase: nothing, onClose: nothing };

const settings: UnlockSettingsScreenProps = {
  methods: ['passkey', 'password'],
  keylessOnly: true,
  passkeysOffered: true,
  idleLockMinutes: 15,
  busy: null,
  error: null,
  open: null,
  onOpen: nothing,
  onSetPasskey: nothing,
  onAddPassword: done,
  onChangePassword: done,
  onRemove: nothing,
  onIdleLock: nothing,
  onLock: nothing,
  onForgetError: nothing,
  onOpenTab: nothing,
  onBack: nothing,
};
const sheet: MethodSheetProps = {
  method: 'passkey',
  isSet: true,
  isOnly: false,
  keylessOnly: true,
  offered: true,
  busy: false,
  error: null,
  onSet: nothing,
  onRemove: nothing,
  onOpenTab: nothing,
  onClose: nothing,
};
const over = (above: ReactNode) => (
  <>
    <UnlockSettingsScreen {...settings} />
    {above}
  </>
);
const removing = { busy: false, error: null, onRemove: nothing, onClose: nothing };
const proving = () => ({
  title: t('unlock-settings.passkey.change'),
  lead: t('reveal.lead'),
  text: t('unlock-settings.prove'),
  actionLabel: t('action.continue'),
  passkeyLabel: t('reveal.passkey'),
  byPassword: true,
  byPasskey: true,
  busy: null,
  error: null,
  onPassword: nothing,
  onPasskey: nothing,
  onBack: nothing,
});
const stopped = { erasing: false, onContinue: nothing, onErase: nothing };

export const UNLOCK_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '04-device-unlock': () => <DeviceUnlockScreen {...choosing} />,
  '04-device-unlock-waiting': () => <DeviceUnlockScreen {...choosing} busy="passkey" />,
  '04-device-unlock-unsupported': () => (
    <DeviceUnlockScreen {...choosing} error={problem('passkey-unsupported', { reason: 'made' })} />
  ),
  '04-device-unlock-password': () => <DeviceUnlockScreen {...choosing} methods={['password', 'pin']} />,
  '04-device-unlock-pin': () => <DeviceUnlockScreen {...choosing} />,
  '12-unlock': () => <UnlockScreen {...unlocking} />,
  '12-unlock-passkey': () => <UnlockScreen {...unlocking} methods={['passkey', 'password']} />,
  '12-unlock-passkey-waiting': () => <UnlockScreen {...unlocking} methods={['passkey', 'password']} busy="passkey" />,
  '12-unlock-passkey-cancelled': () => (
    <UnlockScreen {...unlocking} methods={['passkey']} error={problem('passkey-cancelled')} />
  ),
  '12-unlock-passkey-elsewhere': () => <UnlockScreen {...unlocking} methods={['passkey']} passkeysOffered={false} />,
  '12-unlock-wrong': () => <UnlockScreen {...unlocking} error={problem('password-wrong')} />,
  '12-unlock-slowed': () => (
    <UnlockScreen
      {...unlocking}
      error={problem('password-wrong', { nextAtMs: NOW_MS + 28_000 })}
      nextAtMs={NOW_MS + 28_000}
    />
  ),
  '12-unlock-damaged': () => <UnlockScreen {...unlocking} error={problem('keyring-damaged')} />,
  '12-unlock-pin': () => <UnlockScreen {...unlocking} methods={['pin']} />,
  '12-unlock-pin-wrong-tries': () => (
    <UnlockScreen {...unlocking} methods={['pin']} foreignTries={{ count: 3, lastAtMs: NOW_MS - 20 * 3_600_000 }} />
  ),
  '12-forgot': () => <ForgotScreen {...forgot} wallets={LOCKED} />,
  '12-forgot-keyless': () => <ForgotScreen {...forgot} wallets={LOCKED.slice(0, 1)} />,
  '12-forgot-pin': () => <ForgotScreen {...forgot} pinOnly wallets={LOCKED.slice(0, 1)} />,
  '12-forgot-erase': () => (
    <>
      <ForgotScreen {...forgot} wallets={LOCKED} />
      <EraseSheets {...erasing} text={t('erase.text')} consents={consentsFor(LOCKED)} />
    </>
  ),
  '12-forgot-erase-last': () => (
    <>
      <ForgotScreen {...forgot} wallets={LOCKED.slice(0, 1)} />
      <EraseSheets {...erasing} text={t('erase.text')} consents={[]} />
    </>
  ),
  '13-servers-disagree': () => <StoppedScreen {...stopped} error={problem('servers-disagree')} />,
  '13-update-the-app': () => <StoppedScreen {...stopped} error={problem('update-the-app')} />,
  '13-keyring-damaged': () => <StoppedScreen {...stopped} error={problem('keyring-damaged')} />,
  '13-storage-failed': () => <StoppedScreen {...stopped} error={problem('storage-failed', { reason: 'profile' })} />,
  '13-storage-failed-erase': () => (
    <>
      <StoppedScreen {...stopped} error={problem('storage-failed', { reason: 'profile' })} />
      <EraseSheets {...erasing} text={t('erase.text.damaged')} consents={[t('erase.consent.damaged')]} />
    </>
  ),
  '14-unlock-settings': () => <UnlockSettingsScreen {...settings} />,
  '14-unlock-settings-pin': () => <UnlockSettingsScreen {...settings} methods={['pin']} />,
  '14-unlock-settings-passkey': () => over(<MethodSheet {...sheet} />),
  '14-unlock-settings-passkey-add': () => over(<MethodSheet {...sheet} isSet={false} />),
  '14-unlock-settings-last': () => over(<MethodSheet {...sheet} method="password" isOnly keylessOnly={false} />),
  '14-unlock-settings-remove': () => over(<RemoveSheet {...removing} method="passkey" isOnly={false} />),
  '14-unlock-settings-remove-last': () => over(<RemoveSheet {...removing} method="password" isOnly />),
  '14-unlock-settings-prove': () => <ProveScreen {...proving()} />,
  '14-unlock-settings-password': () => <PasswordPage has busy={false} error={null} onChange={done} onDone={nothing} />,
};
