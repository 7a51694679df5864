import { identiconParts } from './identicon-parts';

export interface IdenticonProps {
  readonly address: string;
  /** Which of its pictures, 0 to 11; 0 is the first. */
  readonly avatar?: number | undefined;
  /** Side in px. */
  readonly size: number;
}

/** Two half discs from a hash of the address. It helps recognition, it is never proof: decoration for a screen reader. */
export function Identicon({ address, avatar = 0, size }: IdenticonProps) {
  const { first, second, turn } = identiconParts(address, avatar);
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" width={size} height={size} className="shrink-0">
      <g transform={`rotate(${turn} 16 16)`}>
        <path d="M15.4.6a15.4 15.4 0 0 0 0 30.8Z" fill={first} />
        <path d="M16.6.6a15.4 15.4 0 0 1 0 30.8Z" fill={second} opacity={0.55} />
      </g>
    </svg>
  );
}
