/** What a Mini signs on Ethereum-like networks, and how each answer is checked before anything leaves. */
import {
  getAddress as checksummed,
  concat,
  hashMessage,
  isAddress,
  keccak256,
  recoverAddress,
  type Signature,
  serializeTransaction,
  type TransactionSerializable,
  toHex,
} from 'viem';
import type { Address } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';
import type { HardwareAccount, HardwareTransaction, Shown, TypedHashes } from '../types';
import * as messages from '../wire/messages';
import { type Content, encode, type Shape } from '../wire/schema';
import { hexBytes, toMinimalBytes } from './numbers';
import type { Session } from './session';

type Hex = `0x${string}`;
type TxRequest = Content<typeof messages.txRequest>;

const CHUNK_BYTES = 1024;
const MOST_DATA_BYTES = 64 * 1024;
const MOST_MESSAGE_BYTES = 5120;
const MOST_ACCESS = 8;

export interface EthereumCalls {
  readonly session: Session;
  readonly types: messages.EthereumTypes;
}

const ask = <S extends Shape>(
  { session }: EthereumCalls,
  type: number,
  payload: Uint8Array,
  answer: number,
  shape: S,
) => session.call({ type, payload }, { type: answer, shape });

/** @throws WalletError `device-misbehaved` for what is no address */
export async function addressAt(calls: EthereumCalls, path: readonly number[], shown: Shown): Promise<Address> {
  const { getAddress, address } = calls.types;
  const request = encode(messages.getAddress, { addressN: path, showDisplay: shown === 'on-device' });
  const answer = await ask(calls, getAddress, request, address, messages.address);
  if (answer.address === undefined || !isAddress(answer.address, { strict: false })) throw misbehaved();
  return checksummed(answer.address);
}

const misbehaved = (): WalletError => new WalletError('device-misbehaved');
const unsupported = (reason: string): WalletError => new WalletError('device-unsupported', { reason });

/** Another passphrase opens another wallet without a word, so this stands before every signature. */
async function checkWallet(calls: EthereumCalls, { path, address }: HardwareAccount): Promise<void> {
  const actual = await addressAt(calls, path, 'not');
  if (actual !== checksummed(address)) {
    throw new WalletError('device-wrong-wallet', { expectedAddress: address, actualAddress: actual });
  }
}

async function checkSigner(hash: Hex, signature: Signature | Hex, { address }: HardwareAccount): Promise<void> {
  const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
  if (signer !== checksummed(address)) throw misbehaved();
}

/** Said before the device is asked. @throws WalletError `device-unsupported` */
export function checkTransaction(transaction: HardwareTransaction): void {
  if (transaction.type === 'eip2930') throw unsupported('eip2930');
  if ((transaction.data.length - 2) / 2 > MOST_DATA_BYTES) throw unsupported('data');
  if (transaction.type === 'eip1559') {
    const { accessList } = transaction;
    if (accessList.length > MOST_ACCESS || accessList.some(({ storageKeys }) => storageKeys.length > MOST_ACCESS)) {
      throw unsupported('access-list');
    }
  }
}

/** @throws WalletError `device-unsupported`, `device-wrong-wallet`, `device-misbehaved`, and what the session throws */
export async function signTransaction(
  calls: EthereumCalls,
  account: HardwareAccount,
  transaction: HardwareTransaction,
): Promise<Hex> {
  checkTransaction(transaction);
  await checkWallet(calls, account);
  const data = hexBytes(transaction.data);
  const answer = await sendData(
    calls,
    data,
    await firstAnswer(calls, account, transaction, data.subarray(0, CHUNK_BYTES)),
  );
  const { signatureR, signatureS } = answer;
  if (signatureR?.length !== 32 || signatureS?.length !== 32) throw misbehaved();
  const yParity = parityOf(answer.signatureV ?? 0n, transaction);
  const serializable = toSerializable(transaction);
  const signature = { r: toHex(signatureR), s: toHex(signatureS), yParity, v: BigInt(27 + yParity) };
  await checkSigner(keccak256(serializeTransaction(serializable)), signature, account);
  return serializeTransaction(serializable, signature);
}

function firstAnswer(
  calls: EthereumCalls,
  { path }: HardwareAccount,
  transaction: HardwareTransaction,
  dataInitialChunk: Uint8Array,
): Promise<TxRequest> {
  const { types } = calls;
  const shared = {
    addressN: path,
    nonce: toMinimalBytes(BigInt(transaction.nonce)),
    gasLimit: toMinimalBytes(transaction.gas),
    value: toMinimalBytes(transaction.valueWei),
    to: transaction.to ?? '',
    dataInitialChunk,
    dataLength: (transaction.data.length - 2) / 2,
    chainId: BigInt(transaction.chainId),
  };
  if (transaction.type !== 'eip1559') {
    const request = encode(messages.signTx, { ...shared, gasPrice: toMinimalBytes(transaction.gasPriceWei) });
    return ask(calls, types.signTx, request, types.txRequest, messages.txRequest);
  }
  const request = encode(messages.signTx1559, {
    ...shared,
    maxGasFee: toMinimalBytes(transaction.maxFeePerGasWei),
    maxPriorityFee: toMinimalBytes(transaction.maxPriorityFeePerGasWei),
    accessList: transaction.accessList.map(({ address, storageKeys }) => ({
      address,
      storageKeys: storageKeys.map(hexBytes),
    })),
  });
  return ask(calls, types.signTx1559, request, types.txRequest, messages.txRequest);
}

/** Gives the device the rest of the data, in the pieces that it asks for, and never more than there is. */
async function sendData(calls: EthereumCalls, data: Uint8Array, first: TxRequest): Promise<TxRequest> {
  const { txAck, txRequest } = calls.types;
  let answer = first;
  let sent = Math.min(CHUNK_BYTES, data.length);
  while (answer.dataLength !== undefined && answer.dataLength > 0) {
    if (answer.dataLength > Math.min(CHUNK_BYTES, data.length - sent)) throw misbehaved();
    const chunk = data.subarray(sent, sent + answer.dataLength);
    sent += chunk.length;
    const payload = encode(messages.txAck, { dataChunk: chunk });
    answer = await ask(calls, txAck, payload, txRequest, messages.txRequest);
  }
  if (sent !== data.length) throw misbehaved();
  return answer;
}

/** EIP-155's v where it fits 32 bits, else the parity alone. */
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

/** 65 bytes: r, s, and 27 or 28. */
async function checkedSignature(hash: Hex, bytes: Uint8Array | undefined, account: HardwareAccount): Promise<Hex> {
  if (bytes?.length !== 65) throw misbehaved();
  await checkSigner(hash, toHex(bytes), account);
  const last = bytes[64] ?? 0;
  return concat([toHex(bytes.subarray(0, 64)), toHex(last < 27 ? last + 27 : last, { size: 1 })]);
}

/** @throws WalletError `device-unsupported` before the device is asked */
export async function signMessage(
  calls: EthereumCalls,
  account: HardwareAccount,
  message: Uint8Array,
  chainId: bigint,
): Promise<Hex> {
  if (message.length > MOST_MESSAGE_BYTES) throw unsupported('message');
  await checkWallet(calls, account);
  const { types } = calls;
  const request = encode(messages.signMessage, { addressN: account.path, message, ...display(calls, chainId) });
  const answer = await ask(calls, types.signMessage, request, types.messageSignature, messages.messageSignature);
  return checkedSignature(hashMessage({ raw: message }), answer.signature, account);
}

export async function signTypedHash(
  calls: EthereumCalls,
  account: HardwareAccount,
  { domain: domainHash, message: messageHash }: TypedHashes,
  chainId: bigint,
): Promise<Hex> {
  await checkWallet(calls, account);
  const { types } = calls;
  const content = { addressN: account.path, domainHash, messageHash, ...display(calls, chainId) };
  const request = encode(messages.signTypedHash, content);
  const answer = await ask(calls, types.signTypedHash, request, types.typedDataSignature, messages.typedDataSignature);
  const hash = keccak256(concat(['0x1901', toHex(domainHash), toHex(messageHash)]));
  return checkedSignature(hash, answer.signature, account);
}

/** Only OneKey's own messages have a place for the chain that is shown. */
const display = ({ types }: EthereumCalls, chainId: bigint) => (types === messages.ONEKEY_ETHEREUM ? { chainId } : {});
