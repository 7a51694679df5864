import { classes } from './classes';

const LEFT = 'M15 3.04a13 13 0 0 0 0 25.92V22h-1.86a.9.9 0 0 1-.87-1.13l1.13-4.3A3.9 3.9 0 0 1 15 9.63Z';
const RIGHT = 'M17 3.04a13 13 0 0 1 0 25.92V22h1.86a.9.9 0 0 0 .87-1.13l-1.13-4.3A3.9 3.9 0 0 0 17 9.63Z';

/** Apart: not yet joined. Joining: work runs. Joined: it is open, verified or healthy, and nothing else. */
export type MarkState = 'apart' | 'joining' | 'joined';

export interface MarkProps {
  /** Side in px, at least 16. */
  readonly size: number;
  readonly state?: MarkState;
  /** `play` slides the halves together once, where a thing has just been joined. */
  readonly motion?: 'still' | 'play';
  /** What it says to a screen reader; without it the mark is decoration. */
  readonly label?: string;
  readonly className?: string;
}

/** The mark: two half discs with half a keyhole each. It never mirrors. */
export function Mark({ size, state = 'apart', motion = 'still', label, className }: MarkProps) {
  const halves = size < 28 ? '[--apart:1.5]' : '[--apart:1.9]';
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it has one, or it is hidden as decoration
    <svg
      role={label === undefined ? undefined : 'img'}
      aria-hidden={label === undefined}
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      data-mark={state}
      data-motion={motion}
      className={classes('shrink-0 overflow-visible', halves, className)}
    >
      {label !== undefined && <title>{label}</title>}
      <path className="mark-half mark-left fill-ink" d={LEFT} />
      <path className="mark-half mark-right fill-accent" d={RIGHT} />
    </svg>
  );
}

export interface LogoProps {
  readonly name: string;
}

/** Mark and wordmark in a row. */
export function Logo({ name }: LogoProps) {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark size={22} />
      <span className="font-semibold text-button tracking-[-0.012em]">{name}</span>
    </span>
  );
}
