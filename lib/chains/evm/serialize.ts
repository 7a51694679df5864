/** The bytes of a transaction: of type 2 (EIP-1559), or of the first kind with the chain in it (EIP-155). */
import { type Hex, type Signature, serializeTransaction } from 'viem';
import type { UnsignedTransaction } from '../types';

/** What is hashed and signed; with a signature, what a node takes. */
export function serialize(unsigned: UnsignedTransaction, signature?: Signature): Hex {
  const { chainId, nonce, to, data, gas, price } = unsigned;
  const rest = { chainId, nonce, to, data, gas, value: unsigned.valueWei };
  if (price.kind === 'legacy')
    return serializeTransaction({ ...rest, type: 'legacy', gasPrice: price.gasPriceWei }, signature);
  const { maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas } = price;
  return serializeTransaction({ ...rest, type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas }, signature);
}
