/** A hardware wallet: added, checked, asked for a signature; with invented addresses. */
import type { ReactNode } from 'react';
import { JobElsewhereScreen, JobEndScreen } from '@/components/screens/device-job/Screen';
import { CheckAddressScreen } from '@/components/screens/hardware/CheckAddressScreen';
import { JobScreen, type JobScreenProps } from '@/components/screens/hardware/JobScreen';
import { PairScreen, type PairScreenProps } from '@/components/screens/hardware/PairScreen';
import type { DeviceTalk } from '@/components/screens/hardware/use-device';
import { type ErrorCode, WalletError } from '@/lib/errors';
import { EVERYDAY, MIRA, nothing, SAVINGS } from './invented';

const quiet: DeviceTalk = { ways: ['usb', 'bridge', 'suite'], busy: false, prompt: 'none', wants: null, error: null };
const working: DeviceTalk = { ...quiet, busy: true };
const failed = (code: ErrorCode): DeviceTalk => ({
  ...quiet,
  error: new WalletError(
    code,
    code === 'device-wrong-wallet' ? { expectedAddress: EVERYDAY.address, actualAddress: MIRA } : {},
  ),
});
const ways = { onConnect: nothing, onPassphrase: nothing, onPinPlaces: nothing, onStop: nothing };

const pairing: PairScreenProps = {
  ...ways,
  talk: quiet,
  step: { at: 'connect' },
  error: null,
  onToggle: nothing,
  onMore: nothing,
  onAdd: nothing,
  onBack: nothing,
};
const checking = { ...ways, talk: quiet, account: EVERYDAY, confirmed: false, onBack: nothing };
const job: JobScreenProps = {
  ...ways,
  talk: quiet,
  kind: 'transaction',
  facts: {
    account: 'Cold',
    network: 'Ethereum',
    amount: '0.5 ETH',
    to: MIRA,
    fee: '0.00042 ETH',
    dataBytes: 0,
    message: null,
    hashes: null,
  },
  error: null,
  onRefuse: nothing,
};
const signing = (facts: Partial<NonNullable<JobScreenProps['facts']>>) => ({
  ...job,
  facts: job.facts && { ...job.facts, amount: null, to: undefined, fee: null, ...facts },
});

export const HARDWARE_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '14-hardware-pair': () => <PairScreen {...pairing} />,
  '14-hardware-pair-no-usb': () => <PairScreen {...pairing} talk={{ ...quiet, ways: ['bridge'] }} />,
  '14-hardware-pair-pin': () => <PairScreen {...pairing} talk={{ ...working, prompt: 'pin' }} />,
  '14-hardware-pair-passphrase': () => <PairScreen {...pairing} talk={{ ...working, wants: 'passphrase' }} />,
  '14-hardware-pair-pin-matrix': () => <PairScreen {...pairing} talk={{ ...working, wants: 'pin' }} />,
  '14-hardware-pair-suite': () => <PairScreen {...pairing} talk={{ ...working, prompt: 'suite' }} />,
  '14-hardware-pair-no-suite': () => <PairScreen {...pairing} talk={failed('device-no-suite')} />,
  '14-hardware-pair-no-bridge': () => (
    <PairScreen {...pairing} talk={{ ...failed('device-no-bridge'), ways: ['bridge'] }} />
  ),
  '14-hardware-pair-not-chosen': () => <PairScreen {...pairing} talk={failed('device-not-chosen')} />,
  '14-hardware-pair-found': () => (
    <PairScreen
      {...pairing}
      talk={working}
      step={{
        at: 'found',
        more: true,
        accounts: [
          { index: 0, address: EVERYDAY.address, state: 'here' },
          { index: 1, address: SAVINGS.address, state: 'chosen' },
          { index: 2, address: MIRA, state: 'left' },
        ],
      }}
    />
  ),
  '14-hardware-pair-checking': () => (
    <PairScreen
      {...pairing}
      talk={{ ...working, prompt: 'confirm' }}
      step={{ at: 'checking', address: SAVINGS.address }}
    />
  ),
  '14-hardware-check-same': () => <CheckAddressScreen {...checking} confirmed />,
  '14-hardware-check-other': () => <CheckAddressScreen {...checking} talk={failed('device-wrong-wallet')} />,
  '14-hardware-sign-confirm': () => <JobScreen {...job} talk={{ ...working, prompt: 'confirm' }} />,
  '14-hardware-sign-call': () => (
    <JobScreen {...signing({ amount: '0 ETH', to: MIRA, fee: '0.0021 ETH', dataBytes: 1_284 })} />
  ),
  '14-hardware-sign-message': () => (
    <JobScreen {...signing({ message: 'Sign in to example.org\nNonce: 8f31c2' })} kind="message" />
  ),
  '14-hardware-sign-typed-data': () => (
    <JobScreen
      {...signing({ hashes: { domainHash: `0x${'a3'.repeat(32)}`, messageHash: `0x${'5c'.repeat(32)}` } })}
      kind="typed-data"
    />
  ),
  '14-hardware-sign-unplugged': () => <JobScreen {...job} talk={failed('device-disconnected')} />,
  '14-hardware-elsewhere': () => <JobElsewhereScreen onShow={nothing} onRefuse={nothing} />,
  '14-hardware-closed': () => <JobEndScreen error={{ code: 'device-page-closed', details: {} }} onDone={nothing} />,
};
