import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Lead, Page } from '@/components/ui/Page';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { type ErrorCode, NEXT_STEP, type NextStep } from '@/lib/errors';
import { errorText, t } from '@/lib/i18n';
import { EraseSheets } from '../forgot/EraseSheets';

export interface StoppedScreenProps {
  readonly error: ErrorFacts;
  /** Everything on this device is being forgotten. */
  readonly erasing: boolean;
  readonly onContinue: () => void;
  readonly onErase: () => void;
}

const TONE: Record<NextStep, 'neutral' | 'warn' | 'danger'> = {
  'try-again': 'neutral',
  wait: 'neutral',
  'ask-user': 'neutral',
  'sign-in': 'neutral',
  update: 'warn',
  stop: 'danger',
};

/** What is stored here cannot be read: that may pass, or this device has to begin anew. */
const DAMAGE: ReadonlySet<ErrorCode> = new Set(['storage-failed', 'keyring-damaged']);

/** A full page: nothing can go on until this is dealt with. */
export function StoppedScreen({ error, erasing, onContinue, onErase }: StoppedScreenProps) {
  const [asking, setAsking] = useState(false);
  const { title, lost, next } = errorText(error);
  const step = NEXT_STEP[error.code];
  const damaged = DAMAGE.has(error.code);
  const footer = (
    <>
      <Button variant={step === 'stop' ? 'secondary' : 'primary'} onClick={onContinue}>
        {t(damaged || step === 'try-again' || step === 'wait' ? 'action.try-again' : 'action.start-again')}
      </Button>
      {damaged && (
        <Button variant="quiet" onClick={() => setAsking(true)}>
          {t('settings.sign-out')}
        </Button>
      )}
    </>
  );
  return (
    <Page body="text" place="middle" footer={footer}>
      <div role="alert" className="grid justify-items-center gap-6 pb-6">
        <Mark size={88} />
        <Lead title={title}>{lost}</Lead>
        <Note tone={TONE[step]} title={next} />
      </div>
      <EraseSheets
        open={asking}
        onClose={() => setAsking(false)}
        text={t('erase.text.damaged')}
        consents={[t('erase.consent.damaged')]}
        busy={erasing}
        onErase={onErase}
      />
    </Page>
  );
}
