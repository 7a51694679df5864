/** The messages that the wallet says and understands, by their numbers and fields. */
import { bytes, flag, manyBytes, manyOf, manyU32, text, u32, u64 } from './schema';

export const TYPE = {
  initialize: 0,
  success: 2,
  failure: 3,
  features: 17,
  pinRequest: 18,
  pinAck: 19,
  cancel: 20,
  buttonRequest: 26,
  buttonAck: 27,
  passphraseRequest: 41,
  passphraseAck: 42,
  endSession: 83,
  getFirmwareHash: 88,
  firmwareHash: 89,
  pinOnDevice: 10_000,
} as const;

/** Ethereum's messages have two sets of numbers and one set of fields. */
export interface EthereumTypes {
  readonly getAddress: number;
  readonly address: number;
  readonly signTx: number;
  readonly signTx1559: number;
  readonly txRequest: number;
  readonly txAck: number;
  readonly signMessage: number;
  readonly messageSignature: number;
  readonly signTypedHash: number;
  readonly typedDataSignature: number;
}

export const TREZOR_ETHEREUM: EthereumTypes = {
  getAddress: 56,
  address: 57,
  signTx: 58,
  signTx1559: 452,
  txRequest: 59,
  txAck: 60,
  signMessage: 64,
  messageSignature: 66,
  signTypedHash: 470,
  typedDataSignature: 469,
};

/** From firmware 3.3.0 on. */
export const ONEKEY_ETHEREUM: EthereumTypes = {
  getAddress: 20_102,
  address: 20_103,
  signTx: 20_104,
  signTx1559: 20_105,
  txRequest: 20_106,
  txAck: 20_107,
  signMessage: 20_108,
  messageSignature: 20_110,
  signTypedHash: 20_117,
  typedDataSignature: 20_116,
};

export const initialize = { sessionId: bytes(1) };
export const failure = { code: u32(1), message: text(2) };
export const buttonRequest = { code: u32(1) };
/** Of the pad on the device's screen, `7` to `9` above, `1` to `3` below. */
export const pinAck = { places: text(1) };
export const passphraseAck = { passphrase: text(1), onDevice: flag(3) };
export const getFirmwareHash = { challenge: bytes(1) };
export const firmwareHash = { hash: bytes(1) };

/** Trezor's fields 1 to 43 and OneKey's 5xx and 6xx; all may be missing. */
export const features = {
  vendor: text(1),
  majorVersion: u32(2),
  minorVersion: u32(3),
  patchVersion: u32(4),
  bootloaderMode: flag(5),
  deviceId: text(6),
  pinProtection: flag(7),
  passphraseProtection: flag(8),
  label: text(10),
  initialized: flag(12),
  revision: bytes(13),
  bootloaderHash: bytes(14),
  unlocked: flag(16),
  model: text(21),
  sessionId: bytes(35),
  onekeyVersion: text(508),
  onekeySerial: text(509),
  bootloaderVersion: text(510),
  serialNo: text(511),
  buildId: bytes(518),
  onekeyDeviceType: u32(600),
  onekeyFirmwareVersion: text(609),
  onekeyFirmwareBuildId: text(611),
  onekeySerialNo: text(612),
};

export const getAddress = { addressN: manyU32(1), showDisplay: flag(2), chainId: u64(3) };
export const address = { address: text(2) };
export const signTx = {
  addressN: manyU32(1),
  nonce: bytes(2),
  gasPrice: bytes(3),
  gasLimit: bytes(4),
  value: bytes(6),
  dataInitialChunk: bytes(7),
  dataLength: u32(8),
  chainId: u64(9),
  to: text(11),
};
export const signTx1559 = {
  addressN: manyU32(1),
  nonce: bytes(2),
  maxGasFee: bytes(3),
  maxPriorityFee: bytes(4),
  gasLimit: bytes(5),
  to: text(6),
  value: bytes(7),
  dataInitialChunk: bytes(8),
  dataLength: u32(9),
  chainId: u64(10),
  accessList: manyOf(11, { address: text(1), storageKeys: manyBytes(2) }),
};
export const txRequest = { dataLength: u32(1), signatureV: u64(2), signatureR: bytes(3), signatureS: bytes(4) };
export const txAck = { dataChunk: bytes(1) };
export const signMessage = { addressN: manyU32(1), message: bytes(2), chainId: u64(3) };
export const messageSignature = { signature: bytes(2), address: text(3) };
export const signTypedHash = { addressN: manyU32(1), domainHash: bytes(2), messageHash: bytes(3), chainId: u64(4) };
export const typedDataSignature = { signature: bytes(1), address: text(2) };
