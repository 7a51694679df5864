import { LetterIcon } from '@/components/wallet/LetterIcon';
import type { CoinId } from '@/lib/chains/utxo/coins';

const COLOUR: Readonly<Record<CoinId, string>> = {
  btc: '#A8651C',
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
  return <LetterIcon name={coin} colour={COLOUR[coin]} size={size} shape="circle" />;
}
