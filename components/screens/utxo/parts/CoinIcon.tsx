import type { CoinId } from '@/lib/chains/utxo/coins';

const COLOUR: Readonly<Record<CoinId, string>> = {
  btc: '#B8742A',
  ltc: '#4A5FA5',
  bch: '#3B7F52',
  btg: '#8A6A0B',
  dash: '#2156D9',
  doge: '#9A5B2F',
};

export interface CoinIconProps {
  readonly coin: CoinId;
  /** Side in px. */
  readonly size: number;
}

/** A currency's mark in a circle: its first letter. */
export function CoinIcon({ coin, size }: CoinIconProps) {
  return (
    <svg aria-hidden="true" viewBox="0 0 36 36" width={size} height={size} className="shrink-0">
      <circle cx="18" cy="18" r="18" fill={COLOUR[coin]} />
      <text x="18" y="24" textAnchor="middle" fontSize="16" fontWeight="600" fill="#fff">
        {coin.slice(0, 1).toUpperCase()}
      </text>
    </svg>
  );
}
