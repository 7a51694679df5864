/** Signed messages, as Bitcoin Core and devices make them. Not for p2tr, which would need BIP-322. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { equalBytes, utf8 } from '@/lib/bytes';
import { type DigestRequest, signUtxoDigest } from '../digest-signature';
import type { OwnAddress } from './accounts';
import { type CheckedAddress, checkAddress } from './address';
import type { Coin } from './coins';
import { hash160, hash256, ownScript, type ScriptType } from './script';
import type { KeySource } from './sign';
import { compactSize } from './wire';

/** First byte of a signature for a compressed key, before the recovery id of 0 to 3 is added. */
const HEADERS: Readonly<Record<Exclude<ScriptType, 'p2tr'>, number>> = { p2pkh: 31, 'p2sh-p2wpkh': 35, p2wpkh: 39 };
const UNCOMPRESSED = 27;
const SIGNATURE_BYTES = 65;

/** What has to be signed. @param message in any form of Unicode; its composed one (NFC) is signed */
export const messageRequest = (coin: Coin, { path }: Pick<OwnAddress, 'path'>, message: string): DigestRequest => ({
  path,
  digest: messageDigest(coin, message),
  kind: 'recovered',
});

/**
 * @param signature of that request
 * @returns base64. @throws RangeError for an address of p2tr
 */
export function messageSignature({ scriptType }: Pick<OwnAddress, 'scriptType'>, signature: Uint8Array): string {
  if (scriptType === 'p2tr') throw new RangeError('no messages for p2tr');
  return base64.encode(Uint8Array.of(HEADERS[scriptType] + (signature[0] ?? 0), ...signature.subarray(1)));
}

/** The same with keys at hand. */
export function signMessage(coin: Coin, address: OwnAddress, message: string, keys: KeySource): string {
  const request = messageRequest(coin, address, message);
  return messageSignature(
    address,
    keys.withKey(request.path, (key) => signUtxoDigest(request, key)),
  );
}

/**
 * Whether the holder of an address has signed a message. Also signatures that name the kind of a key and not of the
 * address, as Electrum makes them.
 * @throws WalletError `bad-address`
 */
export function verifyMessage(coin: Coin, address: string, message: string, signature: string): boolean {
  const destination = checkAddress(coin, address, { legacy: 'meant' });
  const bytes = signatureBytes(signature);
  const [header = 0] = bytes ?? [];
  if (bytes?.length !== SIGNATURE_BYTES || header < UNCOMPRESSED || header > HEADERS.p2wpkh + 3) return false;
  try {
    const recovered = Uint8Array.of((header - UNCOMPRESSED) & 3, ...bytes.subarray(1));
    const digest = messageDigest(coin, message);
    const point = secp256k1.Point.fromBytes(secp256k1.recoverPublicKey(recovered, digest, { prehash: false }));
    return isOf(destination, point, header);
  } catch {
    return false;
  }
}

/** Double SHA-256 of the coin's own line and the message, each behind its length. */
function messageDigest({ messageMagic }: Coin, message: string): Uint8Array {
  const parts = [`${messageMagic}\n`, message.normalize('NFC')].map(utf8);
  return hash256(concatBytes(...parts.flatMap((part) => [compactSize(part.length), part])));
}

function isOf({ type, hash, script }: CheckedAddress, point: typeof secp256k1.Point.BASE, header: number): boolean {
  if (header < HEADERS.p2pkh) return type === 'p2pkh' && equalBytes(hash, hash160(point.toBytes(false)));
  const kinds = { p2pkh: 'p2pkh', p2sh: 'p2sh-p2wpkh', p2wpkh: 'p2wpkh' } as const;
  if (type === 'p2wsh' || type === 'p2tr') return false;
  const kind = kinds[type];
  const isNamed = header >= HEADERS[kind] && header < HEADERS[kind] + 4;
  const isElectrum = header < HEADERS['p2sh-p2wpkh'];
  return (isNamed || isElectrum) && equalBytes(script, ownScript(kind, point.toBytes(true)));
}

function signatureBytes(text: string): Uint8Array | null {
  try {
    return base64.decode(text.trim());
  } catch {
    return null;
  }
}
