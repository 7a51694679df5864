import { LetterIcon, letterColour } from './LetterIcon';

export interface TokenIconProps {
  readonly symbol: string;
  /** Address of its contract; null for the unit of the network itself. */
  readonly token: string | null;
  /** Side in px. */
  readonly size: number;
}

/** The last digits tell tokens apart that begin with the same letter. */
const DIGITS = 6;

/** A token in a circle: ether's own mark, for ether alone, or a letter on a colour that follows from its contract. */
export function TokenIcon({ symbol, token, size }: TokenIconProps) {
  if (token === null && symbol === 'ETH') return <EtherIcon size={size} />;
  const colour = letterColour(token === null ? 0 : Number.parseInt(token.slice(-DIGITS), 16) || 0);
  return <LetterIcon name={symbol} colour={colour} size={size} shape="circle" />;
}

function EtherIcon({ size }: Pick<TokenIconProps, 'size'>) {
  return (
    <svg aria-hidden="true" viewBox="0 0 36 36" width={size} height={size} className="shrink-0">
      <circle cx="18" cy="18" r="18" fill="#5B6FD6" />
      <g fill="#fff">
        <path d="m18 7.5-6.4 10.7L18 22z" opacity=".75" />
        <path d="m18 7.5 6.4 10.7L18 22z" />
        <path d="m11.6 19.8 6.4 8.7v-4.9z" opacity=".75" />
        <path d="m24.4 19.8-6.4 8.7v-4.9z" />
      </g>
    </svg>
  );
}
