import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Page } from '@/components/ui/Page';
import { type Step, Steps, StepsBar } from '@/components/ui/Steps';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { NEXT_STEP } from '@/lib/errors';
import { t } from '@/lib/i18n';

export interface NamedStep {
  /** What is being done, in the title: "Making your key". */
  readonly title: string;
  /** In the list before and while it is done, and afterwards. */
  readonly name: string;
  readonly doneName?: string;
  readonly detail: string;
}

export interface ProgressPageProps {
  readonly steps: readonly NamedStep[];
  /** Place of the running step, from 0. */
  readonly now: number;
  readonly slow: boolean;
  readonly error: ErrorFacts | null;
  /** What a failure means beyond its own words. */
  readonly note?: ReactNode;
  /** Where going on is always possible: its words, and those of the other way. */
  readonly ways?: undefined | { readonly retry: string; readonly back: string };
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

function stepAt(step: NamedStep, index: number, now: number, failed: boolean): Step {
  if (index < now) return { title: step.doneName ?? step.name, detail: step.detail, state: 'done' };
  const state = index > now ? 'next' : failed ? 'failed' : 'now';
  return { title: step.name, detail: step.detail, state };
}

function Way(props: Pick<ProgressPageProps, 'ways' | 'onRetry' | 'onBack'> & { error: ErrorFacts }) {
  const { error, ways, onRetry, onBack } = props;
  const next = NEXT_STEP[error.code];
  const again = ways !== undefined || next === 'try-again' || next === 'wait';
  return again ? (
    <>
      <Button variant="primary" onClick={onRetry}>
        {ways?.retry ?? t('action.try-again')}
      </Button>
      <Button variant="quiet" onClick={onBack}>
        {ways?.back ?? t('action.start-again')}
      </Button>
    </>
  ) : (
    <Button variant="primary" onClick={onBack}>
      {t('action.start-again')}
    </Button>
  );
}

/** Named steps with their progress, said aloud; slow and failed are said, too. */
export function ProgressPage({ steps, now, slow, error, note, ways, onRetry, onBack }: ProgressPageProps) {
  const failed = error !== null;
  /** Something more has to be said: the mark makes room for it. */
  const noted = failed || slow;
  const list = steps.map((step, index) => stepAt(step, index, now, failed));
  const stateLabels = {
    done: t('steps.done'),
    now: t('steps.now'),
    next: t('steps.next'),
    failed: t('steps.failed'),
  };
  const footer = failed ? (
    <Way error={error} ways={ways} onRetry={onRetry} onBack={onBack} />
  ) : (
    <p className="text-balance pb-1 text-center text-ink-2 text-small">{t('steps.carry-on')}</p>
  );
  return (
    <Page body="text" footer={footer}>
      <div className={noted ? 'grid justify-center pt-6 pb-4' : 'grid justify-center pt-12 pb-7'}>
        <Mark size={noted ? 48 : 88} state={failed ? 'apart' : 'joining'} />
      </div>
      <div aria-live="polite" className="grid gap-1 text-center">
        <p className="font-medium text-accent-text text-small tabular-nums">
          {t('steps.of', { step: now + 1, of: steps.length })}
        </p>
        <h1 className="text-balance text-title">{steps[now]?.title}</h1>
      </div>
      <div className="grid gap-4 pt-5 pb-6">
        {failed && <ErrorNote error={error} />}
        {failed && note}
        <StepsBar steps={list} />
      </div>
      <Steps steps={list} stateLabels={stateLabels} />
      <div aria-live="polite" className="mt-auto pt-4">
        {!failed && slow && <Note tone="neutral" title={t('steps.slow')} />}
      </div>
    </Page>
  );
}
