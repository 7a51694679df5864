/** What is pasted or scanned at a payment: an address, or a request in a URI (BIP-21). */
import { amountText, parseAmount } from '@/lib/chains/amount';
import { shortened } from '@/lib/chains/shortened';
import { type CheckedAddress, checkAddress } from '@/lib/chains/utxo/address';
import { COINS, type Coin, type CoinId } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';

export const DECIMALS = 8;

export interface PaymentRequest extends CheckedAddress {
  /** Null where nothing is asked for. */
  readonly amount: bigint | null;
  readonly label: string | null;
  readonly message: string | null;
}

/**
 * Why the parameters of a request are refused. `uri`: it demands what is not understood here. `uri-malformed`: something in
 * it cannot be decoded. `uri-twice`: it says an amount, a label or a message twice, and who is to say which one counts.
 */
export type RequestProblem = 'uri' | 'uri-malformed' | 'uri-twice';

const LONGEST_TEXT = 200;

/**
 * @throws WalletError `bad-address` with an `AddressProblem` as reason, of another coin with its name as `party`, or with a
 *   `RequestProblem`; `bad-amount`
 */
export function readRequest(id: CoinId, text: string, legacy: 'ask' | 'meant'): PaymentRequest {
  const coin = COINS[id];
  const [, scheme, rest] = /^([a-z]{3,20}):(.*)$/is.exec(text.trim()) ?? [];
  if (scheme === undefined || rest === undefined) return plain(checkAddress(coin, text, { legacy }));
  const known = Object.values(COINS).find(({ uriScheme }) => uriScheme === scheme.toLowerCase());
  if (known && known !== coin) throw new WalletError('bad-address', { reason: 'other-chain', party: known.name });
  if (!known) throw new WalletError('bad-address', { reason: 'format' });
  const [, address = '', query = ''] = /^(?:\/\/)?([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const { amount, label, message } = parametersIn(query);
  return {
    ...checkAddress(coin, withPrefix(coin, address), { legacy }),
    amount: amount === undefined ? null : parseAmount(amount, DECIMALS),
    label: textIn(label),
    message: textIn(message),
  };
}

const KNOWN = ['amount', 'label', 'message'] as const;
type Parameters = Partial<Record<(typeof KNOWN)[number], string>>;

/** Keys in any case, a plus for itself (BIP-21, RFC 3986); those that nobody knows here are read over. */
function parametersIn(query: string): Parameters {
  const pairs = query.split('&').map(pairOf);
  // Whoever writes a request may demand what the payer has to understand (BIP-21, "req-").
  if (pairs.some(([key]) => key.startsWith('req-'))) throw refused('uri');
  const known = pairs.filter(([key]) => KNOWN.some((one) => one === key));
  if (new Set(known.map(([key]) => key)).size < known.length) throw refused('uri-twice');
  return Object.fromEntries(known);
}

function pairOf(pair: string): readonly [key: string, value: string] {
  const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(pair) ?? [];
  try {
    return [decodeURIComponent(key).toLowerCase(), decodeURIComponent(value)];
  } catch {
    throw refused('uri-malformed');
  }
}

const textIn = (text = ''): string | null => shortened(text, LONGEST_TEXT) || null;
const refused = (reason: RequestProblem) => new WalletError('bad-address', { reason });

const plain = (address: CheckedAddress): PaymentRequest => ({ ...address, amount: null, label: null, message: null });

/** In Bitcoin Cash the scheme is the prefix of the address, or stands before an old one. */
const withPrefix = ({ cashAddress }: Coin, address: string): string =>
  cashAddress !== null && /^[qp]/i.test(address) ? `${cashAddress}:${address}` : address;

/** As a field shows it. */
export const coinText = (amount: bigint): string => amountText(amount, DECIMALS);
