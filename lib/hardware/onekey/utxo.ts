/** Bitcoin and its relatives on a Mini: accounts, addresses on the screen, transactions and messages, each checked. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { base64 } from '@scure/base';
import { utf8 } from '@/lib/bytes';
import { type Account, type AccountPlace, type OwnAddress, pathOf } from '@/lib/chains/utxo/accounts';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { verifyMessage } from '@/lib/chains/utxo/message';
import { ownScript, SCRIPT_TYPE, type ScriptType } from '@/lib/chains/utxo/script';
import { WalletError } from '@/lib/errors';
import type { Shown } from '../types';
import * as messages from '../wire/bitcoin-messages';
import { encode } from '../wire/schema';
import type { Session } from './session';
import type { OneKey } from './signer';
import { SPEND } from './utxo-parts';
import { type SignRequest, signOnDevice } from './utxo-signing';

const CHAIN_CODE_BYTES = 32;
const PUBLIC_KEY_BYTES = 33;
/** Of the firmware's message, in UTF-8. */
const MOST_MESSAGE_BYTES = 1024;

/** An own address, as much of it as a device is told and held against. */
export type OwnPlace = Pick<OwnAddress, 'path' | 'scriptType' | 'address'>;

/** Every method throws WalletError as those of the device do; `device-wrong-wallet` before anything is on its screen. */
export interface UtxoDevice {
  /** What finds all addresses of an account. @param shown on the device: its extended key, to be confirmed there */
  account(place: AccountPlace, shown: Shown): Promise<Account>;
  /** Resolves once the address was confirmed on the device's screen. */
  showAddress(coin: CoinId, own: OwnPlace): Promise<void>;
  /** @returns what a node takes, verified against the draft */
  sign(request: SignRequest): Promise<Uint8Array>;
  /** @returns base64, verified. `device-unsupported` for an address of p2tr, which needs BIP-322 */
  signMessage(coin: CoinId, own: OwnPlace, message: string): Promise<string>;
}

/** @param device an open one; a call at a time */
export const utxoDevice = (device: Pick<OneKey, 'converse'>): UtxoDevice => ({
  account: (place, shown) => device.converse((session) => accountAt(session, place, shown)),
  showAddress: (coin, own) => device.converse((session) => showAddress(session, coin, own)),
  sign: (request) =>
    device.converse(async (session) => {
      const { coin, inputs } = request.draft;
      const [first] = inputs;
      if (first) await checkWallet(session, coin, { ...first, address: addressOf(COINS[coin], first.script) ?? '' });
      return signOnDevice(session, request);
    }),
  signMessage: (coin, own, message) => device.converse((session) => signMessage(session, coin, own, message)),
});

async function nodeAt(
  session: Session,
  coin: CoinId,
  {
    path,
    scriptType,
    shown,
  }: { readonly path: readonly number[]; readonly scriptType: ScriptType; readonly shown: Shown },
) {
  const request = {
    addressN: path,
    coinName: COINS[coin].deviceName,
    scriptType: SPEND[scriptType],
    showDisplay: shown === 'on-device',
  };
  const payload = encode(messages.getPublicKey, request);
  const wanted = { type: messages.BITCOIN.publicKey, shape: messages.publicKey };
  const { node = {} } = await session.call({ type: messages.BITCOIN.getPublicKey, payload }, wanted);
  const { depth, childNum, fingerprint, chainCode, publicKey } = node;
  const isThere = depth === path.length && childNum === path.at(-1);
  if (!isThere || fingerprint === undefined || chainCode?.length !== CHAIN_CODE_BYTES || !isKey(publicKey))
    throw new WalletError('device-misbehaved', { reason: 'key' });
  return { publicKey, chainCode, parentFingerprint: fingerprint };
}

function isKey(bytes: Uint8Array | undefined): bytes is Uint8Array {
  try {
    return bytes?.length === PUBLIC_KEY_BYTES && Boolean(secp256k1.Point.fromBytes(bytes));
  } catch {
    return false;
  }
}

async function accountAt(session: Session, place: AccountPlace, shown: Shown): Promise<Account> {
  const scriptType = SCRIPT_TYPE[place.purpose];
  return { ...place, ...(await nodeAt(session, place.coin, { path: pathOf(place), scriptType, shown })) };
}

/** Another passphrase opens another wallet without a word, so this stands before every signature. */
async function checkWallet(session: Session, coin: CoinId, { path, scriptType, address }: OwnPlace): Promise<void> {
  const { publicKey } = await nodeAt(session, coin, { path, scriptType, shown: 'not' });
  const actualAddress = addressOf(COINS[coin], ownScript(scriptType, publicKey)) ?? '';
  if (actualAddress !== address)
    throw new WalletError('device-wrong-wallet', { expectedAddress: address, actualAddress });
}

async function showAddress(session: Session, coin: CoinId, own: OwnPlace): Promise<void> {
  await checkWallet(session, coin, own);
  const { path: addressN, scriptType, address } = own;
  const request = {
    addressN,
    coinName: COINS[coin].deviceName,
    showDisplay: true,
    scriptType: SPEND[scriptType],
  };
  const payload = encode(messages.getAddress, request);
  const wanted = { type: messages.BITCOIN.address, shape: messages.address };
  const shown = await session.call({ type: messages.BITCOIN.getAddress, payload }, wanted);
  if (shown.address !== address) throw new WalletError('device-misbehaved', { reason: 'address' });
}

async function signMessage(session: Session, coin: CoinId, own: OwnPlace, text: string): Promise<string> {
  const { path: addressN, scriptType, address } = own;
  if (scriptType === 'p2tr') throw new WalletError('device-unsupported', { reason: 'message' });
  const message = utf8(text.normalize('NFC'));
  if (message.length > MOST_MESSAGE_BYTES) throw new WalletError('device-unsupported', { reason: 'message' });
  await checkWallet(session, coin, own);
  const request = { addressN, message, coinName: COINS[coin].deviceName, scriptType: SPEND[scriptType] };
  const payload = encode(messages.signMessage, request);
  const wanted = { type: messages.BITCOIN.messageSignature, shape: messages.messageSignature };
  const answer = await session.call({ type: messages.BITCOIN.signMessage, payload }, wanted);
  const signature = base64.encode(answer.signature ?? new Uint8Array());
  if (answer.address !== address || !verifyMessage(COINS[coin], address, text, signature))
    throw new WalletError('device-misbehaved', { reason: 'signature' });
  return signature;
}
