import { type MouseEvent, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './Button';
import { classes } from './classes';

export interface ArmingButtonProps extends ButtonProps {
  /** How long the window has to be seen and focused before the button acts, ms. */
  readonly armMs?: number;
}

function windowIsWatched(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** True while somebody looks at this window: it is visible and has the focus. */
function useWatched(): boolean {
  const [watched, setWatched] = useState(windowIsWatched);
  useEffect(() => {
    const update = () => setWatched(windowIsWatched());
    const lost = () => setWatched(false);
    window.addEventListener('focus', update);
    window.addEventListener('blur', lost);
    document.addEventListener('visibilitychange', update);
    return () => {
      window.removeEventListener('focus', update);
      window.removeEventListener('blur', lost);
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return watched;
}

/** While it arms it has the colour that it will have. */
const LOOK = {
  usual: { box: 'bg-accent-soft! text-accent-text!', bar: 'bg-accent' },
  danger: { box: 'bg-danger-soft! text-danger!', bar: 'bg-danger' },
} as const;

/**
 * A button for what cannot be undone: it acts only after it was in view for a moment, and only for a hand. Losing the
 * focus or another size of the window starts again: either may have put it under a click that was meant for something else.
 */
export function ArmingButton(props: ArmingButtonProps) {
  const { armMs = 500, disabled, busyLabel, className, children, onClick, ...rest } = props;
  const look = LOOK[rest.variant === 'delete' || rest.variant === 'risky' ? 'danger' : 'usual'];
  const watched = useWatched();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    setArmed(false);
    if (!watched || disabled) return;
    let timer = setTimeout(() => setArmed(true), armMs);
    const startAgain = () => {
      clearTimeout(timer);
      setArmed(false);
      timer = setTimeout(() => setArmed(true), armMs);
    };
    window.addEventListener('resize', startAgain);
    return () => {
      window.removeEventListener('resize', startAgain);
      clearTimeout(timer);
    };
  }, [watched, disabled, armMs]);
  const act = (event: MouseEvent<HTMLButtonElement>) => {
    if (event.isTrusted) onClick?.(event);
  };

  if (armed || disabled || busyLabel !== undefined) {
    return (
      <Button variant="primary" {...rest} onClick={act} disabled={disabled} busyLabel={busyLabel} className={className}>
        {children}
      </Button>
    );
  }
  return (
    <Button
      {...rest}
      aria-disabled
      onClick={(event) => event.preventDefault()}
      data-arming=""
      className={classes('overflow-hidden border-transparent! shadow-none!', look.box, className)}
    >
      {children}
      {watched && (
        <span
          aria-hidden="true"
          style={{ animationDuration: `${armMs}ms` }}
          className={classes('absolute inset-x-0 bottom-0 h-[3px] origin-left animate-arm rtl:origin-right', look.bar)}
        />
      )}
    </Button>
  );
}
