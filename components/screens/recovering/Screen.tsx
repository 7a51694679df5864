import { type NamedStep, ProgressPage, type ProgressPageProps } from '@/components/screens/shared/ProgressPage';
import type { ErrorFacts, RecoverStep } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface RecoveringScreenProps {
  readonly step: RecoverStep;
  readonly slow: boolean;
  readonly error: ErrorFacts | null;
  readonly ways?: ProgressPageProps['ways'];
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

const ORDER: readonly RecoverStep[] = ['asking-realms', 'asking-vault', 'checking'];

function named(step: RecoverStep): NamedStep {
  return {
    title: t(`recovering.title.${step}`),
    name: t(`recovering.step.${step}`),
    detail: t(`recovering.step.${step}.detail`),
  };
}

/** A wallet coming back, in three named steps. */
export function RecoveringScreen({ step, ...rest }: RecoveringScreenProps) {
  return <ProgressPage steps={ORDER.map(named)} now={ORDER.indexOf(step)} {...rest} />;
}
