import type { ReactNode } from 'react';
import { CoinDeviceScreen } from '@/components/screens/hardware/coin/DeviceScreen';
import { type CoinJob, CoinJobScreen } from '@/components/screens/hardware/coin/JobScreen';
import { CoinSignedScreen } from '@/components/screens/hardware/coin/SignedScreen';
import type { DeviceTalk } from '@/components/screens/hardware/use-device';
import { WalletError } from '@/lib/errors';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { nothing } from './invented';
import { CASH, OWN, QUOTE } from './utxo-invented';

const idle: DeviceTalk = { ways: ['usb', 'bridge'], busy: false, prompt: 'none', wants: null, error: null };
const busy: DeviceTalk = { ...idle, busy: true, prompt: 'confirm' };
const ways = { talk: idle, onConnect: nothing, onPassphrase: nothing, onPinPlaces: nothing, onStop: nothing };

const payment: CoinJob = { kind: 'transaction', quote: { ...QUOTE, onDevice: true }, symbol: 'BTC' };
const job = { ...ways, job: payment, progress: null, error: null, onRefuse: nothing };
const device = {
  ...ways,
  title: '',
  lead: '',
  text: '',
  address: null,
  confirmed: false,
  error: null,
  onBack: nothing,
};
const checking = () => ({
  ...device,
  title: t('hardware.check.title'),
  lead: u('receive.fresh', { place: 3 }),
  text: t('hardware.check.text'),
  address: CASH,
});

/** What a device is asked about Bitcoin and its relatives. */
export const UTXO_DEVICE_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '43-device-payment': () => <CoinJobScreen {...job} />,
  '43-device-signing': () => <CoinJobScreen {...job} talk={busy} progress={{ step: 'checking', done: 3, total: 24 }} />,
  '43-device-message': () => (
    <CoinJobScreen {...job} job={{ kind: 'message', address: OWN, message: 'I live at this address.' }} />
  ),
  '43-device-loading': () => <CoinJobScreen {...job} job={null} />,
  '43-device-refused': () => (
    <CoinJobScreen {...job} talk={{ ...idle, error: new WalletError('device-misbehaved', { reason: 'outputs' }) }} />
  ),
  '43-device-gone': () => <CoinJobScreen {...job} job={null} error={{ code: 'request-gone', details: {} }} />,
  '43-device-signed': () => <CoinSignedScreen text={OWN.repeat(2)} onCopy={nothing} onSave={null} onDone={nothing} />,
  '43-device-signed-file': () => (
    <CoinSignedScreen text={OWN.repeat(8)} onCopy={nothing} onSave={nothing} onDone={nothing} />
  ),
  '43-device-accounts': () => (
    <CoinDeviceScreen
      {...device}
      title={u('accounts.title', { coin: 'Bitcoin' })}
      lead={u('device.accounts')}
      text={u('device.accounts.text')}
    />
  ),
  '43-device-address': () => <CoinDeviceScreen {...checking()} />,
  '43-device-address-same': () => <CoinDeviceScreen {...checking()} confirmed />,
};
