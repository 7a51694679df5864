/** Numbers of messages, failures and buttons, as the Mini's firmware has them. */
export const TYPE = {
  initialize: 0,
  ping: 1,
  success: 2,
  failure: 3,
  features: 17,
  pinRequest: 18,
  pinAck: 19,
  cancel: 20,
  lockDevice: 24,
  buttonRequest: 26,
  buttonAck: 27,
  passphraseRequest: 41,
  passphraseAck: 42,
  getFeatures: 55,
  endSession: 83,
  getFirmwareHash: 88,
  firmwareHash: 89,
  pinOnDevice: 10_000,
} as const;

/** Ethereum's messages once with Trezor's numbers and once, from 3.3.0 on, with OneKey's. */
export const TREZOR_ETHEREUM = {
  getPublicKey: 450,
  publicKey: 451,
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
} as const;

export type EthereumTypes = { readonly [Name in keyof typeof TREZOR_ETHEREUM]: number };

export const ONEKEY_ETHEREUM: EthereumTypes = {
  getPublicKey: 20_100,
  publicKey: 20_101,
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

/** Bitcoin and its relatives have one set of numbers. */
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

export const FAILURE = {
  unexpectedMessage: 1,
  dataError: 3,
  actionCancelled: 4,
  pinCancelled: 6,
  pinInvalid: 7,
  processError: 9,
  notEnoughFunds: 10,
  notInitialized: 11,
} as const;

export const BUTTON = {
  other: 1,
  feeOverThreshold: 2,
  confirmOutput: 3,
  protectCall: 7,
  signTx: 8,
  address: 10,
  publicKey: 11,
  passphraseEntry: 19,
} as const;
