import { classes } from './classes';

export interface TriesBarProps {
  /** Tries left, 0 to `of`. */
  readonly left: number;
  readonly of?: number;
  readonly label: string;
}

/** Eight parts; those that are left are in danger. Shown from three down. */
export function TriesBar({ left, of = 8, label }: TriesBarProps) {
  return (
    <div role="img" aria-label={label} className="flex gap-1">
      {Array.from({ length: of }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
          key={index}
          className={classes('h-1.5 flex-1 rounded-full', index < left ? 'bg-danger' : 'bg-line')}
        />
      ))}
    </div>
  );
}
