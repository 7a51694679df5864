/** Who answers: USB ids are shared with Trezors, so serial number and fields of OneKey's own decide. */
import { WalletError } from '@/lib/errors';
import type { DeviceFacts } from '../types';
import type { Features } from './session';

const MINI = 'MI';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes that are ASCII as they are, others in hex. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(...bytes) : hex(bytes);
}

/** @throws WalletError `device-bootloader`, `device-unsupported` (reason: whose it is), `device-empty` */
export function identify(features: Features): DeviceFacts {
  if (features.bootloaderMode === true) throw new WalletError('device-bootloader');
  const serial = features.onekeySerialNo ?? features.onekeySerial ?? features.serialNo;
  const own = serial ?? features.onekeyVersion ?? features.onekeyFirmwareVersion;
  if (own === undefined) throw new WalletError('device-unsupported', { reason: 'trezor' });
  if (serial === undefined || serial.slice(0, 2).toUpperCase() !== MINI) {
    throw new WalletError('device-unsupported', { reason: 'other-onekey' });
  }
  if (features.initialized === false) throw new WalletError('device-empty');
  return {
    kind: 'onekey-mini',
    label: features.label,
    serial,
    version: features.onekeyFirmwareVersion ?? features.onekeyVersion,
    buildId: features.onekeyFirmwareBuildId ?? textOf(features.buildId),
    revision: textOf(features.revision),
    bootloader: features.bootloaderVersion,
    hasPin: features.pinProtection === true,
    unlocked: features.unlocked === true,
  };
}

/** Whether firmware of this version knows OneKey's own numbers of Ethereum's messages. */
export function knowsOwnNumbers(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 3);
}
