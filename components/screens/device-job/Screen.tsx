import { Usb } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface JobElsewhereScreenProps {
  readonly onShow: () => void;
  readonly onRefuse: () => void;
}

/** In a popup or side panel: the page that asks the device is a tab. */
export function JobElsewhereScreen({ onShow, onRefuse }: JobElsewhereScreenProps) {
  return (
    <Page
      place="middle"
      body="text"
      footer={
        <>
          <Button variant="primary" onClick={onShow}>
            {t('hardware.job.show')}
          </Button>
          <Button onClick={onRefuse}>{t('approval.reject')}</Button>
        </>
      }
    >
      <div role="status" className="grid justify-items-center gap-4 text-ink-2">
        <Usb aria-hidden="true" size={48} strokeWidth={1.25} />
        <Lead title={t('hardware.job.elsewhere')} level="section">
          {t('hardware.job.elsewhere.text')}
        </Lead>
      </div>
    </Page>
  );
}

export interface JobEndScreenProps {
  /** Why nothing was signed; null if it was. */
  readonly error: ErrorFacts | null;
  readonly onDone: () => void;
}

/** What came of it. */
export function JobEndScreen({ error, onDone }: JobEndScreenProps) {
  return (
    <Page
      header={<Header title={t(error === null ? 'hardware.job.signed' : 'hardware.job.refused')} />}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('action.done')}
        </Button>
      }
    >
      <div className="grid gap-4 pt-4">
        {error === null ? (
          <div role="status">
            <Note tone="success" title={t('hardware.job.signed')}>
              {t('hardware.job.signed.text')}
            </Note>
          </div>
        ) : (
          <ErrorNote error={error} />
        )}
      </div>
    </Page>
  );
}
