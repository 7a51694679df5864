import { Switch as Primitive } from 'radix-ui';

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
}

/** On or off, taking effect at once. */
export function Switch({ label, checked, onChecked }: SwitchProps) {
  return (
    <Primitive.Root
      aria-label={label}
      checked={checked}
      onCheckedChange={onChecked}
      className="h-[22px] w-9 rounded-full bg-line-strong p-0.5 transition-colors data-[state=checked]:bg-accent"
    >
      <Primitive.Thumb className="block size-[18px] rounded-full bg-on-accent shadow-1 transition-transform data-[state=checked]:translate-x-3.5 rtl:data-[state=checked]:-translate-x-3.5" />
    </Primitive.Root>
  );
}
