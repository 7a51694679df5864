import { Button } from '@/components/ui/Button';
import { Card } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { AddressBlock } from '@/components/wallet/AddressLine';
import { Identicon } from '@/components/wallet/Identicon';
import type { AccountView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { CompareNote, DeviceButtons, DevicePanel, type DevicePanelProps } from './DevicePanel';

export interface CheckAddressScreenProps extends DevicePanelProps {
  readonly account: Pick<AccountView, 'name' | 'address' | 'avatar'>;
  /** The device has shown this address, and somebody has confirmed it there. */
  readonly confirmed: boolean;
  readonly onBack: () => void;
}

/** The address of an account, here and on the device. */
export function CheckAddressScreen(props: CheckAddressScreenProps) {
  const { account, confirmed, onBack } = props;
  return (
    <Page
      body="text"
      header={<Header title={t('hardware.check.title')} back={{ label: t('action.back'), onPress: onBack }} />}
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
        <Lead title={account.name} level="section">
          {t('hardware.check.text')}
        </Lead>
        <Card className="grid justify-items-center gap-3 p-4.5">
          <Identicon address={account.address} avatar={account.avatar} size={36} />
          <AddressBlock address={account.address} />
        </Card>
        {confirmed ? (
          <div role="status">
            <Note tone="success" title={t('hardware.check.same')}>
              {t('hardware.check.same.text')}
            </Note>
          </div>
        ) : (
          <>
            <CompareNote />
            <DevicePanel {...props} />
          </>
        )}
      </div>
    </Page>
  );
}
