/** The page that compares firmware, with invented images. */
import type { ReactNode } from 'react';
import { FirmwareScreen, type FirmwareScreenProps } from '@/components/screens/firmware/Screen';
import { DeviceReportScreen, type DeviceReportScreenProps } from '@/components/screens/hardware/DeviceReport';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { compareFirmware } from '@/lib/firmware/compare';
import { type FirmwareFault, parseImage } from '@/lib/firmware/image';
import { CHUNK_BYTES } from '@/lib/firmware/layout';
import { buildImage, hashChunks, signImage, TEST_KEYS } from '@/lib/firmware/testing/synthetic';
import { VENDOR_KEYS } from '@/lib/firmware/vendor-keys';
import { nothing } from './invented';

const OPTIONS = { sizeBytes: 912_404, buildIdOffset: 0x9a3bf };
const digest = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const BUILD = buildImage(OPTIONS);
const SIGNED = parseImage(signImage(BUILD, [3, 1, 7, 4]));

/** Code that moved: a few places in most chunks. */
function otherCode(): Uint8Array<ArrayBuffer> {
  const code = new Uint8Array(BUILD);
  for (let at = 70_000; at < code.length; at += 4_801) code.fill((code[at] ?? 0) ^ 0x5a, at, at + 3);
  return hashChunks(code);
}

const compare = (built: Uint8Array, keys = TEST_KEYS) => compareFirmware(SIGNED, parseImage(built), { digest, keys });
const [SAME, OTHER_DAY, OTHER_CODE, FOREIGN] = await Promise.all([
  compare(BUILD),
  compare(buildImage({ ...OPTIONS, buildId: 'mini.9.9.9-Stable-0919-4f1c2a9' })),
  compare(otherCode()),
  compare(BUILD, VENDOR_KEYS),
]);

const problem = (reason: FirmwareFault): ErrorFacts => ({ code: 'bad-firmware', details: { reason } });
const vendor = { name: 'mini.9.9.9-Stable.bin', sizeBytes: OPTIONS.sizeBytes, error: null };
const built = { name: 'firmware-9.9.9-local.bin', sizeBytes: OPTIONS.sizeBytes, error: null };
const empty: FirmwareScreenProps = {
  vendor: null,
  built: null,
  comparing: false,
  comparison: null,
  error: null,
  onChoose: nothing,
  onSaveReport: nothing,
  onSaveResults: nothing,
  onWallet: nothing,
  device: null,
};
const both = { ...empty, vendor, built };

const facts = {
  kind: 'onekey-mini',
  label: 'Cold',
  serial: 'MI01J4000123',
  version: '9.9.9',
  buildId: 'mini.9.9.9-Stable-0612-4f1c2a9',
  revision: '4f1c2a9d3e5b6f708192a3b4c5d6e7f8091a2b3c',
  bootloader: '2.0.0',
  hasPin: true,
  unlocked: false,
} as const;
const silent: DeviceReportScreenProps = { onUsb: nothing, onBridge: nothing, asking: false, says: null, error: null };
const beside = (device: Partial<DeviceReportScreenProps>) => (
  <FirmwareScreen {...empty} vendor={vendor} device={<DeviceReportScreen {...silent} {...device} />} />
);

export const FIRMWARE_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '13-firmware': () => <FirmwareScreen {...both} comparison={OTHER_DAY} />,
  '13-firmware-empty': () => <FirmwareScreen {...empty} />,
  '13-firmware-one': () => <FirmwareScreen {...empty} vendor={vendor} />,
  '13-firmware-comparing': () => <FirmwareScreen {...both} comparing />,
  '13-firmware-reproducible': () => <FirmwareScreen {...both} comparison={SAME} />,
  '13-firmware-other-code': () => <FirmwareScreen {...both} comparison={OTHER_CODE} />,
  '13-firmware-foreign-keys': () => <FirmwareScreen {...both} comparison={FOREIGN} />,
  '13-firmware-no-image': () => (
    <FirmwareScreen
      {...empty}
      vendor={{ name: 'letter.pdf', sizeBytes: 5 * CHUNK_BYTES, error: problem('not-firmware') }}
      built={{ ...built, error: problem('truncated') }}
    />
  ),
  '13-firmware-device': () => beside({ says: { facts, flash: 'same' } }),
  '13-firmware-device-other': () => beside({ says: { facts, flash: 'other' } }),
  '13-firmware-device-asking': () => beside({ asking: true }),
  '13-firmware-device-in-use': () => beside({ error: { code: 'device-in-use', details: {} } }),
  '13-firmware-no-usb': () => beside({ onUsb: null }),
  '13-firmware-same-file': () => <FirmwareScreen {...both} error={problem('same-file')} />,
};
