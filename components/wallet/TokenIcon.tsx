export interface TokenIconProps {
  readonly symbol: string;
  /** Side in px. */
  readonly size: number;
}

/** A token's own mark in a circle: ether's, or the first letter of the symbol. */
export function TokenIcon({ symbol, size }: TokenIconProps) {
  return (
    <svg aria-hidden="true" viewBox="0 0 36 36" width={size} height={size} className="shrink-0">
      <circle cx="18" cy="18" r="18" fill={symbol === 'ETH' ? '#5B6FD6' : '#5B6472'} />
      {symbol === 'ETH' ? (
        <g fill="#fff">
          <path d="m18 7.5-6.4 10.7L18 22z" opacity=".75" />
          <path d="m18 7.5 6.4 10.7L18 22z" />
          <path d="m11.6 19.8 6.4 8.7v-4.9z" opacity=".75" />
          <path d="m24.4 19.8-6.4 8.7v-4.9z" />
        </g>
      ) : (
        <text x="18" y="24" textAnchor="middle" fontSize="16" fontWeight="600" fill="#fff">
          {symbol.slice(0, 1)}
        </text>
      )}
    </svg>
  );
}
