import { usePlace, usePlaceDetail } from '@/components/hooks/use-place';
import { usePageHost } from '@/lib/state/page-host';
import { readScanPlace, type ScanPlace, scanText } from './scan-place';

/** What a code is scanned for on this page now; null where none is. */
export function useScanPlace(): ScanPlace | null {
  const place = usePlace();
  const detail = usePlaceDetail();
  return place === 'scan' ? readScanPlace(detail) : null;
}

/**
 * Opens the page that scans. A popup goes away when the browser asks for the camera, so it is always a tab.
 * @param keep puts what is typed where that tab finds it; it is not waited for where it fails
 */
export function useOpenScan(keep: () => Promise<unknown>): (coin: ScanPlace['coin']) => Promise<void> {
  const { surface, openPlace } = usePageHost();
  return async (coin) => {
    const handedOver = surface !== 'tab';
    if (handedOver) await keep().catch(() => undefined);
    openPlace('scan', scanText({ handedOver, coin }));
  };
}
