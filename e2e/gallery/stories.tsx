import type { ReactNode } from 'react';
import { AboutScreen } from '@/components/screens/about/Screen';
import { BackupVerifiedScreen } from '@/components/screens/backup-verified/Screen';
import { ChoosePinScreen } from '@/components/screens/choose-pin/Screen';
import { CreatingScreen } from '@/components/screens/creating/Screen';
import { GeneralSettingsScreen, type GeneralSettingsScreenProps } from '@/components/screens/general-settings/Screen';
import { LanguageSheet, ValuesSheet } from '@/components/screens/general-settings/sheets';
import { HomeScreen, type HomeScreenProps } from '@/components/screens/home/Screen';
import { HostAccessScreen } from '@/components/screens/host-access/Screen';
import { RecoverPinScreen } from '@/components/screens/recover-pin/Screen';
import { RecoveringScreen } from '@/components/screens/recovering/Screen';
import { SearchSheet } from '@/components/screens/search/Screen';
import { SettingsScreen, type SettingsScreenProps } from '@/components/screens/settings/Screen';
import { LastTriesSheet } from '@/components/screens/shared/PinEntryPage';
import { weaknessText } from '@/components/screens/shared/pin-words';
import { ShortcutsSheet } from '@/components/screens/shortcuts/ShortcutsSheet';
import { SignInScreen } from '@/components/screens/sign-in/Screen';
import { StartingOverScreen, StartOverOrderedScreen, StartOverScreen } from '@/components/screens/start-over/Screen';
import { CoinRows } from '@/components/screens/utxo/CoinRows';
import { WelcomeScreen, type WelcomeScreenProps } from '@/components/screens/welcome/Screen';
import { WhatIsLostScreen } from '@/components/screens/what-is-lost/Screen';
import { Specimens } from '@/components/specimens/Specimens';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { ErrorCode, ErrorDetails } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { APPROVAL_STORIES } from './approval-stories';
import { BACKUP_STORIES } from './backup-stories';
import { FIRMWARE_STORIES } from './firmware-stories';
import { HARDWARE_STORIES } from './hardware-stories';
import {
  APPLE,
  BACKUP,
  EVERYDAY,
  GOOGLE,
  LOCAL_APPLE,
  LOCAL_GOOGLE,
  MADE_AT_MS,
  NETWORK,
  NOW_MS,
  nothing,
  OWN_PROVIDER,
  PRICES,
  SAVINGS,
  SETTINGS,
  UNKNOWN_BALANCE,
} from './invented';
import { ASSETS, NETWORK_STORIES, SILENT_ASSETS, UNKNOWN_ASSETS } from './network-stories';
import { ACTIVITY, PAYMENT_STORIES } from './payment-stories';
import { SCAN_STORIES } from './scan-stories';
import { SITE_STORIES } from './site-stories';
import { UNLOCK_STORIES } from './unlock-stories';
import { BALANCES } from './utxo-invented';
import { UTXO_STORIES } from './utxo-stories';
import { WALLET_STORIES } from './wallet-stories';

const problem = (code: ErrorCode, details: ErrorDetails = {}): ErrorFacts => ({ code, details });

/** Anything with a row of the same digits is a date here. */
const check = async (pin: string) => (pin.startsWith('19') ? weaknessText('date') : null);

const choosing = () => ({
  actionLabel: t('choose-pin.create'),
  checkPin: check,
  error: null,
  busy: false,
  onChosen: nothing,
  onBack: nothing,
});
const working = { slow: false, error: null, onRetry: nothing, onBack: nothing };
const recovering = {
  provider: GOOGLE,
  madeAtMs: MADE_AT_MS,
  triesLeft: null,
  nextTryAtMs: null,
  wrongTries: null,
  onForgot: nothing,
  nowMs: NOW_MS,
  error: null,
  busy: false,
  onPin: nothing,
  onBack: nothing,
};
const home: HomeScreenProps = {
  account: EVERYDAY,
  network: NETWORK,
  assets: ASSETS,
  networkDown: false,
  backupVerified: true,
  activity: ACTIVITY,
  foreignTries: null,
  asks: null,
  onAnswer: nothing,
  onLater: nothing,
  prices: null,
  amountsCovered: false,
  onAccounts: nothing,
  onSettings: nothing,
  onSend: nothing,
  onReceive: nothing,
  onNetwork: nothing,
  onToken: nothing,
  onManageTokens: nothing,
  onDismissTries: nothing,
  onCover: nothing,
  onSearch: nothing,
  coins: null,
  onCoins: nothing,
};
const welcoming: WelcomeScreenProps = {
  providers: [LOCAL_GOOGLE, LOCAL_APPLE],
  error: null,
  language: 'system',
  onLanguage: nothing,
  onChoose: nothing,
  onOwn: nothing,
};
const settings: SettingsScreenProps = {
  unlockMethods: ['password'],
  wallets: [],
  leavingNow: false,
  backup: BACKUP,
  providerLabel: 'Google',
  version: '0.1.0',
  error: null,
  onSidePanel: nothing,
  onTab: nothing,
  onFirmware: nothing,
  onLock: nothing,
  onOpen: nothing,
  onSignOut: nothing,
  onBack: nothing,
};
const general: GeneralSettingsScreenProps = {
  settings: SETTINGS,
  priceSource: { name: 'CoinGecko', host: 'api.coingecko.com' },
  refused: false,
  error: null,
  onTheme: nothing,
  onLanguage: nothing,
  onHideAmounts: nothing,
  onFiatCurrency: nothing,
  onNotifications: nothing,
  onPinReminders: nothing,
  onBack: nothing,
};
const NO_ACTIVITY = { ...ACTIVITY, items: [], answer: 'failed' } as const;
const about = { version: '0.1.0', onCopyBuild: nothing, onLicence: nothing, onNotices: nothing, onBack: nothing };
/** Invented. */
const BUILD = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Every screen in every state, by the name of its picture. */
export const STORIES: Readonly<Record<string, () => ReactNode>> = {
  '00-components': () => <Specimens />,
  '01-welcome': () => <WelcomeScreen {...welcoming} />,
  '01-welcome-providers': () => <WelcomeScreen {...welcoming} providers={[GOOGLE, APPLE, OWN_PROVIDER]} />,
  '01-welcome-error': () => <WelcomeScreen {...welcoming} providers={[GOOGLE]} error={problem('vault-unreachable')} />,
  '01-sign-in': () => <SignInScreen providerLabel="Google" onBack={nothing} />,
  '02-choose-pin': () => <ChoosePinScreen {...choosing()} />,
  '02-choose-pin-expired': () => <ChoosePinScreen {...choosing()} error={problem('sign-in-expired')} />,
  '03-creating': () => <CreatingScreen step="storing-vault" {...working} />,
  '03-creating-slow': () => <CreatingScreen step="storing-realms" {...working} slow />,
  '03-creating-failed': () => <CreatingScreen step="storing-realms" {...working} error={problem('register-failed')} />,
  '04-backup-verified': () => <BackupVerifiedScreen provider={GOOGLE} onContinue={nothing} />,
  '05-home': () => <HomeScreen {...home} />,
  '05-home-ask-pin': () => <HomeScreen {...home} asks={{ for: 'pin', mayPutOff: true }} />,
  '05-home-alarm': () => <HomeScreen {...home} asks={{ for: 'alarm', code: 'unsigned-status' }} />,
  '05-home-deletion': () => (
    <HomeScreen {...home} asks={{ for: 'order', order: 'delete', deadlineMs: NOW_MS + 50 * 3_600_000 }} />
  ),
  '05-home-start-over': () => (
    <HomeScreen {...home} asks={{ for: 'order', order: 'start-over', deadlineMs: NOW_MS + 150 * 3_600_000 }} />
  ),
  '05-home-backup-gone': () => <HomeScreen {...home} asks={{ for: 'gone' }} />,
  '05-home-pin-changed': () => (
    <HomeScreen {...home} asks={{ for: 'changed', atMs: NOW_MS - 3_600_000, deviceName: 'Firefox on Linux' }} />
  ),
  '05-home-recovered': () => (
    <HomeScreen {...home} asks={{ for: 'recovered', atMs: NOW_MS - 3_600_000, deviceName: 'Firefox on Linux' }} />
  ),
  '05-home-signed-out': () => <HomeScreen {...home} asks={{ for: 'signed-out' }} />,
  '05-home-ask-practice': () => <HomeScreen {...home} asks={{ for: 'practice' }} />,
  '05-home-activity': () => <HomeScreen {...home} />,
  '05-home-opening': () => (
    <HomeScreen
      {...home}
      account={UNKNOWN_BALANCE}
      assets={UNKNOWN_ASSETS}
      activity={{ ...NO_ACTIVITY, answer: 'awaited' }}
    />
  ),
  '05-home-search': () => (
    <>
      <HomeScreen {...home} />
      <SearchSheet
        open
        query="s"
        accounts={[EVERYDAY, SAVINGS]}
        tokens={[]}
        onQuery={nothing}
        onAccount={nothing}
        onToken={nothing}
        onClose={nothing}
      />
    </>
  ),
  '05-home-search-nothing': () => (
    <>
      <HomeScreen {...home} />
      <SearchSheet
        open
        query="nobody"
        accounts={[]}
        tokens={[]}
        onQuery={nothing}
        onAccount={nothing}
        onToken={nothing}
        onClose={nothing}
      />
    </>
  ),
  '05-home-covered': () => <HomeScreen {...home} amountsCovered />,
  '05-home-coins': () => <HomeScreen {...home} coins={<CoinRows balances={BALANCES} onCoin={nothing} />} />,
  '05-home-values': () => <HomeScreen {...home} prices={PRICES} />,
  '05-home-values-stale': () => <HomeScreen {...home} prices={{ ...PRICES, stale: true }} />,
  '05-home-silent-token': () => <HomeScreen {...home} assets={SILENT_ASSETS} />,
  '05-home-no-tokens': () => <HomeScreen {...home} assets={ASSETS.slice(0, 1)} />,
  '05-home-offline': () => <HomeScreen {...home} networkDown />,
  '05-home-offline-unknown': () => (
    <HomeScreen {...home} networkDown account={UNKNOWN_BALANCE} assets={UNKNOWN_ASSETS} activity={NO_ACTIVITY} />
  ),
  '05-home-foreign-tries': () => <HomeScreen {...home} foreignTries={{ count: 2, lastAtMs: NOW_MS - 9_000_000 }} />,
  ...APPROVAL_STORIES,
  ...PAYMENT_STORIES,
  ...SCAN_STORIES,
  '10-recover': () => <RecoverPinScreen {...recovering} />,
  '19-start-over': () => <StartOverScreen onStart={nothing} onBack={nothing} />,
  '19-start-over-asking': () => <StartingOverScreen />,
  '19-start-over-ordered': () => <StartOverOrderedScreen deadlineMs={NOW_MS + 7 * 24 * 3_600_000} onBack={nothing} />,
  '10-recover-wrong-tries': () => (
    <RecoverPinScreen {...recovering} wrongTries={{ count: 3, lastAtMs: NOW_MS - 20 * 3_600_000 }} />
  ),
  '10-recover-wrong-pin': () => (
    <RecoverPinScreen {...recovering} triesLeft={6} error={problem('pin-wrong', { triesLeft: 6 })} />
  ),
  '10-recover-few-tries': () => (
    <RecoverPinScreen {...recovering} triesLeft={3} error={problem('pin-wrong', { triesLeft: 3 })} />
  ),
  '10-recover-last-tries': () => (
    <>
      <RecoverPinScreen {...recovering} triesLeft={3} />
      <LastTriesSheet open triesLeft={3} onUse={nothing} onClose={nothing} />
    </>
  ),
  '10-recover-waiting': () => (
    <RecoverPinScreen
      {...recovering}
      triesLeft={5}
      nextTryAtMs={NOW_MS + 581_000}
      error={problem('pin-wrong', { triesLeft: 5 })}
    />
  ),
  '10-recover-answer-lost': () => <RecoverPinScreen {...recovering} triesLeft={6} error={problem('try-may-be-used')} />,
  '10-recover-used-up': () => <RecoverPinScreen {...recovering} triesLeft={0} />,
  '10-recovering': () => <RecoveringScreen step="asking-vault" {...working} />,
  '10-recovering-failed': () => <RecoveringScreen step="checking" {...working} error={problem('record-mismatch')} />,
  ...FIRMWARE_STORIES,
  ...HARDWARE_STORIES,
  ...NETWORK_STORIES,
  ...BACKUP_STORIES,
  ...SITE_STORIES,
  ...UNLOCK_STORIES,
  ...UTXO_STORIES,
  ...WALLET_STORIES,
  '13-host-access': () => (
    <HostAccessScreen hosts={['vault.example', 'issuer.example']} answer="none" asks="here" onAllow={nothing} />
  ),
  '13-host-access-refused': () => (
    <HostAccessScreen hosts={['vault.example', 'issuer.example']} answer="refused" asks="here" onAllow={nothing} />
  ),
  '14-settings': () => <SettingsScreen {...settings} />,
  '14-settings-general': () => <GeneralSettingsScreen {...general} />,
  '14-settings-general-refused': () => <GeneralSettingsScreen {...general} refused />,
  '14-settings-language': () => (
    <>
      <GeneralSettingsScreen {...general} />
      <LanguageSheet open chosen="system" onChoose={nothing} onClose={nothing} />
    </>
  ),
  '14-settings-values': () => (
    <>
      <GeneralSettingsScreen {...general} />
      <ValuesSheet
        open
        source={{ name: 'CoinGecko', host: 'api.coingecko.com' }}
        chosen="eur"
        onChoose={nothing}
        onClose={nothing}
      />
    </>
  ),
  '14-shortcuts': () => (
    <>
      <SettingsScreen {...settings} />
      <ShortcutsSheet open onClose={nothing} />
    </>
  ),
  '14-what-is-lost': () => <WhatIsLostScreen onBack={nothing} />,
  '14-about': () => <AboutScreen {...about} build={BUILD} />,
  '14-about-development': () => <AboutScreen {...about} build="unknown" />,
};
