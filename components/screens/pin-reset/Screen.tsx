import { Check } from 'lucide-react';
import { DonePage } from '@/components/screens/shared/DonePage';
import { type NamedStep, ProgressPage } from '@/components/screens/shared/ProgressPage';
import { Note } from '@/components/ui/Note';
import { Pill } from '@/components/ui/Pill';
import type { CreateStep, ErrorFacts } from '@/lib/bus/snapshot';
import type { TaskView } from '@/lib/bus/task';
import { t } from '@/lib/i18n';

export interface ResettingScreenProps {
  readonly step: CreateStep;
  readonly slow: boolean;
  readonly error: ErrorFacts | null;
  /** Which PIN opens the backup after a failure. */
  readonly pin: Extract<TaskView, { stage: 'resetting' }>['pin'];
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

const ORDER: readonly CreateStep[] = ['making-key', 'storing-realms', 'storing-vault', 'checking'];

function named(step: CreateStep): NamedStep {
  return {
    title: t(`pin-reset.title.${step}`),
    name: t(`pin-reset.step.${step}`),
    detail: t(`pin-reset.step.${step}.detail`),
  };
}

/** The backup being made once more under a new PIN. */
export function ResettingScreen({ step, slow, error, pin, onRetry, onLeave }: ResettingScreenProps) {
  return (
    <ProgressPage
      steps={ORDER.map(named)}
      now={ORDER.indexOf(step)}
      slow={slow}
      error={error}
      note={<Note tone={pin === 'old' ? 'neutral' : 'warn'} title={t(`pin-reset.counts.${pin}`)} />}
      ways={{ retry: t(pin === 'either' ? 'pin-reset.find-out' : 'action.try-again'), back: t('task.leave') }}
      onRetry={onRetry}
      onBack={onLeave}
    />
  );
}

/** The new PIN has opened the new backup once; the old one opens nothing any more. */
export function PinChangedScreen({ onDone }: { readonly onDone: () => void }) {
  const verified = (
    <Pill tone="success" icon={<Check aria-hidden="true" size={14} />}>
      {t('backup-verified.pill')}
    </Pill>
  );
  return (
    <DonePage
      title={t('pin-reset.done')}
      text={t('pin-reset.done.text')}
      motion="play"
      above={verified}
      onDone={onDone}
    >
      <Note tone="neutral" title={t('pin-reset.done.others')} />
    </DonePage>
  );
}
