import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';
import { Spinner } from './Spinner';

export type ButtonVariant = 'primary' | 'ink' | 'secondary' | 'risky' | 'delete' | 'quiet';
export type ButtonSize = 'normal' | 'small';

const EDGE = 'border border-transparent';

/** Colours of rest, hover and press. Disabled looks the same for all that have a box. */
const LOOK: Record<ButtonVariant, string> = {
  primary: `${EDGE} bg-accent text-on-accent shadow-shine hover:bg-accent-hover active:bg-accent-press`,
  ink: `${EDGE} bg-ink text-on-ink hover:opacity-92 active:opacity-85`,
  secondary: 'border border-line bg-surface text-ink shadow-1 hover:bg-hover active:bg-sunken',
  risky: 'border border-danger-line bg-surface text-danger shadow-1 hover:bg-danger-soft active:bg-danger-soft',
  delete: `${EDGE} bg-danger-solid text-on-accent shadow-shine hover:opacity-92 active:opacity-85`,
  quiet: 'text-ink-2 hover:text-ink active:text-ink',
};

const BOX: Record<ButtonSize, string> = {
  normal: 'min-h-12 rounded-field px-4 py-2.5 text-button',
  small: 'min-h-9 rounded-small px-3 py-1.5 text-small font-label',
};

const QUIET_BOX = 'min-h-10 rounded-small px-3 py-2 text-body font-label';

const DISABLED =
  'disabled:border-line disabled:bg-sunken disabled:text-ink-3 disabled:shadow-none disabled:opacity-100';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** An icon of 18 px before the words. */
  readonly icon?: ReactNode;
  /** What is being done now ("Sending"): shows the arc, keeps the width, ignores presses. */
  readonly busyLabel?: string | undefined;
  readonly type?: 'button' | 'submit';
}

/** A button: a verb, perhaps with an icon. Words wrap, they are never cut. */
export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'normal',
    icon,
    busyLabel,
    type = 'button',
    className,
    children,
    ...rest
  } = props;
  const busy = busyLabel !== undefined;
  return (
    <button
      {...rest}
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
      className={classes(
        'relative inline-grid select-none place-items-center text-center transition-colors',
        variant === 'quiet' ? QUIET_BOX : BOX[size],
        LOOK[variant],
        variant !== 'quiet' && DISABLED,
        className,
      )}
    >
      <span className={classes('col-start-1 row-start-1 inline-flex items-center gap-2.5', busy && 'invisible')}>
        {icon}
        {children}
      </span>
      {busy && (
        <span className="col-start-1 row-start-1 inline-flex items-center gap-2.5">
          <Spinner />
          {busyLabel}
        </span>
      )}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  /** What it does: the only words it has. */
  readonly label: string;
}

/** A button of 40 px that is an icon only. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={label}
      className={classes(
        'inline-grid size-10 shrink-0 place-items-center rounded-small text-ink-2 transition-colors hover:bg-hover hover:text-ink',
        className,
      )}
    >
      {children}
    </button>
  );
}
