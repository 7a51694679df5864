/** The bytes of a transaction: of type 2 (EIP-1559); at one price of the first kind (EIP-155), or of type 1 (EIP-2930). */
import { type Hex, type Signature, serializeTransaction } from 'viem';
import type { UnsignedTransaction } from '../types';

/** What is hashed and signed; with a signature, what a node takes. */
export function serialize(unsigned: UnsignedTransaction, signature?: Signature): Hex {
  const { chainId, nonce, to, data, gas, price } = unsigned;
  const rest = { chainId, nonce, to, data, gas, value: unsigned.valueWei };
  const accessList = unsigned.accessList?.map(({ address, storageKeys }) => ({
    address,
    storageKeys: [...storageKeys],
  }));
  if (price.kind === 'legacy') {
    const gasPrice = price.gasPriceWei;
    if (accessList === undefined) return serializeTransaction({ ...rest, type: 'legacy', gasPrice }, signature);
    return serializeTransaction({ ...rest, type: 'eip2930', gasPrice, accessList }, signature);
  }
  const { maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas } = price;
  const list = accessList && { accessList };
  return serializeTransaction({ ...rest, ...list, type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas }, signature);
}
