import { WalletError } from '@/lib/errors';
import { openOneKey } from '@/lib/hardware/onekey/signer';
import { BRIDGE_URLS, openAnyBridge } from '@/lib/hardware/transport/bridge';
import type { Link } from '@/lib/hardware/transport/link';
import { chooseDevice, knownDevices, openUsbLink, type Usb } from '@/lib/hardware/transport/web-usb';
import type { Trezor } from '@/lib/hardware/trezor';
import type { HardwareSigner, OneKeySigner, Person } from '@/lib/hardware/types';

/** Pages of this extension take turns: two of them cannot hold one device. */
const LOCK = 'halfkey-hardware';

function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

export type Work<Result, Signer = HardwareSigner> = (signer: Signer) => Promise<Result>;

/** @throws WalletError `device-in-use` while another page has a device; what opening and the work throw */
function alone<Result, Signer extends HardwareSigner>(
  open: () => Promise<Signer>,
  work: Work<Result, Signer>,
): Promise<Result> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw new WalletError('device-in-use');
    const signer = await open();
    try {
      return await work(signer);
    } finally {
      await signer.close();
    }
  });
}

const withOneKey = <Result>(open: () => Promise<Link>, person: Person, work: Work<Result, OneKeySigner>) =>
  alone(async () => openOneKey({ link: await open(), person, after }), work);

/**
 * Opens the device that is plugged in and known, or lets the user choose one; to be called in the turn of a press. It is
 * given back however the work ends.
 * @throws WalletError `device-not-chosen`, `device-in-use`, and what the work throws
 */
export function withUsbDevice<Result>(usb: Usb, person: Person, work: Work<Result, OneKeySigner>): Promise<Result> {
  const open = async () => {
    const [known, ...more] = await knownDevices(usb);
    return openUsbLink(known !== undefined && more.length === 0 ? known : await chooseDevice(usb));
  };
  return withOneKey(open, person, work);
}

/** The same by a bridge program of this computer. @throws WalletError `device-no-bridge`, and as above */
export function withBridgeDevice<Result>(person: Person, work: Work<Result, OneKeySigner>): Promise<Result> {
  const ask: typeof fetch = (...request) => fetch(...request);
  return withOneKey(() => openAnyBridge(BRIDGE_URLS.map((url) => ({ fetch: ask, url }))), person, work);
}

/** A Trezor, by Trezor Suite in a tab of its own. @throws WalletError `device-no-suite`, and what the work throws */
export const withTrezor = <Result>(trezor: Trezor, person: Person, work: Work<Result>): Promise<Result> =>
  alone(() => trezor.open(person), work);
