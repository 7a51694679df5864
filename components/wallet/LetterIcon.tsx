import { classes } from '@/components/ui/classes';

/** For what nobody has given a colour: white letters on each of them can be read. */
const COLOURS = ['#3B7F52', '#2A7280', '#A8456B', '#9A5B2F', '#5B6472', '#4A4A86'] as const;

/** One of the colours, always the same for the same number. @param value whole, not negative */
export const letterColour = (value: number): string => COLOURS[value % COLOURS.length] ?? COLOURS[0];

export interface LetterIconProps {
  readonly name: string;
  /** CSS colour, dark enough for white. */
  readonly colour: string;
  /** Side in px. */
  readonly size: number;
  readonly shape: 'circle' | 'square';
}

/** The first letter of a name, white on a colour: something that has no picture of its own. */
export function LetterIcon({ name, colour, size, shape }: LetterIconProps) {
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size, fontSize: size * 0.46, backgroundColor: colour }}
      className={classes(
        'grid shrink-0 place-items-center font-semibold text-on-accent leading-none',
        shape === 'circle' ? 'rounded-full' : 'rounded-[28%]',
      )}
    >
      {Array.from(name)[0]?.toUpperCase()}
    </span>
  );
}
