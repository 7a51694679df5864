import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { classes } from './classes';
import { SecretInput } from './SecretInput';

interface Frame {
  readonly label: string;
  /** Hides the label from the eye, where the screen's title says the same. */
  readonly labelPlace?: 'above' | 'hidden';
  readonly hint?: ReactNode;
  /** The reason why the value is refused, shown below and read out. */
  readonly error?: string | undefined;
  /** A small control inside the field, at its end. */
  readonly trailing?: ReactNode;
}

export interface FieldProps extends Frame, Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const BOX =
  'flex min-h-12 items-center gap-1 rounded-field border bg-surface ps-3.5 pe-1.5 has-[input:focus]:outline-2 has-[input:focus]:-outline-offset-1 has-[input:read-only]:bg-sunken has-[input:disabled]:bg-sunken';
const INPUT = 'min-w-0 flex-1 self-stretch bg-transparent py-3 text-body outline-none placeholder:text-ink-3';

function edge(error: string | undefined): string {
  return error === undefined
    ? 'border-line-strong has-[input:focus]:outline-accent-text'
    : 'border-danger outline-2 -outline-offset-1 outline-danger';
}

function FieldFrame(props: Frame & { readonly id: string; readonly children: ReactNode }) {
  const { id, label, labelPlace = 'above', hint, error, trailing, children } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 text-start">
      <label htmlFor={id} className={labelPlace === 'hidden' ? 'sr-only' : 'text-small text-ink-2'}>
        {label}
      </label>
      <div className={classes(BOX, edge(error))}>
        {children}
        {trailing}
      </div>
      <div id={`${id}-help`} aria-live="polite" className="empty:hidden">
        {error !== undefined ? <Reason>{error}</Reason> : hint}
      </div>
    </div>
  );
}

export interface ReasonProps {
  readonly children: ReactNode;
}

/** Why something was refused: an icon and words, in danger. */
export function Reason({ children }: ReasonProps) {
  return (
    <p className="flex gap-1.5 text-danger text-small">
      <CircleAlert aria-hidden="true" size={14} className="mt-0.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

/** A field of one line with its label, hint and reason. */
export function Field({ label, labelPlace, hint, error, trailing, value, onValue, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, error, trailing }} labelPlace={labelPlace ?? 'above'}>
      <input
        {...rest}
        id={id}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-help`}
        className={classes(INPUT, className)}
      />
    </FieldFrame>
  );
}

export interface SecretFieldProps extends Omit<Frame, 'trailing'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly showLabel: string;
  readonly hideLabel: string;
  /** Said below the field while caps lock is on. */
  readonly capsLockLabel?: string | undefined;
  readonly autoComplete: 'new-password' | 'current-password' | 'off';
  readonly autoFocus?: boolean;
  readonly disabled?: boolean;
}

/** A field for a password, with an eye; what is typed stays out of the document's attributes. */
export function SecretField(props: SecretFieldProps) {
  const { label, labelPlace, hint, error, value, onValue, showLabel, hideLabel, capsLockLabel, ...rest } = props;
  const id = useId();
  const [capsLock, setCapsLock] = useState(false);
  const lookAtKeys = (event: KeyboardEvent<HTMLInputElement>) => setCapsLock(event.getModifierState('CapsLock'));
  const [visibility, setVisibility] = useState<'hidden' | 'shown'>('hidden');
  const hidden = visibility === 'hidden';
  const below =
    capsLock && capsLockLabel !== undefined ? <p className="text-small text-warn">{capsLockLabel}</p> : hint;
  const eye = (
    <button
      type="button"
      aria-label={hidden ? showLabel : hideLabel}
      onClick={() => setVisibility(hidden ? 'shown' : 'hidden')}
      className="grid size-9 shrink-0 place-items-center rounded-small text-ink-2 hover:text-ink"
    >
      {hidden ? <Eye aria-hidden="true" size={18} /> : <EyeOff aria-hidden="true" size={18} />}
    </button>
  );
  return (
    <FieldFrame {...{ id, label, error }} hint={below} labelPlace={labelPlace ?? 'above'} trailing={eye}>
      <SecretInput
        {...rest}
        onKeyDown={lookAtKeys}
        onKeyUp={lookAtKeys}
        onBlur={() => setCapsLock(false)}
        id={id}
        value={value}
        onValue={onValue}
        visibility={visibility}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-help`}
        className={INPUT}
      />
    </FieldFrame>
  );
}
