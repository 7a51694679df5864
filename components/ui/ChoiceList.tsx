import { RadioGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly detail: string;
  /** An icon of 20 px. */
  readonly icon: ReactNode;
  /** A pill beside the title. */
  readonly mark?: ReactNode;
}

export interface ChoiceListProps<Value extends string> {
  readonly label: string;
  /** Null while none is chosen. */
  readonly value: Value | null;
  readonly choices: readonly Choice<Value>[];
  readonly disabled?: boolean;
  readonly onValue: (value: Value) => void;
}

/** A few choices below each other, each with a line that says what it means. Arrow keys move between them. */
export function ChoiceList<Value extends string>(props: ChoiceListProps<Value>) {
  const { label, value, choices, disabled = false, onValue } = props;
  const choose = (next: string) => {
    const chosen = choices.find((choice) => choice.value === next);
    if (chosen !== undefined) onValue(chosen.value);
  };
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      disabled={disabled}
      className="grid overflow-hidden rounded-card border border-line bg-surface shadow-1"
    >
      {choices.map((choice) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          className="group/choice flex min-h-14 items-center gap-3 border-line px-3.5 py-2 text-start transition-colors not-first:border-t hover:bg-hover focus-visible:-outline-offset-2 data-[state=checked]:bg-accent-soft"
        >
          <span className="grid shrink-0 place-items-center text-ink-2 group-data-[state=checked]/choice:text-accent-text">
            {choice.icon}
          </span>
          <span className="grid min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium text-body">
              {choice.title}
              {choice.mark}
            </span>
            <span className="text-ink-2 text-small">{choice.detail}</span>
          </span>
          <span
            aria-hidden="true"
            className="grid size-5 shrink-0 place-items-center rounded-full border-[1.5px] border-line-strong bg-surface group-data-[state=checked]/choice:border-accent group-data-[state=checked]/choice:bg-accent"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-on-accent" />
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
