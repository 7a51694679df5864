/** Colours of the networks that many know; any other one has the colour of its chain id. */
const KNOWN: Readonly<Record<number, string>> = {
  1: '#5B6FD6',
  10: '#C4383C',
  56: '#8A6A0B',
  137: '#6C41C9',
  8453: '#2156D9',
  42161: '#2F6E9E',
  43114: '#C0392F',
};
const OTHERS = ['#3B7F52', '#2F7D8C', '#A8456B', '#9A5B2F', '#5B6472', '#4A4A86'] as const;

export interface NetworkIconProps {
  readonly chainId: number;
  readonly name: string;
  /** Side in px. */
  readonly size: number;
}

/** A network in a list: a rounded square with the first letter of its name. Tokens have circles. */
export function NetworkIcon({ chainId, name, size }: NetworkIconProps) {
  const fill = KNOWN[chainId] ?? OTHERS[chainId % OTHERS.length];
  return (
    <svg aria-hidden="true" viewBox="0 0 36 36" width={size} height={size} className="shrink-0">
      <rect width="36" height="36" rx="10" fill={fill} />
      <text x="18" y="24" textAnchor="middle" fontSize="17" fontWeight="600" fill="#fff">
        {Array.from(name)[0]?.toUpperCase()}
      </text>
    </svg>
  );
}
