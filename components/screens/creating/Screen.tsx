import { type NamedStep, ProgressPage } from '@/components/screens/shared/ProgressPage';
import type { CreateStep, ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface CreatingScreenProps {
  readonly step: CreateStep;
  readonly slow: boolean;
  readonly error: ErrorFacts | null;
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

const ORDER: readonly CreateStep[] = ['making-key', 'storing-realms', 'storing-vault', 'checking'];

function named(step: CreateStep): NamedStep {
  const title = t(`create.title.${step}`);
  const name = t(`create.step.${step}`);
  const detail = t(`create.step.${step}.detail`);
  return step === 'making-key' || step === 'checking'
    ? { title, name, detail, doneName: t(`create.step.${step}.done`) }
    : { title, name, detail };
}

/** A wallet being made, in four named steps. */
export function CreatingScreen({ step, ...rest }: CreatingScreenProps) {
  return <ProgressPage steps={ORDER.map(named)} now={ORDER.indexOf(step)} {...rest} />;
}
