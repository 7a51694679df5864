/** What comes back from a device is used only if it is what was asked for, of the account that was asked. */
import {
  concat,
  getAddress,
  keccak256,
  recoverAddress,
  type Signature,
  serializeTransaction,
  type TransactionSerializable,
  toHex,
} from 'viem';
import type { Address } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';
import type { HardwareAccount, HardwareTransaction, HardwareTypedData } from './types';

type Hex = `0x${string}`;

export const misbehaved = (): WalletError => new WalletError('device-misbehaved');

/** @throws WalletError `device-wrong-wallet`, which names both addresses */
export function checkAddress({ address }: Pick<HardwareAccount, 'address'>, actual: Address): void {
  if (actual !== getAddress(address))
    throw new WalletError('device-wrong-wallet', { expectedAddress: address, actualAddress: actual });
}

export interface SignatureParts {
  /** 32 bytes each. */
  readonly r: Uint8Array | undefined;
  readonly s: Uint8Array | undefined;
  /** EIP-155's where it fits 32 bits, else the parity alone. */
  readonly v: bigint;
}

/** @returns the raw transaction. @throws WalletError `device-misbehaved` */
export async function signedTransaction(
  account: HardwareAccount,
  transaction: HardwareTransaction,
  { r, s, v }: SignatureParts,
): Promise<Hex> {
  if (r?.length !== 32 || s?.length !== 32) throw misbehaved();
  const yParity = parityOf(v, transaction);
  const serializable = toSerializable(transaction);
  const signature = { r: toHex(r), s: toHex(s), yParity, v: BigInt(27 + yParity) };
  await checkSigner(keccak256(serializeTransaction(serializable)), signature, account);
  return serializeTransaction(serializable, signature);
}

async function checkSigner(hash: Hex, signature: Signature | Hex, { address }: HardwareAccount): Promise<void> {
  const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
  if (signer !== getAddress(address)) throw misbehaved();
}

function parityOf(v: bigint, { type, chainId }: HardwareTransaction): 0 | 1 {
  const parity = type === 'legacy' && v > 1n ? v - 35n - 2n * BigInt(chainId) : v;
  if (parity === 0n) return 0;
  if (parity === 1n) return 1;
  throw misbehaved();
}

function toSerializable(transaction: HardwareTransaction): TransactionSerializable {
  const { chainId, nonce, to, valueWei: value, data, gas } = transaction;
  const shared = { chainId, nonce, to, value, data, gas };
  switch (transaction.type) {
    case 'legacy':
      return { ...shared, type: 'legacy', gasPrice: transaction.gasPriceWei };
    case 'eip2930':
      return { ...shared, type: 'eip2930', gasPrice: transaction.gasPriceWei, accessList: transaction.accessList };
    case 'eip1559':
      return {
        ...shared,
        type: 'eip1559',
        maxFeePerGas: transaction.maxFeePerGasWei,
        maxPriorityFeePerGas: transaction.maxPriorityFeePerGasWei,
        accessList: transaction.accessList,
      };
    default:
      return transaction satisfies never;
  }
}

/** @returns 65 bytes: r, s, and 27 or 28. @throws WalletError `device-misbehaved` */
export async function checkedSignature(
  account: HardwareAccount,
  hash: Hex,
  bytes: Uint8Array | undefined,
): Promise<Hex> {
  if (bytes?.length !== 65) throw misbehaved();
  await checkSigner(hash, toHex(bytes), account);
  const last = bytes[64] ?? 0;
  return concat([toHex(bytes.subarray(0, 64)), toHex(last < 27 ? last + 27 : last, { size: 1 })]);
}

/** EIP-712. */
export const typedDataHash = ({ domainHash, messageHash }: Omit<HardwareTypedData, 'json'>): Hex =>
  keccak256(concat(['0x1901', toHex(domainHash), toHex(messageHash)]));
