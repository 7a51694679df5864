/**
 * Code and PKCE through the relay, for providers and browsers that cannot answer an extension (keyless protocol,
 * section 3). What the relay is told is public; what it gives is looked at as if it came from a stranger.
 */
import { z } from 'zod';
import { fromBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Random } from '../backup/generation';
import { callParty } from '../parties/party-client';
import { codeChallengeOf, encodeRelayState, redeemRequest, redeemResponse } from '../wire/relay';
import type { DeviceKey } from './device-key';
import { fieldOf, type LandingDependencies, landOn, type SignInMode } from './landing';

/** A relay as the build's configuration names it. */
export interface Relay {
  /** Without a final slash. */
  readonly url: string;
  /** Its allow-listed addresses of this extension, in its order. */
  readonly extensionUrls: readonly string[];
}

export interface RelayDependencies extends LandingDependencies {
  readonly relay: Relay | null;
  readonly fetch: typeof globalThis.fetch;
  readonly random: Random;
  readonly now: () => number;
}

/** What belongs to one sign-in and to no other. */
export interface PendingSignIn {
  readonly providerId: string;
  /** Base64url of 32 bytes. */
  readonly nonce: string;
  readonly mode: SignInMode;
}

const TIMEOUT_MS = 15_000;

/**
 * @returns the ID token as the relay gave it, unverified
 * @throws `sign-in-cancelled`, `sign-in-expired` (silent only), `sign-in-failed`, `relay-unreachable`
 */
export async function signInByRelay(
  dependencies: RelayDependencies,
  deviceKey: DeviceKey,
  { providerId, nonce, mode }: PendingSignIn,
): Promise<string> {
  const { relay, redirectUrl, random } = dependencies;
  const redirectIndex = relay?.extensionUrls.indexOf(redirectUrl) ?? -1;
  if (!relay || redirectIndex < 0) throw new WalletError('sign-in-failed', { reason: 'relay' });
  const verifier = random(32);
  const state = encodeRelayState({
    redirectIndex,
    nonce: fromBase64url(nonce),
    challenge: codeChallengeOf(verifier),
    thumbprint: deviceKey.thumbprint,
    random: random(16),
  });
  const url = new URL(`${relay.url}/start/${providerId}`);
  url.search = new URLSearchParams({ state, prompt: mode === 'silent' ? 'none' : 'select_account' }).toString();
  const answer = await landOn(dependencies, url.href, state, mode);
  const handle = bytesOf(fieldOf(answer, 'handle'));
  const access = { ...dependencies, party: 'relay' as const, baseUrl: relay.url, deviceKey, timeoutMs: TIMEOUT_MS };
  const { idToken } = await callParty(access, null, {
    method: 'POST',
    path: '/redeem',
    body: z.encode(redeemRequest, { handle, verifier }),
    answer: redeemResponse,
  });
  return idToken;
}

function bytesOf(handle: string): Uint8Array {
  const bytes = /^[\w-]{43}$/.test(handle) ? fromBase64url(handle) : null;
  if (!bytes) throw new WalletError('sign-in-failed', { reason: 'handle' });
  return bytes;
}
