/** A device on USB, by the browser's WebUSB; `usb` is handed in. */
import { WalletError } from '@/lib/errors';
import { garbled, REPORT_BYTES, readMessage, toReports } from '../wire/framing';
import type { Link } from './link';

/** Trezor-compatible firmware, boot loader, firmware of 3.0.0 and later that says it is OneKey's. */
const FILTERS = [0x53c1, 0x53c0, 0x4f4b].map((productId) => ({ vendorId: 0x1209, productId }));
const [CONFIGURATION, INTERFACE, ENDPOINT] = [1, 0, 1];

/** As much of WebUSB as is used. */
export interface UsbDevice {
  readonly serialNumber?: string | undefined;
  readonly vendorId: number;
  readonly productId: number;
  open(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  releaseInterface(number: number): Promise<void>;
  close(): Promise<void>;
  transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>): Promise<{ readonly status?: string }>;
  transferIn(
    endpoint: number,
    length: number,
  ): Promise<{ readonly data?: DataView | undefined; readonly status?: string }>;
}

export interface Usb {
  getDevices(): Promise<readonly UsbDevice[]>;
  /** Only in the turn of a press. */
  requestDevice(options: { readonly filters: { vendorId: number; productId: number }[] }): Promise<UsbDevice>;
}

/** The part of WebUSB that tells of plugs. */
export interface UsbEvents {
  addEventListener(type: 'connect', listener: () => void): void;
  removeEventListener(type: 'connect', listener: () => void): void;
}

/** Runs `work` when a device that was chosen before is plugged in. @returns stops listening */
export function whenPluggedIn(usb: UsbEvents, work: () => void): () => void {
  usb.addEventListener('connect', work);
  return () => usb.removeEventListener('connect', work);
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Lets the user choose. @throws WalletError `device-not-chosen` */
export async function chooseDevice(usb: Usb): Promise<UsbDevice> {
  try {
    return await usb.requestDevice({ filters: FILTERS });
  } catch (error) {
    throw new WalletError(nameOf(error) === 'SecurityError' ? 'device-disconnected' : 'device-not-chosen');
  }
}

/** Devices that were chosen before and are plugged in. */
export async function knownDevices(usb: Usb): Promise<readonly UsbDevice[]> {
  const devices = await usb.getDevices();
  return devices.filter((device) =>
    FILTERS.some(({ vendorId, productId }) => device.vendorId === vendorId && device.productId === productId),
  );
}

/** @throws WalletError `device-in-use`, `device-disconnected` */
export async function openUsbLink(device: UsbDevice): Promise<Link> {
  try {
    await device.open();
    await device.selectConfiguration(CONFIGURATION);
    await device.claimInterface(INTERFACE);
  } catch (error) {
    await device.close().catch(() => undefined);
    // A device that another program has claimed, or may not be opened, says either.
    const inUse = ['NetworkError', 'SecurityError', 'InvalidStateError'].includes(nameOf(error));
    throw new WalletError(inUse ? 'device-in-use' : 'device-disconnected');
  }
  // A transfer cannot be taken back: one that nobody waits for any more is the next one's.
  let pending: Promise<Uint8Array> | undefined;
  const read = async (): Promise<Uint8Array> => {
    pending ??= readReport(device).finally(() => {
      pending = undefined;
    });
    return pending;
  };
  return {
    send: async (message) => {
      for (const report of toReports(message)) await transferOut(device, report);
    },
    receive: () => readMessage(read),
    close: async () => {
      await device.releaseInterface(INTERFACE).catch(() => undefined);
      await device.close().catch(() => undefined);
    },
  };
}

async function transferOut(device: UsbDevice, report: Uint8Array<ArrayBuffer>): Promise<void> {
  const { status } = await device.transferOut(ENDPOINT, report).catch(() => ({ status: 'gone' }));
  if (status !== 'ok') throw new WalletError('device-disconnected');
}

async function readReport(device: UsbDevice): Promise<Uint8Array> {
  const result = await device.transferIn(ENDPOINT, REPORT_BYTES).catch(() => undefined);
  if (result === undefined) throw new WalletError('device-disconnected');
  const { data } = result;
  if (result.status !== 'ok' || data === undefined) throw garbled();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
