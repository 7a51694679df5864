import { DonePage } from '@/components/screens/shared/DonePage';
import { Button } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';

export interface SignOutDeviceScreenProps {
  /** What the device called itself. */
  readonly name: string;
  readonly lastSeenAtMs: number;
  readonly providerLabel: string;
  readonly onGoOn: () => void;
  readonly onBack: () => void;
}

/** What signing a device out takes from it, and what it does not. */
export function SignOutDeviceScreen(props: SignOutDeviceScreenProps) {
  const { name, lastSeenAtMs, providerLabel, onGoOn, onBack } = props;
  const footer = (
    <Button variant="primary" onClick={onGoOn}>
      {t('sign-out-device.action')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('sign-out-device.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-4 pt-2 pb-4">
        <Lead level="section" title={name}>
          {t('backup.devices.seen', { atMs: lastSeenAtMs })}
        </Lead>
        <p className="px-0.5 text-body">{t('sign-out-device.text')}</p>
        <Note tone="warn" title={t('sign-out-device.keeps')}>
          {t('sign-out-device.keeps.text')}
        </Note>
        <Note tone="neutral" title={t('sign-out-device.back', { provider: providerLabel })}>
          {t('sign-out-device.back.text')}
        </Note>
      </div>
    </Page>
  );
}

export interface DeviceSignedOutScreenProps {
  readonly name: string;
  readonly onDone: () => void;
}

export function DeviceSignedOutScreen({ name, onDone }: DeviceSignedOutScreenProps) {
  return (
    <DonePage title={t('sign-out-device.done', { name })} text={t('sign-out-device.done.text')} onDone={onDone}>
      <Note tone="warn" title={t('sign-out-device.keeps')}>
        {t('sign-out-device.keeps.text')}
      </Note>
    </DonePage>
  );
}
