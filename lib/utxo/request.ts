/** What is pasted or scanned at a payment: an address, or a request in a URI (BIP-21). */
import { amountText, parseAmount } from '@/lib/chains/amount';
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

const LONGEST_TEXT = 200;

/**
 * @throws WalletError `bad-address` with an `AddressProblem` as reason, of another coin with its name as `party`, or with
 *   `uri` for a request that demands what is not understood here; `bad-amount`
 */
export function readRequest(id: CoinId, text: string, legacy: 'ask' | 'meant'): PaymentRequest {
  const coin = COINS[id];
  const [, scheme, rest] = /^([a-z]{3,20}):(.*)$/is.exec(text.trim()) ?? [];
  if (scheme === undefined || rest === undefined) return plain(checkAddress(coin, text, { legacy }));
  const known = Object.values(COINS).find(({ uriScheme }) => uriScheme === scheme.toLowerCase());
  if (known && known !== coin) throw new WalletError('bad-address', { reason: 'other-chain', party: known.name });
  if (!known) throw new WalletError('bad-address', { reason: 'format' });
  const [, address = '', query = ''] = /^(?:\/\/)?([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const parameters = new URLSearchParams(query);
  // Whoever writes a request may demand what the payer has to understand (BIP-21, "req-").
  if ([...parameters.keys()].some((key) => key.toLowerCase().startsWith('req-')))
    throw new WalletError('bad-address', { reason: 'uri' });
  return {
    ...checkAddress(coin, withPrefix(coin, address), { legacy }),
    amount: amountIn(parameters.get('amount')),
    label: shortened(parameters.get('label')),
    message: shortened(parameters.get('message')),
  };
}

const plain = (address: CheckedAddress): PaymentRequest => ({ ...address, amount: null, label: null, message: null });

/** In Bitcoin Cash the scheme is the prefix of the address, or stands before an old one. */
const withPrefix = ({ cashAddress }: Coin, address: string): string =>
  cashAddress !== null && /^[qp]/i.test(address) ? `${cashAddress}:${address}` : address;

const amountIn = (text: string | null): bigint | null => (text === null ? null : parseAmount(text, DECIMALS));
const shortened = (text: string | null): string | null => text?.slice(0, LONGEST_TEXT) || null;

/** As a field shows it. */
export const coinText = (amount: bigint): string => amountText(amount, DECIMALS);
