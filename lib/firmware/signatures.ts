import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromHex } from '@/lib/bytes';
import type { FirmwareImage } from './image';
import { HEADER_BYTES, LAYOUTS, SIGNATURE_BYTES } from './layout';
import type { SigningScheme, VendorKeys } from './vendor-keys';

export interface SignatureSlot {
  /** From 1. */
  readonly slot: number;
  /** Which of the vendor's keys the header names, from 1; 0 for none. */
  readonly index: number;
  readonly state: 'valid' | 'invalid' | 'empty';
}

export interface SignatureReport {
  readonly slots: readonly SignatureSlot[];
  /** `valid`: as many as the boot loader wants, and none is wrong. */
  readonly state: 'valid' | 'invalid' | 'none';
  readonly valid: number;
  readonly threshold: number;
  readonly keyCount: number;
}

/** SHA-256 of the header without its signatures. */
export function fingerprintOf({ bytes, family }: FirmwareImage): Uint8Array {
  const header = bytes.slice(0, HEADER_BYTES);
  const { start, end } = LAYOUTS[family].signatures;
  header.fill(0, start, end);
  return sha256(header);
}

const MESSAGE_PREFIX = new TextEncoder().encode('\x18Bitcoin Signed Message:\n\x20');

/** What is signed, 32 bytes. */
export function signedDigest(fingerprint: Uint8Array, form: SigningScheme['form']): Uint8Array {
  return form === 'plain' ? fingerprint : sha256(sha256(new Uint8Array([...MESSAGE_PREFIX, ...fingerprint])));
}

function isValid(signature: Uint8Array, digest: Uint8Array, key: string | undefined): boolean {
  if (key === undefined) return false;
  try {
    return secp256k1.verify(signature, digest, fromHex(key), { prehash: false, lowS: false });
  } catch {
    return false;
  }
}

function checkScheme(image: FirmwareImage, scheme: SigningScheme): SignatureReport {
  const layout = LAYOUTS[image.family];
  const digest = signedDigest(fingerprintOf(image), scheme.form);
  const seen = new Set<number>();
  const slots = Array.from({ length: layout.signatureSlots }, (_, place): SignatureSlot => {
    const start = layout.signatures.start + place * SIGNATURE_BYTES;
    const signature = image.bytes.subarray(start, start + SIGNATURE_BYTES);
    const index = image.bytes[layout.indexesOffset + place] ?? 0;
    if (index === 0 && signature.every((byte) => byte === 0)) return { slot: place + 1, index, state: 'empty' };
    // A boot loader wants different keys: the second signature of one key counts for nothing.
    const good = !seen.has(index) && isValid(signature, digest, scheme.keys[index - 1]);
    seen.add(index);
    return { slot: place + 1, index, state: good ? 'valid' : 'invalid' };
  });
  const count = (state: SignatureSlot['state']) => slots.filter((slot) => slot.state === state).length;
  const enough = count('valid') >= scheme.threshold && count('invalid') === 0;
  return {
    slots,
    state: count('empty') === slots.length ? 'none' : enough ? 'valid' : 'invalid',
    valid: count('valid'),
    threshold: scheme.threshold,
    keyCount: scheme.keys.length,
  };
}

/** Every slot of the header by the scheme that fits best: vendors have signed in two ways. */
export function checkSignatures(image: FirmwareImage, keys: VendorKeys): SignatureReport {
  const [first, ...others] = keys[image.family].map((scheme) => checkScheme(image, scheme));
  if (!first) throw new RangeError('no scheme');
  return others.reduce((best, other) => (other.valid > best.valid ? other : best), first);
}
