/** Payment requests as QR codes and links carry them (BIP-21), of every coin. */
import { amountText, parseAmount } from '../amount';
import type { Coin } from './coins';

const DECIMALS = 8;
/** Longer texts of a request are cut: they are somebody else's words. */
const LONGEST_LABEL = 120;

export interface CoinRequest {
  /** As it stands there: nobody has checked it. */
  readonly address: string;
  /** In the smallest unit, or null to leave it to the payer. */
  readonly amount: bigint | null;
  /** What its maker calls it, or null. */
  readonly label: string | null;
}

/** Why a request is not read: its amount is none, or it wants something that is not known here (`req-`, BIP-21). */
export type RequestProblem = 'amount' | 'required';

/** The request for a payment to an address, such as `bitcoin:bc1q…?amount=0.01`. */
export function requestUri(coin: Coin, { address, amount }: Pick<CoinRequest, 'address' | 'amount'>): string {
  const scheme = `${coin.uriScheme}:`;
  // An address of Bitcoin Cash has the scheme in it already.
  const target = address.startsWith(scheme) ? address : `${scheme}${address}`;
  return amount === null ? target : `${target}?amount=${amountText(amount, DECIMALS)}`;
}

/**
 * What a text asks for.
 * @returns null for a text that is no request to this coin or another one of the same form, such as a bare address
 */
export function readRequest(coin: Coin, text: string): CoinRequest | RequestProblem | null {
  const found = /^(?<scheme>[a-z]+):(?:\/\/)?(?<target>[^?]*)(?:\?(?<query>.*))?$/is.exec(text.trim())?.groups;
  if (found === undefined || found.scheme?.toLowerCase() !== coin.uriScheme) return null;
  const { target = '', query } = found;
  const isPrefixed = coin.cashAddress === coin.uriScheme;
  if (isPrefixed && query === undefined) return null;
  const parameters = new URLSearchParams(query);
  if ([...parameters.keys()].some((key) => key.toLowerCase().startsWith('req-'))) return 'required';
  const amount = amountIn(parameters.get('amount'));
  if (amount === undefined) return 'amount';
  const label = (parameters.get('label') ?? parameters.get('message'))?.trim().slice(0, LONGEST_LABEL) ?? '';
  const address = isPrefixed && /^[qpzr]/i.test(target) ? `${found.scheme}:${target}` : target;
  return { address, amount, label: label === '' ? null : label };
}

/** Null where nothing is asked for, undefined for no amount. */
function amountIn(text: string | null): bigint | null | undefined {
  if (text === null) return null;
  try {
    return parseAmount(text, DECIMALS);
  } catch {
    return undefined;
  }
}
