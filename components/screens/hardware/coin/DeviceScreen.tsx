import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { CoinAddressBlock } from '../../utxo/parts/CoinAddress';
import { CompareNote, DeviceButtons, DevicePanel, type DevicePanelProps } from '../DevicePanel';

export interface CoinDeviceScreenProps extends DevicePanelProps {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  /** What is compared with the device's screen; null where nothing stands there. */
  readonly address: string | null;
  /** Somebody has confirmed it there. */
  readonly confirmed: boolean;
  readonly error: ErrorFacts | null;
  readonly onBack: () => void;
}

/** What the device is asked that moves nothing: an address, or keys that watch. */
export function CoinDeviceScreen(props: CoinDeviceScreenProps) {
  const { title, lead, text, address, confirmed, error, onBack } = props;
  return (
    <Page
      body="text"
      header={<Header title={title} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={
        confirmed ? (
          <Button variant="primary" onClick={onBack}>
            {t('action.done')}
          </Button>
        ) : (
          <DeviceButtons {...props} />
        )
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 pt-4">
        <Lead title={lead} level="section">
          {text}
        </Lead>
        {address !== null && (
          <Card className="grid justify-items-center p-4.5">
            <CoinAddressBlock address={address} />
          </Card>
        )}
        {confirmed ? (
          <div role="status">
            <Note tone="success" title={t('hardware.check.same')}>
              {t('hardware.check.same.text')}
            </Note>
          </div>
        ) : (
          <>
            {address !== null && <CompareNote />}
            {error !== null && <ErrorNote error={error} />}
            <DevicePanel {...props} />
          </>
        )}
      </div>
    </Page>
  );
}
