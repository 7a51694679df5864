import { Check, ChevronRight } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes';

export interface CardProps {
  readonly children: ReactNode;
  readonly className?: string;
}

/** A white sheet with a hairline edge and a breath of shadow. */
export function Card({ children, className }: CardProps) {
  return <div className={classes('rounded-card border border-line bg-surface shadow-1', className)}>{children}</div>;
}

export interface RowListProps {
  readonly children: ReactNode;
  /** `card` draws the edge, `bare` leaves the rows on the page. */
  readonly ground?: 'card' | 'bare';
  readonly label?: string;
}

/** Rows below each other, with hairlines that start at the text. */
export function RowList({ children, ground = 'card', label }: RowListProps) {
  return (
    <ul
      aria-label={label}
      className={classes(
        ground === 'card' && 'overflow-hidden rounded-card border border-line bg-surface shadow-1',
        'group/rows [&>li:not(:first-child)_[data-row-text]]:border-line',
        ground === 'card' && '[&>li:not(:first-child)_[data-row-text]]:border-t',
      )}
      data-ground={ground}
    >
      {children}
    </ul>
  );
}

export interface RowProps {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** An icon of 18 px or a picture of up to 36 px. */
  readonly leading?: ReactNode;
  readonly trailing?: ReactNode;
  /** A chevron (it leads somewhere) or a check (it is chosen) at the end. */
  readonly end?: 'chevron' | 'check' | undefined;
  readonly onPress?: (() => void) | undefined;
  readonly disabled?: boolean;
  readonly current?: ComponentProps<'button'>['aria-current'];
  /** One more control at the end, beside what is pressed. */
  readonly aside?: ReactNode;
}

function RowEnd({ end }: { readonly end: 'chevron' | 'check' }) {
  return end === 'chevron' ? (
    <ChevronRight aria-hidden="true" size={16} className="shrink-0 text-ink-3 rtl:-scale-x-100" />
  ) : (
    <Check aria-hidden="true" size={18} className="shrink-0 text-accent-text" />
  );
}

/** One line of a list: 44 high with one line of words, 52 to 60 with two. Grows with its words. */
export function Row({ title, detail, leading, trailing, end, onPress, disabled, current, aside }: RowProps) {
  const body = (
    <>
      {leading !== undefined && <span className="grid shrink-0 place-items-center text-ink-2">{leading}</span>}
      <span
        data-row-text=""
        className={classes(
          'flex min-w-0 flex-1 items-center gap-3 border-transparent self-stretch',
          detail === undefined ? 'min-h-11 py-2' : 'min-h-14 py-2',
        )}
      >
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-body">{title}</span>
          {detail !== undefined && <span className="block text-ink-2 text-small">{detail}</span>}
        </span>
        {trailing !== undefined && (
          <span className="flex max-w-[55%] shrink-0 items-center text-end text-ink-2 text-small">{trailing}</span>
        )}
        {end !== undefined && <RowEnd end={end} />}
      </span>
    </>
  );
  const box =
    'flex w-full items-center gap-3 px-3.5 text-start group-data-[ground=bare]/rows:px-0 group-data-[ground=bare]/rows:rounded-small';
  return (
    <li className={aside === undefined ? undefined : 'flex items-center [&>:first-child]:w-0 [&>:first-child]:flex-1'}>
      {onPress === undefined ? (
        <div className={box}>{body}</div>
      ) : (
        <button
          type="button"
          onClick={onPress}
          disabled={disabled}
          aria-current={current}
          className={classes(
            box,
            'transition-colors hover:bg-hover focus-visible:-outline-offset-2 disabled:text-ink-3 disabled:hover:bg-transparent',
          )}
        >
          {body}
        </button>
      )}
      {aside}
    </li>
  );
}

export interface GroupProps {
  readonly label: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A label and what belongs to it, 8 apart. */
export function Group({ label, aside, children }: GroupProps) {
  return (
    <section className="grid gap-2">
      <div className="flex items-center justify-between gap-3 px-0.5">
        <h2 className="font-label text-ink-3 text-tiny">{label}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface FactProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** A name and its value in one line: what somebody gets, what it costs. Belongs in a `<dl>`. */
export function Fact({ label, children }: FactProps) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-0.5 text-small">
      <dt className="text-ink-2">{label}</dt>
      <dd className="ms-auto min-w-0 text-end font-medium tabular-nums">{children}</dd>
    </div>
  );
}
