/** What a code says that asks for a payment (BIP-21), of every coin. */
import { amountText } from '../amount';
import type { Coin } from './coins';

const DECIMALS = 8;

export interface CoinRequest {
  readonly address: string;
  /** In the smallest unit, or null to leave it to the payer. */
  readonly amount: bigint | null;
}

/** Such as `bitcoin:bc1q…?amount=0.01`. */
export function requestUri({ uriScheme }: Coin, { address, amount }: CoinRequest): string {
  const scheme = `${uriScheme}:`;
  // An address of Bitcoin Cash has the scheme in it already.
  const target = address.startsWith(scheme) ? address : `${scheme}${address}`;
  return amount === null ? target : `${target}?amount=${amountText(amount, DECIMALS)}`;
}
