import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { t } from '@/lib/i18n';

export interface StartOverScreenProps {
  readonly onStart: () => void;
  readonly onBack: () => void;
}

/** For somebody whom neither PIN nor device helps any more: what starting over is, and what it is not. */
export function StartOverScreen({ onStart, onBack }: StartOverScreenProps) {
  const [understood, setUnderstood] = useState(false);
  const footer = (
    <Button variant="risky" disabled={!understood} onClick={onStart}>
      {t('start-over.action')}
    </Button>
  );
  return (
    <Page
      header={<Header title={t('start-over.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={footer}
    >
      <div className="grid gap-4 pt-2 pb-4">
        <Lead level="section" title={t('start-over.lead')}>
          {t('start-over.text')}
        </Lead>
        <Note tone="neutral" title={t('start-over.only')}>
          {t('start-over.only.text')}
        </Note>
        <Note tone="neutral" title={t('start-over.days')}>
          {t('start-over.days.text')}
        </Note>
        <Consent checked={understood} onChecked={setUnderstood}>
          {t('start-over.consent')}
        </Consent>
      </div>
    </Page>
  );
}

/** The issuer asks the realms, and then the vault. */
export function StartingOverScreen() {
  return (
    <Page body="text" place="middle">
      <div className="grid justify-items-center gap-6 pb-6" aria-live="polite">
        <Mark size={72} />
        <Lead title={t('start-over.asking')}>{t('start-over.asking.text')}</Lead>
        <span className="text-accent-text">
          <Spinner size={22} />
        </span>
      </div>
    </Page>
  );
}

export interface StartOverOrderedScreenProps {
  readonly deadlineMs: number;
  readonly onBack: () => void;
}

/** The days run. Nothing can be done here but to wait, or to object on a device that has the wallet. */
export function StartOverOrderedScreen({ deadlineMs, onBack }: StartOverOrderedScreenProps) {
  const footer = <Button onClick={onBack}>{t('action.start-again')}</Button>;
  return (
    <Page body="text" header={<Header title={t('start-over.title')} />} footer={footer}>
      <div className="grid justify-items-center gap-6 pt-6">
        <Mark size={72} />
        <Lead level="section" title={t('start-over.ordered')}>
          {t('start-over.ordered.text', { deadlineMs })}
        </Lead>
        <Note tone="neutral" title={t('start-over.object')}>
          {t('start-over.object.text')}
        </Note>
      </div>
    </Page>
  );
}
