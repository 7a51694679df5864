import type { Ref } from 'react';
import { classes } from '@/components/ui/classes';

export interface AmountInputProps {
  readonly label: string;
  readonly symbol: string;
  readonly value: string;
  readonly placeholder: string;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly onValue: (value: string) => void;
  readonly onLeave: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Characters of figures and unit together up to which a size fits into 320 px. */
const LARGE_UP_TO = 9;
const MIDDLE_UP_TO = 16;
const SMALL_UP_TO = 24;

function sizeOf(length: number): string {
  if (length <= LARGE_UP_TO) return 'text-typing';
  if (length <= MIDDLE_UP_TO) return 'text-hero';
  return length <= SMALL_UP_TO ? 'text-heading' : 'text-body';
}

/** The amount being typed, large and centred, its unit on the same line beside it. Grows smaller as it grows longer. */
export function AmountInput({
  label,
  symbol,
  value,
  placeholder,
  invalid,
  describedBy,
  onValue,
  onLeave,
  ref,
}: AmountInputProps) {
  const shown = value === '' ? placeholder : value;
  const line = 'px-0.5 leading-[inherit] tracking-[inherit] tabular-nums';
  return (
    <label
      dir="ltr"
      className={classes(
        'flex min-h-14 cursor-text items-center justify-center rounded-field has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent-text',
        sizeOf(shown.length + symbol.length),
      )}
    >
      <span className="sr-only">{label}</span>
      <span className="flex min-w-0 max-w-full items-baseline gap-[0.22em]">
        {/* The twin below the field gives it the width of its figures. */}
        <span className="relative inline-block min-w-0">
          <span aria-hidden="true" className={classes(line, 'invisible whitespace-pre')}>
            {shown}
          </span>
          <input
            ref={ref}
            size={1}
            value={value}
            placeholder={placeholder}
            onChange={(event) => onValue(event.currentTarget.value.replace(',', '.'))}
            onBlur={onLeave}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={invalid}
            aria-describedby={describedBy}
            className={classes(
              line,
              'absolute inset-0 size-full bg-transparent py-0 text-center caret-accent outline-none placeholder:text-ink-3',
              invalid && 'text-danger',
            )}
          />
        </span>
        <span className="shrink-0 font-normal text-ink-3">{symbol}</span>
      </span>
    </label>
  );
}
