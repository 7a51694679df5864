import { Check, X } from 'lucide-react';
import { classes } from './classes';

export type StepState = 'done' | 'now' | 'next' | 'failed';

export interface Step {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly state: StepState;
}

export interface StepsBarProps {
  readonly steps: readonly Step[];
}

const PART: Record<StepState, string> = {
  done: 'bg-accent',
  now: 'bg-accent-line',
  next: 'bg-line',
  failed: 'bg-danger',
};

/** A bar in as many parts as there are steps. The words beside it say the same, so it is decoration. */
export function StepsBar({ steps }: StepsBarProps) {
  return (
    <div aria-hidden="true" className="flex gap-1">
      {steps.map((step) => (
        <span key={step.title} className={classes('h-1 flex-1 overflow-hidden rounded-full', PART[step.state])}>
          {step.state === 'now' && <span className="block h-full w-3/5 animate-pulse rounded-full bg-accent" />}
        </span>
      ))}
    </div>
  );
}

function StepIcon({ state }: { readonly state: StepState }) {
  const box = 'grid size-[22px] shrink-0 place-items-center rounded-full';
  if (state === 'done') {
    return (
      <span className={classes(box, 'bg-success-soft text-success')}>
        <Check aria-hidden="true" size={14} />
      </span>
    );
  }
  if (state === 'failed') {
    return (
      <span className={classes(box, 'bg-danger-soft text-danger')}>
        <X aria-hidden="true" size={14} />
      </span>
    );
  }
  if (state === 'next') return <span className={classes(box, 'border-2 border-line')} />;
  return (
    <svg aria-hidden="true" viewBox="0 0 22 22" className="size-[22px] shrink-0 animate-turn" fill="none">
      <circle cx="11" cy="11" r="10" strokeWidth="2" className="stroke-accent-line" />
      <path d="M11 1a10 10 0 0 1 0 20" strokeWidth="2" strokeLinecap="round" className="stroke-accent" />
    </svg>
  );
}

export interface StepsProps {
  readonly steps: readonly Step[];
  /** What stands for each state to a screen reader. */
  readonly stateLabels: Readonly<Record<StepState, string>>;
}

/** Named steps: done, now, next. */
export function Steps({ steps, stateLabels }: StepsProps) {
  return (
    <ol className="grid gap-4">
      {steps.map((step) => (
        <li
          key={step.title}
          data-state={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
          className="flex gap-3 text-start"
        >
          <StepIcon state={step.state} />
          <span className={classes('min-w-0', step.state === 'next' && 'text-ink-3')}>
            <span className="block font-medium text-body">
              {step.title} <span className="sr-only">({stateLabels[step.state]})</span>
            </span>
            {step.detail !== undefined && (
              <span className={classes('block text-small', step.state === 'next' ? 'text-ink-3' : 'text-ink-2')}>
                {step.detail}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
