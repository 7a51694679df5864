/** Sign-in, bound to the device key (keyless protocol, section 3): straight from the provider, or through a relay. */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { equalBytes, readBody, toBase64url } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { accountIdOf, signInNonce } from '../wire/account';
import { acceptedIssuersOf, PROVIDERS, type ProviderKind } from '../wire/providers';
import type { DeviceKey } from './device-key';
import { fieldOf, landOn, type SignInMode } from './landing';
import { type RelayDependencies, signInByRelay } from './relay-flow';

/** A provider as the build's configuration names it. */
export interface IdentityProvider {
  readonly id: string;
  readonly kind: ProviderKind;
  /** The canonical `iss` of its ID tokens, which enters the account id. */
  readonly issuer: string;
  readonly authorizationUrl: string;
  readonly jwksUrl: string;
  /** The audience of its ID tokens: the client that signs in, this extension or the relay. */
  readonly clientId: string;
  readonly flow: 'direct' | 'relay';
}

export type SignInDependencies = RelayDependencies;

/** A sign-in, good for one session at the vault and one at the issuer. */
export interface SignIn {
  readonly accountId: Uint8Array;
  readonly idToken: string;
  /** Opens the nonce to the device key, 32 bytes. */
  readonly random: Uint8Array;
}

/** Longest life that an ID token may have had when we see it. */
const MAX_AGE_S = 600;
/** How far this device's clock may be off before a fresh token looks stale; the servers have clocks of their own. */
const CLOCK_TOLERANCE_S = 25 * 3600;

/**
 * What is pending lives in this one call: state, nonce, provider and client id belong together, and nothing that another
 * window answers is taken for it.
 * @param expected the account that this device knows, if it knows one
 * @throws `sign-in-cancelled`, `sign-in-expired` (silent only: the provider wants to see the user, or has another one),
 *   `sign-in-failed`, `identity-unreachable`, `relay-unreachable`, `other-account`
 */
export async function signIn(
  dependencies: SignInDependencies,
  provider: IdentityProvider,
  deviceKey: DeviceKey,
  mode: SignInMode,
  expected: Uint8Array | null,
): Promise<SignIn> {
  // A hidden window would show a page that nobody sees.
  if (mode === 'silent' && PROVIDERS[provider.kind].renewal === 'by-window') throw new WalletError('sign-in-expired');
  const random = dependencies.random(32);
  const nonce = signInNonce(deviceKey.thumbprint, random);
  const idToken =
    provider.flow === 'relay'
      ? await signInByRelay(dependencies, deviceKey, { providerId: provider.id, nonce, mode })
      : await signInDirectly(dependencies, provider, nonce, mode);
  const subject = await verifyIdToken(dependencies, provider, idToken, nonce);
  const accountId = accountIdOf(provider.issuer, subject);
  if (expected && !equalBytes(accountId, expected))
    throw new WalletError(mode === 'silent' ? 'sign-in-expired' : 'other-account');
  return { accountId, idToken, random };
}

/** `response_type=id_token`: no server of ours is in between. */
async function signInDirectly(
  dependencies: SignInDependencies,
  provider: IdentityProvider,
  nonce: string,
  mode: SignInMode,
): Promise<string> {
  const state = toBase64url(dependencies.random(16));
  const url = new URL(provider.authorizationUrl);
  url.search = new URLSearchParams({
    client_id: provider.clientId,
    response_type: 'id_token',
    scope: PROVIDERS[provider.kind].scopes.join(' '),
    redirect_uri: dependencies.redirectUrl,
    nonce,
    state,
    prompt: mode === 'silent' ? 'none' : 'select_account',
  }).toString();
  return fieldOf(await landOn(dependencies, url.href, state, mode), 'id_token');
}

/** The device checks the token itself, so that a swapped one is noticed before a PIN is asked. */
async function verifyIdToken(
  { fetch, now }: SignInDependencies,
  provider: IdentityProvider,
  idToken: string,
  nonce: string,
): Promise<string> {
  const keys = await fetchKeys(fetch, provider.jwksUrl);
  const verified = await jwtVerify(idToken, createLocalJWKSet(keys), {
    algorithms: ['RS256', 'ES256'],
    issuer: [...acceptedIssuersOf(provider.kind, provider.issuer)],
    audience: provider.clientId,
    requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
    maxTokenAge: MAX_AGE_S,
    clockTolerance: CLOCK_TOLERANCE_S,
    currentDate: new Date(now()),
  }).catch(() => {
    throw new WalletError('sign-in-failed', { reason: 'token' });
  });
  const { sub, nonce: answered, azp } = verified.payload;
  const ours = answered === nonce && (azp === undefined || azp === provider.clientId);
  if (!sub || !ours) throw new WalletError('sign-in-failed', { reason: 'token' });
  return sub;
}

const MAX_KEYS_BYTES = 256 * 1024;

async function fetchKeys(fetch: typeof globalThis.fetch, url: string): Promise<JSONWebKeySet> {
  try {
    const response = await fetch(url, { credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error('refused');
    return JSON.parse(new TextDecoder().decode(await readBody(response, MAX_KEYS_BYTES))) as JSONWebKeySet;
  } catch {
    throw new WalletError('identity-unreachable');
  }
}
