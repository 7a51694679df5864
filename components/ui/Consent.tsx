import { Check } from 'lucide-react';
import { Checkbox } from 'radix-ui';
import { type ReactNode, useId } from 'react';

export interface ConsentProps {
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly children: ReactNode;
}

/** "I understand": a box to tick, the whole card being its label. */
export function Consent({ checked, onChecked, children }: ConsentProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex min-h-[46px] items-center gap-3 rounded-card border border-line bg-surface px-3.5 py-2.5 font-medium text-body shadow-1"
    >
      <Checkbox.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChecked(next === true)}
        className="grid size-5 shrink-0 place-items-center rounded-site border-[1.5px] border-line-strong bg-surface text-on-accent data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Checkbox.Indicator>
          <Check aria-hidden="true" size={14} strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span>{children}</span>
    </label>
  );
}
