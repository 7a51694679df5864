import { MonitorSmartphone } from 'lucide-react';
import { Group, Row, RowList } from '@/components/ui/Card';
import { t } from '@/lib/i18n';
import type { ListedDevice } from '../sign-out-device';

export interface DevicesProps {
  /** This device first; null before the servers said it. */
  readonly devices: readonly ListedDevice[] | null;
  readonly onDevice: (device: ListedDevice) => void;
}

/** Who has a session of the account; another device can be signed out. */
export function Devices({ devices, onDevice }: DevicesProps) {
  if (devices === null || devices.length === 0) return null;
  return (
    <Group label={t('backup.devices')}>
      <RowList>
        {devices.map((device) => (
          <Row
            key={device.jkt}
            leading={<MonitorSmartphone aria-hidden="true" size={18} />}
            title={device.name}
            detail={device.isThis ? t('backup.devices.this') : t('backup.devices.seen', { atMs: device.lastSeenAtMs })}
            {...(!device.isThis && { end: 'chevron', onPress: () => onDevice(device) })}
          />
        ))}
      </RowList>
    </Group>
  );
}
