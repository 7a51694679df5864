import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface KeyProps {
  readonly digit: string;
  readonly disabled: boolean;
  readonly onPress: (digit: string) => void;
}

/** One key. It leaves the focus in the real field, which does the same for a keyboard. */
function Key({ digit, disabled, onPress }: KeyProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={disabled}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPress(digit)}
      className="select-none rounded-key border border-line bg-surface text-key shadow-1 transition-colors hover:bg-hover active:bg-sunken disabled:opacity-60"
    >
      {digit}
    </button>
  );
}

export interface PinKeysProps {
  readonly disabled: boolean;
  readonly eraseLabel: string;
  /** What stands at the start of the last row. */
  readonly eye: ReactNode;
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
}

/** The pad: keys 50 high, less where the page is short. It never mirrors. */
export function PinKeys({ disabled, eraseLabel, eye, onDigit, onErase }: PinKeysProps) {
  return (
    <div dir="ltr" className="grid min-h-[168px] flex-1 grid-cols-3 grid-rows-[repeat(4,minmax(36px,50px))] gap-2">
      {KEYS.map((digit) => (
        <Key key={digit} digit={digit} disabled={disabled} onPress={onDigit} />
      ))}
      {eye}
      <Key digit="0" disabled={disabled} onPress={onDigit} />
      <button
        type="button"
        tabIndex={-1}
        aria-label={eraseLabel}
        disabled={disabled}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onErase}
        className="grid place-items-center rounded-key text-ink-2 hover:text-ink disabled:opacity-60"
      >
        <Delete aria-hidden="true" size={20} />
      </button>
    </div>
  );
}
