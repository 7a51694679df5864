import type { ReactNode } from 'react';
import { classes } from './classes';

export type PillTone = 'neutral' | 'accent' | 'success' | 'warn' | 'danger';

const LOOK: Record<PillTone, string> = {
  neutral: 'bg-sunken text-ink-2',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
};

export interface PillProps {
  readonly tone: PillTone;
  /** 24 high on its own, 20 in a row. */
  readonly size?: 'normal' | 'row';
  /** An icon of 14 px: a status is never a colour alone. */
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A status: an icon and a word. */
export function Pill({ tone, size = 'normal', icon, children }: PillProps) {
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 rounded-full font-label text-tiny',
        size === 'normal' ? 'min-h-6 px-2.5' : 'min-h-5 px-2',
        LOOK[tone],
      )}
    >
      {icon}
      {children}
    </span>
  );
}
