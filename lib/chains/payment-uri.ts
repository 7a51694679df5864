/** What a QR code says: a payment request that other wallets read, and that is read here (EIP-681). */

export interface PaymentRequest {
  readonly chainId: number;
  /** Who is paid. */
  readonly address: string;
  /** The contract of the token that is asked for, or null for the chain's own unit. */
  readonly token: string | null;
  /** In the smallest unit, or null to leave it to the payer. */
  readonly amount: bigint | null;
}

/**
 * The URI of a request, such as `ethereum:0x71C7…976F@1?value=250000000000000000`; of a token
 * `ethereum:CONTRACT@1/transfer?address=0x71C7…976F&uint256=1000000` (EIP-681, "Semantics").
 */
export function paymentUri({ chainId, address, token, amount }: PaymentRequest): string {
  if (token === null) return `ethereum:${address}@${chainId}${amount === null ? '' : `?value=${amount}`}`;
  return `ethereum:${token}@${chainId}/transfer?address=${address}${amount === null ? '' : `&uint256=${amount}`}`;
}

/** A request as somebody else has written it. */
export interface AskedPayment extends Omit<PaymentRequest, 'chainId'> {
  /** Null: on the chain that is looked at. */
  readonly chainId: number | null;
  /** An address or a name, as it stands there: nobody has checked it. */
  readonly address: string;
}

const REQUEST =
  /^ethereum:(?:pay-)?(?<target>[^@/?]+)(?:@(?<chain>\d{1,15}))?(?:\/(?<call>[^?]*))?(?:\?(?<rest>.*))?$/i;
const NUMBER = /^(?<whole>\d{1,78})(?:\.(?<fraction>\d{1,78}))?(?:e(?<exponent>\d{1,2}))?$/i;

/** What may stand in a request: proposals for its fee are left to the payer. */
const OF_ANY = ['gas', 'gasLimit', 'gasPrice'];
const OF_PAYMENT = ['value', ...OF_ANY];
const OF_TRANSFER = ['address', 'uint256', ...OF_ANY];

/** Whether a text means to be a request, understood or not. */
export const isPaymentUri = (text: string): boolean => /^ethereum:/i.test(text.trim());

/**
 * What a text asks for: a payment of the chain's own unit, or the transfer of a token.
 * @returns null for any other text, also for a request that is not understood whole: another call, an amount that is none,
 *   anything that is said twice or that is unknown here
 */
export function readPaymentUri(text: string): AskedPayment | null {
  const found = REQUEST.exec(text.trim())?.groups;
  if (found === undefined) return null;
  const { target = '', chain, call, rest } = found;
  const parameters = new URLSearchParams(rest);
  const chainId = chain === undefined ? null : Number(chain);
  const isTransfer = call === 'transfer';
  if (call !== undefined && !isTransfer) return null;
  if (!isWithin([...parameters.keys()], isTransfer ? OF_TRANSFER : OF_PAYMENT)) return null;
  const address = isTransfer ? parameters.get('address') : target;
  const amount = amountIn(parameters.get(isTransfer ? 'uint256' : 'value'));
  if (address === null || amount === undefined) return null;
  return { chainId, address, token: isTransfer ? target : null, amount };
}

const isWithin = (names: readonly string[], allowed: readonly string[]): boolean =>
  new Set(names).size === names.length && names.every((name) => allowed.includes(name));

/** In the smallest unit, where `2.5e18` may stand for 19 digits; null where nothing is asked for, undefined for no number. */
function amountIn(text: string | null): bigint | null | undefined {
  if (text === null || text === '') return null;
  const found = NUMBER.exec(text)?.groups;
  if (found === undefined) return undefined;
  const { whole = '', fraction = '', exponent = '0' } = found;
  const places = Number(exponent) - fraction.length;
  return places < 0 ? undefined : BigInt(`${whole}${fraction}`) * 10n ** BigInt(places);
}
