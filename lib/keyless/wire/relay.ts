/** The relay's wire: sign-ins whose answer cannot come straight to the extension (keyless protocol, section 3). */
import { z } from 'zod';
import { fromBase64url, toBase64url, utf8 } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import { bytes } from './schema';

/**
 * What travels through the provider as `state`. Nothing of it is secret, and nothing of it is believed: it says where the
 * handle goes, and what must be shown for it.
 */
export interface RelayState {
  /** Which of the relay's allow-listed addresses of the extension the browser goes to. */
  readonly redirectIndex: number;
  /** The OIDC nonce, 32 bytes. */
  readonly nonce: Uint8Array;
  /** PKCE: SHA-256 of the verifier, 32 bytes (RFC 7636, section 4.2). */
  readonly challenge: Uint8Array;
  /** Of the device key that may redeem, 32 bytes. */
  readonly thumbprint: Uint8Array;
  /** 16 fresh bytes. */
  readonly random: Uint8Array;
}

const VERSION = 1;
const STATE_BYTES = 114;

/** Base64url of version u8, redirect index u8, nonce 32, challenge 32, thumbprint 32, random 16: 152 characters. */
export function encodeRelayState({ redirectIndex, nonce, challenge, thumbprint, random }: RelayState): string {
  const state = new Uint8Array([VERSION, redirectIndex, ...nonce, ...challenge, ...thumbprint, ...random]);
  if (state.length !== STATE_BYTES || redirectIndex > 255) throw new RangeError('a part has another length');
  return toBase64url(state);
}

/** @throws RangeError unless it is exactly what `encodeRelayState` makes */
export function decodeRelayState(text: string): RelayState {
  const state = text.length === (STATE_BYTES * 4) / 3 ? fromBase64url(text) : new Uint8Array();
  if (state.length !== STATE_BYTES || state[0] !== VERSION) throw new RangeError('not a state');
  return {
    redirectIndex: state[1] ?? 0,
    nonce: state.slice(2, 34),
    challenge: state.slice(34, 66),
    thumbprint: state.slice(66, 98),
    random: state.slice(98),
  };
}

/** The verifier as it is sent and hashed: 43 characters (RFC 7636, section 4.1). @param verifier 32 bytes */
export const codeVerifierOf = (verifier: Uint8Array): string => toBase64url(verifier);

/** RFC 7636, section 4.2, `S256`: 32 bytes. */
export const codeChallengeOf = (verifier: Uint8Array): Uint8Array => sha256(utf8(codeVerifierOf(verifier)));

/** `POST /redeem`: the handle from the fragment, and what the state was made of. DPoP-bound. */
export const redeemRequest = z.object({ handle: bytes(32), verifier: bytes(32) });

export const redeemResponse = z.object({ idToken: z.string().min(1).max(8192) });

/** `POST /notices` at vault and issuer: what a provider signed about one of its users. */
export const noticeRequest = z.object({ notice: z.string().min(1).max(8192) });

export const relayProblem = z.enum([
  'bad-request',
  'unauthenticated',
  'code-refused',
  'handle-unknown',
  'not-found',
  'too-large',
  'too-many-requests',
  'unexpected',
  'temporarily-unavailable',
]);
export type RelayProblem = z.output<typeof relayProblem>;
