/** What a Mini signs on Ethereum-like networks, and how each answer is checked before anything leaves. */
import { getAddress as checksummed, hashMessage, isAddress } from 'viem';
import type { Address } from '@/lib/chains/types';
import { WalletError } from '@/lib/errors';
import { checkAddress, checkedSignature, misbehaved, signedTransaction, typedDataHash } from '../answers';
import type { HardwareAccount, HardwareTransaction, HardwareTypedData, Shown } from '../types';
import * as messages from '../wire/messages';
import { type Content, encode, type Shape } from '../wire/schema';
import { hexBytes, toMinimalBytes } from './numbers';
import type { Session } from './session';

type Hex = `0x${string}`;
type TxRequest = Content<typeof messages.txRequest>;

const CHUNK_BYTES = 1024;
/** What public nodes take. */
const MOST_DATA_BYTES = 128 * 1024;
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

const unsupported = (reason: string): WalletError => new WalletError('device-unsupported', { reason });

/** Another passphrase opens another wallet without a word, so this stands before every signature. */
async function checkWallet(calls: EthereumCalls, account: HardwareAccount): Promise<void> {
  checkAddress(account, await addressAt(calls, account.path, 'not'));
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
  const { signatureR: r, signatureS: s, signatureV: v = 0n } = answer;
  return signedTransaction(account, transaction, { r, s, v });
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
  return checkedSignature(account, hashMessage({ raw: message }), answer.signature);
}

export async function signTypedData(
  calls: EthereumCalls,
  account: HardwareAccount,
  { domainHash, messageHash }: HardwareTypedData,
  chainId: bigint,
): Promise<Hex> {
  await checkWallet(calls, account);
  const { types } = calls;
  const content = { addressN: account.path, domainHash, messageHash, ...display(calls, chainId) };
  const request = encode(messages.signTypedHash, content);
  const answer = await ask(calls, types.signTypedHash, request, types.typedDataSignature, messages.typedDataSignature);
  return checkedSignature(account, typedDataHash({ domainHash, messageHash }), answer.signature);
}

/** Only OneKey's own messages have a place for the chain that is shown. */
const display = ({ types }: EthereumCalls, chainId: bigint) => (types === messages.ONEKEY_ETHEREUM ? { chainId } : {});
