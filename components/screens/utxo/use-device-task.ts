import { usePageHost } from '@/lib/state/page-host';
import { type CoinTask, taskText } from './device-task';

/** Opens the page that asks a device. */
export function useDeviceTask(): (task: CoinTask) => void {
  const { openPlace } = usePageHost();
  return (task) => openPlace('device-coin', taskText(task));
}
