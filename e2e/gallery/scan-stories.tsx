/** Reading a QR code. */
import { createRef, type ReactNode } from 'react';
import { ScanScreen, type ScanScreenProps } from '@/components/screens/scan/Screen';
import { t } from '@/lib/i18n';
import { nothing } from './invented';

const scanning: ScanScreenProps = {
  video: createRef(),
  camera: 'off',
  reading: false,
  problem: null,
  onCamera: nothing,
  onStop: nothing,
  onPicture: nothing,
  onBack: nothing,
};

export const SCAN_STORIES: Readonly<Record<string, () => ReactNode>> = {
  '06-scan': () => <ScanScreen {...scanning} />,
  '06-scan-asking': () => <ScanScreen {...scanning} camera="asking" />,
  '06-scan-camera': () => <ScanScreen {...scanning} camera="on" />,
  '06-scan-camera-refused': () => <ScanScreen {...scanning} camera="refused" />,
  '06-scan-camera-missing': () => <ScanScreen {...scanning} camera="missing" />,
  '06-scan-camera-silent': () => <ScanScreen {...scanning} camera="silent" />,
  '06-scan-reading': () => <ScanScreen {...scanning} reading />,
  '06-scan-none': () => <ScanScreen {...scanning} problem={t('scan.none')} />,
  '06-scan-not-payment': () => <ScanScreen {...scanning} camera="on" problem={t('scan.not-payment')} />,
};
