import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { SignInScreen } from '../sign-in/Screen';

export interface OpeningScreenProps {
  readonly providerLabel: string;
  readonly error: ErrorFacts | null;
  /** Whether what was asked for may have been done although it failed here. */
  readonly mayBeDone: boolean;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

/** The sign-in before anything is done with the backup, and what stood in its way. */
export function OpeningScreen({ providerLabel, error, mayBeDone, onRetry, onLeave }: OpeningScreenProps) {
  if (error === null) return <SignInScreen providerLabel={providerLabel} onBack={onLeave} />;
  const footer = (
    <>
      <Button variant="primary" onClick={onRetry}>
        {t('task.sign-in-again')}
      </Button>
      <Button variant="quiet" onClick={onLeave}>
        {t('task.leave')}
      </Button>
    </>
  );
  return (
    <Page body="text" place="middle" footer={footer}>
      <div className="grid justify-items-center gap-6 pb-6">
        <Mark size={72} />
        {mayBeDone ? (
          <Lead title={t('task.may-be-done')}>{t('task.may-be-done.text')}</Lead>
        ) : (
          <Lead title={t('task.not-begun')}>{t('task.not-begun.text')}</Lead>
        )}
        <ErrorNote error={error} />
      </div>
    </Page>
  );
}
