import { usePageHost } from '@/lib/state/page-host';

/** Opens the page that asks a device, for work that waits for it. */
export function useDeviceJob(): (job: string) => void {
  const { openPlace } = usePageHost();
  return (job) => openPlace('device-coin', job);
}
