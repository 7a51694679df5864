/** What a QR code says: a payment request that other wallets read (EIP-681). */

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
