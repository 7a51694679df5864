/** The backup that stands: its page, and what is done with it. */
import type { ReactNode } from 'react';
import { BackupScreen, type BackupScreenProps, PracticeSheet } from '@/components/screens/backup/Screen';
import { ChoosePinScreen } from '@/components/screens/choose-pin/Screen';
import {
  DeleteBackupScreen,
  DeletePinScreen,
  OrderedScreen,
  OrderingScreen,
  WithdrawnScreen,
} from '@/components/screens/delete-backup/Screen';
import { KnownScreen, LongAwayScreen, PinCheckScreen } from '@/components/screens/pin-check/Screen';
import { PinChangedScreen, ResettingScreen } from '@/components/screens/pin-reset/Screen';
import { PracticePinScreen, PractisedScreen, SecondDeviceScreen } from '@/components/screens/practice/Screen';
import { ProvePinScreen, ProveScreen } from '@/components/screens/prove/Screen';
import { SecondAddedScreen, SecondingScreen, SecondSignInScreen } from '@/components/screens/second-sign-in/Screen';
import { DeviceSignedOutScreen, SignOutDeviceScreen } from '@/components/screens/sign-out-device/Screen';
import { StoppedScreen } from '@/components/screens/stopped/Screen';
import { OpeningScreen } from '@/components/screens/task/Screen';
import type { BackupView } from '@/lib/bus/backup';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { Acted } from './Acted';
import { APPLE, BACKUP, EVERYDAY, GOOGLE, NOW_MS, nothing } from './invented';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });

const backup: BackupScreenProps = {
  provider: GOOGLE,
  backup: BACKUP,
  error: null,
  onChangePin: nothing,
  onPinCheck: nothing,
  onPractise: nothing,
  onSecondDevice: nothing,
  secondProviders: [],
  onSecondSignIn: nothing,
  onDevice: nothing,
  onDelete: nothing,
  onBack: nothing,
};
const REALM_DOWN: BackupView['health'] = {
  askedAtMs: NOW_MS,
  verifiedAtMs: NOW_MS - 26 * 3_600_000,
  vault: 'down',
  issuer: 'expired',
  realms: [
    { host: 'realm-1.example', up: true },
    { host: 'realm-2.example', up: false },
    { host: 'realm-3.example', up: true },
  ],
  alarm: null,
  changedElsewhere: null,
  recoveredElsewhere: null,
  signedOut: false,
  devices: null,
  gone: false,
  order: null,
  events: [],
};
const leaving = {
  name: 'Chromium on Windows',
  lastSeenAtMs: NOW_MS - 20 * 24 * 3_600_000,
  providerLabel: 'Google',
  onGoOn: nothing,
  onBack: nothing,
};
const deleting = { onExport: nothing, onGoOn: nothing, onBack: nothing };
const practising = {
  triesLeft: null,
  nextTryAtMs: null,
  nowMs: NOW_MS,
  error: null,
  busy: false,
  onPin: nothing,
  onLeave: nothing,
};
const practised = {
  ms: { signIn: 920, servers: 210, realms: 1480, record: 130, same: 40 },
  generation: 2,
  realmsAnswered: 3,
  failedTries: 0,
  providerLabel: 'Google',
  address: EVERYDAY.address,
  onDone: nothing,
};
const second = { code: 'K7M-2QP', providerLabel: 'Google', error: null, onSame: nothing, onBack: nothing };
const checking = { error: null, nowMs: NOW_MS, busy: false, onPin: nothing, onReset: nothing, onBack: nothing };
const resetting = { slow: false, error: null, pin: 'old', onRetry: nothing, onLeave: nothing } as const;
const opening = { providerLabel: 'Google', error: null, mayBeDone: false, onRetry: nothing, onLeave: nothing };
const proving = () => ({
  title: t('backup.change-pin'),
  lead: t('reveal.lead'),
  text: t('pin-reset.prove', { provider: 'Google' }),
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
const choosing = () => ({
  title: t('pin-reset.choose'),
  actionLabel: t('pin-reset.action'),
  checkPin: async () => null,
  error: null,
  busy: false,
  onChosen: nothing,
  onBack: nothing,
});

export const BACKUP_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '11-backup': () => <BackupScreen {...backup} />,
  '11-backup-due': () => (
    <BackupScreen {...backup} backup={{ ...BACKUP, drilledAtMs: null, pin: { ...BACKUP.pin, due: true } }} />
  ),
  '11-backup-practise': () => (
    <>
      <BackupScreen {...backup} />
      <PracticeSheet open onClose={nothing} onPractise={nothing} onSecondDevice={nothing} />
    </>
  ),
  '11-backup-realm-down': () => <BackupScreen {...backup} backup={{ ...BACKUP, health: REALM_DOWN }} />,
  '11-backup-alarm': () => (
    <BackupScreen {...backup} backup={{ ...BACKUP, health: { ...REALM_DOWN, alarm: 'servers-disagree' } }} />
  ),
  '11-backup-second': () => <BackupScreen {...backup} secondProviders={['Apple']} />,
  '18-second-sign-in': () => <SecondSignInScreen providers={[GOOGLE, APPLE]} onChoose={nothing} onBack={nothing} />,
  '18-second-choose': () => (
    <ChoosePinScreen {...choosing()} title={t('second.choose')} actionLabel={t('second.action')} />
  ),
  '18-seconding': () => (
    <SecondingScreen step="storing-vault" slow={false} error={null} onRetry={nothing} onLeave={nothing} />
  ),
  '18-seconding-failed': () => (
    <SecondingScreen
      step="storing-realms"
      slow={false}
      error={problem('realms-unreachable')}
      onRetry={nothing}
      onLeave={nothing}
    />
  ),
  '18-second-same-account': () => (
    <OpeningScreen {...opening} error={problem('backup-exists', { reason: 'same-account' })} />
  ),
  '18-second-added': () => <SecondAddedScreen providerLabel="Apple" onDone={nothing} />,
  '17-sign-out-device': () => <SignOutDeviceScreen {...leaving} />,
  '17-sign-out-failed': () => <OpeningScreen {...opening} error={problem('issuer-unreachable')} mayBeDone />,
  '17-signed-out-device': () => <DeviceSignedOutScreen name={leaving.name} onDone={nothing} />,
  '16-delete': () => <DeleteBackupScreen {...deleting} />,
  '16-delete-pin-only': () => <DeleteBackupScreen {...deleting} onExport={null} />,
  '16-delete-pin': () => <DeletePinScreen error={null} nowMs={NOW_MS} busy={false} onPin={nothing} onLeave={nothing} />,
  '16-delete-ordering-failed': () => (
    <OrderingScreen error={problem('vault-unreachable')} onRetry={nothing} onLeave={nothing} />
  ),
  '16-delete-ordered': () => <OrderedScreen deadlineMs={NOW_MS + 72 * 3_600_000} onDone={nothing} />,
  '16-delete-undone': () => <WithdrawnScreen onDone={nothing} />,
  '11-practice-pin': () => <PracticePinScreen {...practising} />,
  '11-practice-wrong': () => (
    <PracticePinScreen {...practising} triesLeft={6} error={problem('pin-wrong', { triesLeft: 6 })} />
  ),
  '11-backup-drill': () => <PractisedScreen {...practised} />,
  '11-practice-second': () => <SecondDeviceScreen {...second} />,
  '11-practice-differs': () => (
    <Acted pressed="footer button:last-child">
      <SecondDeviceScreen {...second} />
    </Acted>
  ),
  '11-pin-check': () => <PinCheckScreen {...checking} />,
  '11-pin-check-wrong': () => <PinCheckScreen {...checking} error={problem('pin-wrong')} />,
  '11-pin-check-right': () => <KnownScreen nextAtMs={BACKUP.pin.dueAtMs} onDone={nothing} />,
  '11-pin-check-long-away': () => <LongAwayScreen busy={false} error={null} onStart={nothing} onBack={nothing} />,
  '15-reset-prove': () => <ProveScreen {...proving()} />,
  '15-prove-pin': () => (
    <ProvePinScreen
      title={t('sign-out-device.title')}
      actionLabel={t('action.continue')}
      nextAtMs={null}
      nowMs={NOW_MS}
      error={null}
      busy={false}
      onPin={nothing}
      onBack={nothing}
    />
  ),
  '15-reset-sign-in': () => <OpeningScreen {...opening} />,
  '15-reset-not-begun': () => <OpeningScreen {...opening} error={problem('vault-unreachable')} />,
  '15-reset-choose': () => <ChoosePinScreen {...choosing()} />,
  '15-resetting': () => <ResettingScreen {...resetting} step="storing-realms" />,
  '15-resetting-failed': () => (
    <ResettingScreen {...resetting} step="storing-realms" error={problem('realms-unreachable')} />
  ),
  '15-resetting-unknown': () => (
    <ResettingScreen {...resetting} step="checking" error={problem('vault-unreachable')} pin="either" />
  ),
  '15-resetting-overtaken': () => (
    <ResettingScreen {...resetting} step="storing-realms" error={problem('slot-void')} pin="other" />
  ),
  '15-reset-done': () => <PinChangedScreen onDone={nothing} />,
  '15-unsigned': () => (
    <StoppedScreen error={problem('unsigned-status')} erasing={false} onContinue={nothing} onErase={nothing} />
  ),
};
