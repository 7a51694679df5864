/** The end that stands in for `navigator.usb`: a device object that can be claimed once, and that breaks like a real one. */
import type { Cable } from './pipe';
import { REPORT_BYTES } from './wire';

const gone = (): DOMException => new DOMException('The device was disconnected.', 'NetworkError');

export interface UsbEndOptions {
  readonly productId?: number;
  /** Another program has the interface. */
  readonly claimedElsewhere?: boolean;
  /** The user closes the chooser. */
  readonly rejected?: boolean;
}

/** As much of WebUSB as pages use. */
export function serveUsb(cable: Cable, { productId = 0x53c1, claimedElsewhere, rejected }: UsbEndOptions = {}) {
  let claimed = false;
  const whilePlugged = async () => {
    if (!cable.plugged) throw gone();
  };
  const device = {
    vendorId: 0x1209,
    productId,
    serialNumber: '0123456789ABCDEF01234567',
    productName: 'ONEKEY MINI',
    open: whilePlugged,
    selectConfiguration: whilePlugged,
    claimInterface: async () => {
      if (claimedElsewhere || claimed) throw new DOMException('Unable to claim interface.', 'NetworkError');
      claimed = true;
    },
    releaseInterface: async () => {
      claimed = false;
    },
    close: async () => {
      claimed = false;
    },
    transferOut: async (_: number, data: Uint8Array) => {
      await whilePlugged();
      cable.write(new Uint8Array(data));
      return { status: 'ok' };
    },
    transferIn: async (_: number, length: number) => {
      if (length !== REPORT_BYTES) throw new DOMException('A report has 64 bytes.', 'DataError');
      const report = await cable.read().catch(() => Promise.reject(gone()));
      return { status: 'ok', data: new DataView(report.buffer, report.byteOffset, report.byteLength) };
    },
  };
  return {
    device,
    usb: {
      getDevices: async () => (cable.plugged ? [device] : []),
      requestDevice: async () => {
        if (rejected || !cable.plugged) throw new DOMException('No device selected.', 'NotFoundError');
        return device;
      },
    },
  };
}
