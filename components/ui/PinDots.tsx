import { classes } from './classes';

const FEWEST = 6;

/** Typing, refused with a reason, good, wrong (cleared, tries left in words), or waiting for the next try. */
export type PinStatus = 'typing' | 'refused' | 'good' | 'wrong' | 'waiting';

export interface PinDotsProps {
  readonly filled: number;
  readonly status: PinStatus;
}

/** Six rings that fill, growing to twelve. While the field behind has the focus, a ring marks where the next digit goes. */
export function PinDots({ filled, status }: PinDotsProps) {
  const alarmed = status === 'refused' || status === 'wrong';
  const full = alarmed ? 'border-danger bg-danger' : 'border-ink bg-ink';
  const empty = alarmed ? 'border-danger' : 'border-line-strong';
  const shown = Math.max(FEWEST, filled);
  const cursor = Math.min(filled, shown - 1);
  return (
    <span
      aria-hidden="true"
      className={classes(
        'flex justify-center gap-3.5 peer-focus-visible:[&>[data-cursor]]:outline-2',
        status === 'wrong' && 'animate-shake',
      )}
    >
      {Array.from({ length: shown }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
          key={index}
          data-cursor={index === cursor ? '' : undefined}
          className={classes(
            'size-3 rounded-full border outline-accent-text outline-offset-2 transition-colors',
            index < filled ? full : empty,
          )}
        />
      ))}
    </span>
  );
}
