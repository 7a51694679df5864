import type { Usb } from '@/lib/hardware/transport/web-usb';

/** WebUSB of this browser; null where it has none (Firefox). */
export function browserUsb(): Usb | null {
  if (!('usb' in navigator)) return null;
  return navigator.usb as Usb;
}
