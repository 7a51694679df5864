import { Check, CircleAlert, Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { classes } from './classes';
import { PinDots, type PinStatus } from './PinDots';
import { PinKeys } from './PinKeys';
import { SecretInput } from './SecretInput';

const MOST = 12;
const MOST_WITH_LETTERS = 64;

export type { PinStatus } from './PinDots';
export type PinMode = 'digits' | 'letters';

export interface PinPadLabels {
  /** Name of the real field. */
  readonly field: string;
  readonly show: string;
  readonly hide: string;
  readonly erase: string;
}

export interface PinPadProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly mode?: PinMode;
  readonly status?: PinStatus;
  /** Said below the dots and read out. What was typed is never repeated here. */
  readonly message?: ReactNode;
  readonly labels: PinPadLabels;
  readonly autoComplete: 'new-password' | 'current-password';
}

/** A pasted or typed text as digits: any Unicode digit counts, everything else falls away. */
function digitsOf(text: string): string {
  const digits = Array.from(text.normalize('NFKC')).filter((character) => /\p{Nd}/u.test(character));
  return digits.slice(0, MOST).join('');
}

interface MessageProps {
  readonly status: PinStatus;
  readonly children: ReactNode;
}

function Message({ status, children }: MessageProps) {
  if (status === 'good') {
    return (
      <p className="flex justify-center gap-1.5 font-medium text-small text-success">
        <Check aria-hidden="true" size={16} className="mt-px shrink-0" />
        <span>{children}</span>
      </p>
    );
  }
  if (status === 'refused') {
    return (
      <p className="flex justify-center gap-1.5 text-start font-medium text-danger text-small">
        <CircleAlert aria-hidden="true" size={16} className="mt-px shrink-0" />
        <span className="max-w-56">{children}</span>
      </p>
    );
  }
  return <div className="text-ink-2 text-small">{children}</div>;
}

/**
 * A PIN: dots, a pad, and one real field for keyboards, screen readers and password managers. In letters mode the
 * field alone, visible.
 */
export function PinPad(props: PinPadProps) {
  const { value, onValue, mode = 'digits', status = 'typing', message, labels, autoComplete } = props;
  const messageId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [visibility, setVisibility] = useState<'hidden' | 'shown'>('hidden');
  const hidden = visibility === 'hidden';
  const waiting = status === 'waiting';
  const letters = mode === 'letters';
  const plain = letters || !hidden;

  const type = (text: string) => onValue(letters ? text.slice(0, MOST_WITH_LETTERS) : digitsOf(text));
  const eye = (
    <button
      type="button"
      aria-label={hidden ? labels.show : labels.hide}
      aria-pressed={!hidden}
      disabled={waiting}
      onClick={() => {
        setVisibility(hidden ? 'shown' : 'hidden');
        field.current?.focus();
      }}
      className="grid min-h-10 min-w-10 place-items-center rounded-key text-ink-2 hover:text-ink disabled:opacity-60"
    >
      {hidden ? <Eye aria-hidden="true" size={20} /> : <EyeOff aria-hidden="true" size={20} />}
    </button>
  );

  return (
    <div data-shrinks="" className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="grid gap-2 text-center">
        <div className={classes('relative grid', letters ? 'min-h-12' : 'min-h-8 place-items-center')}>
          <SecretInput
            ref={field}
            value={value}
            onValue={type}
            visibility={visibility}
            disabled={waiting}
            autoFocus
            inputMode={letters ? 'text' : 'numeric'}
            autoComplete={autoComplete}
            aria-label={labels.field}
            aria-invalid={status === 'refused' || status === 'wrong'}
            aria-describedby={messageId}
            className={classes(
              'peer w-full text-center',
              letters && 'min-h-12 rounded-field border bg-surface ps-12 pe-12 text-body',
              letters && (status === 'refused' || status === 'wrong' ? 'border-danger' : 'border-line-strong'),
              !letters && 'absolute inset-0 rounded-small outline-offset-0',
              !letters && !plain && 'opacity-0',
              !letters && plain && 'bg-transparent text-key tabular-nums tracking-[0.2em]',
            )}
          />
          {!plain && <PinDots filled={value.length} status={status} />}
          {letters && <span className="absolute inset-y-0 end-1 grid place-items-center">{eye}</span>}
        </div>
        <div id={messageId} aria-live="polite" className="min-h-[18px]">
          {message !== undefined && <Message status={status}>{message}</Message>}
        </div>
      </div>
      {!letters && (
        <PinKeys
          disabled={waiting}
          eraseLabel={labels.erase}
          onDigit={(digit) => type(value + digit)}
          onErase={() => onValue(value.slice(0, -1))}
          eye={eye}
        />
      )}
    </div>
  );
}
