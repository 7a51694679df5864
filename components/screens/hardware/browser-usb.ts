import type { Usb, UsbEvents } from '@/lib/hardware/transport/web-usb';

/** WebUSB of this browser; null where it has none (Firefox). */
export function browserUsb(): (Usb & UsbEvents) | null {
  if (!('usb' in navigator)) return null;
  return navigator.usb as Usb & UsbEvents;
}
