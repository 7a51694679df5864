/** The form that a PSBT travels in: base64 of its bytes, or the bytes themselves (BIP-174). */
import { WalletError } from '@/lib/errors';

/** The largest file that is read, in bytes. */
const LARGEST = 200_000;
const MAGIC = [0x70, 0x73, 0x62, 0x74, 0xff];

/** @throws WalletError `bad-psbt` with `too-large` as reason */
export async function readPsbtFile(file: Blob): Promise<string> {
  if (file.size > LARGEST) throw new WalletError('bad-psbt', { reason: 'too-large' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return MAGIC.every((byte, at) => bytes[at] === byte) ? toBase64(bytes) : new TextDecoder().decode(bytes).trim();
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** The bytes of a text that the wallet itself has made. */
export const psbtBytes = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
