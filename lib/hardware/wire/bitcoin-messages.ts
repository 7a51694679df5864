/** Messages of Bitcoin and its relatives, by their numbers and fields; OneKey has none of its own. */
import { bytes, flag, manyOf, manyU32, oneOf, text, u32, u64 } from './schema';

export const BITCOIN = {
  getPublicKey: 11,
  publicKey: 12,
  signTx: 15,
  txRequest: 21,
  txAck: 22,
  getAddress: 29,
  address: 30,
  signMessage: 38,
  messageSignature: 40,
} as const;

/** `TxRequest.request_type`: what of a transaction the device wants next. */
export const REQUEST = { input: 0, output: 1, meta: 2, finished: 3, extraData: 4 } as const;

export const getPublicKey = { addressN: manyU32(1), showDisplay: flag(3), coinName: text(4), scriptType: u32(5) };
const node = {
  depth: u32(1),
  fingerprint: u32(2),
  childNum: u32(3),
  chainCode: bytes(4),
  publicKey: bytes(6),
};
export const publicKey = { node: oneOf(1, node) };
export const getAddress = { addressN: manyU32(1), coinName: text(2), showDisplay: flag(3), scriptType: u32(5) };
export const address = { address: text(1) };
export const signMessage = { addressN: manyU32(1), message: bytes(2), coinName: text(3), scriptType: u32(4) };
export const messageSignature = { address: text(1), signature: bytes(2) };
export const signTx = {
  outputsCount: u32(1),
  inputsCount: u32(2),
  coinName: text(3),
  version: u32(4),
  lockTime: u32(5),
};
export const txRequest = {
  requestType: u32(1),
  details: oneOf(2, { requestIndex: u32(1), txHash: bytes(2), extraDataLength: u32(3), extraDataOffset: u32(4) }),
  serialized: oneOf(3, { signatureIndex: u32(1), serializedTx: bytes(3) }),
};

const input = {
  addressN: manyU32(1),
  prevHash: bytes(2),
  prevIndex: u32(3),
  scriptSig: bytes(4),
  sequence: u32(5),
  scriptType: u32(6),
  amount: u64(8),
};
const output = { address: text(1), addressN: manyU32(2), amount: u64(3), scriptType: u32(4), opReturnData: bytes(6) };
/** A part of a transaction at a time; `binOutputs` are those of a transaction that is spent. */
export const transactionPart = {
  version: u32(1),
  inputs: manyOf(2, input),
  binOutputs: manyOf(3, { amount: u64(1), scriptPubkey: bytes(2) }),
  lockTime: u32(4),
  outputs: manyOf(5, output),
  inputsCount: u32(6),
  outputsCount: u32(7),
  extraData: bytes(8),
  extraDataLength: u32(9),
};
export const txAck = { tx: oneOf(1, transactionPart) };
