import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  /** A second line: price and time. */
  readonly detail?: ReactNode;
}

export interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onValue: (value: Value) => void;
}

/** A few choices side by side, exactly one of them chosen. Arrow keys move between them. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, segments, onValue } = props;
  const choose = (next: string) => {
    const chosen = segments.find((segment) => segment.value === next);
    if (chosen !== undefined) onValue(chosen.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      className="grid auto-cols-fr grid-flow-col gap-0.5 rounded-card bg-sunken p-0.5"
    >
      {segments.map((segment) => (
        <RadioGroup.Item
          key={segment.value}
          value={segment.value}
          className={classes(
            'flex min-w-0 flex-col items-center justify-center rounded-key border border-transparent px-1.5 text-center text-ink-2 text-small transition-colors hover:text-ink',
            'data-[state=checked]:border-line data-[state=checked]:bg-selected data-[state=checked]:text-ink data-[state=checked]:shadow-1',
            segment.detail === undefined ? 'min-h-[38px] py-1.5' : 'min-h-14 py-2',
          )}
        >
          <span className="inline-flex items-center gap-1.5 font-label">
            {segment.icon}
            {segment.label}
          </span>
          {segment.detail !== undefined && (
            <span className="font-normal text-ink-2 text-tiny tabular-nums">{segment.detail}</span>
          )}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
