/** The texts of hardware wallets and of firmware files. */
import type { ErrorText, ErrorTexts } from './language';

type DeviceCode = Extract<keyof ErrorTexts, `device-${string}` | 'bad-firmware'>;

const NOTHING_LOST = 'Nothing is lost.';
const NOTHING_SIGNED = 'Nothing was signed.';

/** What a device cannot take, by the reason beside the code. */
const DEVICE_LIMITS: Readonly<Record<string, string>> = {
  trezor: 'That is a Trezor, not a OneKey Mini',
  'other-onekey': 'That OneKey is not a Mini',
  eip2930: 'The device signs no transactions of this old kind (EIP-2930)',
  data: 'The transaction holds more data than the device takes',
  'access-list': 'The access list is longer than the device takes',
  message: 'The message is longer than the device takes',
  'typed-data': 'The device does not sign data of this kind',
};

const NEXT: Readonly<Record<string, string>> = {
  undefined: 'Newer firmware may be able to.',
  trezor: 'A Trezor is connected by Trezor Suite, in Chrome or Chromium.',
};

/** By the reason beside the code. */
const FIRMWARE_FAULTS: Readonly<Record<string, string>> = {
  empty: 'The file is empty',
  'too-large': 'The file is larger than 8 MiB, which no such firmware is',
  'not-firmware': 'That is not a firmware image of this family of devices',
  truncated: 'The file ends before its header says it does',
  'too-short': 'The image is smaller than any that a device takes',
  'trailing-bytes': 'The file goes on after its header says it ends',
  'too-long': 'The header says more than its sixteen chunks can hold',
  'other-family': 'The two files are for different families of devices',
  'same-file': 'Both files hold the same image, byte for byte',
};

function text(title: string, lost: string, next: string): () => ErrorText {
  return () => ({ title, lost, next });
}

export const deviceErrors: Omit<Pick<ErrorTexts, DeviceCode>, 'device-unlock-needed'> = {
  'device-not-chosen': text(
    'No device was chosen',
    NOTHING_LOST,
    'Plug it in, then choose it in the list of the browser.',
  ),
  'device-no-bridge': ({ reason }) => ({
    title:
      reason === 'origin'
        ? 'The bridge does not answer this extension'
        : 'No bridge of this computer answers this extension',
    lost: NOTHING_LOST,
    next: 'Chrome and Chromium reach the device by USB, without a bridge.',
  }),
  'device-no-suite': text(
    'Trezor Suite does not answer',
    NOTHING_SIGNED,
    'Let this wallet speak to suite.trezor.io, and keep the tab that opens there until it is done.',
  ),
  'device-in-use': text(
    'Another program is using the device',
    NOTHING_LOST,
    'Close the OneKey app, Trezor Suite and other wallets, then try again.',
  ),
  'device-disconnected': text('The device is not connected', NOTHING_SIGNED, 'Plug it in, then try again.'),
  'device-bootloader': text(
    'The device is in its boot loader',
    NOTHING_LOST,
    'Unplug it, then plug it in without pressing a button.',
  ),
  'device-empty': text('There is no wallet on the device', NOTHING_LOST, 'Set it up with its own app first.'),
  'device-unsupported': ({ reason }) => ({
    title: DEVICE_LIMITS[String(reason)] ?? 'The firmware of the device cannot do that',
    lost: NOTHING_SIGNED,
    next: NEXT[String(reason)] ?? 'Use another device or another account.',
  }),
  'device-cancelled': text('It was cancelled on the device', NOTHING_SIGNED, 'Start again when you like.'),
  'device-page-closed': text(
    'The page that asks the device was closed',
    NOTHING_SIGNED,
    'Keep it open until the device has confirmed.',
  ),
  'device-pin-wrong': text(
    'That is not the PIN of the device',
    NOTHING_SIGNED,
    'Try again. After too many wrong PINs the device erases itself.',
  ),
  'device-refused': text('The device refused it', NOTHING_SIGNED, 'Look at what is to be signed, then try again.'),
  'device-wrong-wallet': ({ expectedAddress, actualAddress }) => ({
    title: 'Another wallet is open on the device',
    lost: NOTHING_SIGNED,
    next: `This account is ${expectedAddress ?? 'another one'}, the device has ${actualAddress ?? 'another one'}. Use the right device, and the right passphrase.`,
  }),
  'device-silent': text(
    'The device does not answer',
    NOTHING_SIGNED,
    'If it asked for a PIN, it may have been cancelled there. Try again.',
  ),
  'device-garbled': text(
    'The device said something that makes no sense',
    NOTHING_SIGNED,
    'Plug it in again, then try again.',
  ),
  'device-misbehaved': text(
    'The device gave a wrong answer',
    'It was thrown away, and nothing left this computer.',
    'Do not use this device before you know why. Its signature is not that of the account.',
  ),

  'bad-firmware': ({ reason }) => ({
    title: FIRMWARE_FAULTS[String(reason)] ?? 'That file cannot be compared',
    lost: 'Nothing was compared.',
    next:
      reason === 'same-file'
        ? 'Choose the vendor’s file on one side, and your own build on the other.'
        : 'Choose another file: the one that the vendor distributes, or the one that your build wrote.',
  }),
};
