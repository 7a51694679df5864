/** Steps of a sign-in through the relay: to the provider, back with a code, and on to the extension with a handle. */
import { toBase64url, utf8 } from '@/lib/bytes';
import { NONCE_BYTES, open, seal } from '@/lib/crypto/aead';
import { sha256 } from '@/lib/crypto/hash';
import { hkdf } from '@/lib/crypto/kdf';
import { decodeRelayState, type RelayState } from '@/lib/keyless/wire/relay';
import { ServiceError } from '@/services/http/api/problem';
import type { ProviderAnswer } from './operations';
import type { RelayProvider } from './providers';
import type { Handoff } from './store';

/** From the redirect until the device redeems, which it does at once. */
const HANDOFF_LIFE_MS = 120_000;
/** The key of a handle is used once. */
const NONCE = new Uint8Array(NONCE_BYTES);

/** Errors that the device tells apart (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6). */
const KNOWN_ERRORS: ReadonlyMap<string, string> = new Map([
  ['access_denied', 'access_denied'],
  ['user_cancelled_authorize', 'access_denied'],
  ['login_required', 'login_required'],
  ['interaction_required', 'interaction_required'],
  ['consent_required', 'consent_required'],
  ['account_selection_required', 'account_selection_required'],
]);

export interface Ways {
  /** Allow-listed addresses of the extension, in the order that states count them. */
  readonly extensionUrls: readonly string[];
  /** The relay's own, without a final slash. */
  readonly externalUrl: string;
}

/** The one address at which a provider's answers are taken. */
export const callbackUrlOf = ({ externalUrl }: Ways, { id }: Pick<RelayProvider, 'id'>): string =>
  `${externalUrl}/callback/${id}`;

/** Where the browser goes to sign in. @throws ServiceError as `openState` */
export function authorizationUrlOf(
  ways: Ways,
  provider: RelayProvider,
  authorizationUrl: string,
  asked: { readonly state: string; readonly prompt?: string | undefined },
): string {
  const { nonce, challenge } = openState(ways, asked.state).state;
  const url = new URL(authorizationUrl);
  const parameters = {
    client_id: provider.clientId,
    response_type: 'code',
    redirect_uri: callbackUrlOf(ways, provider),
    nonce: toBase64url(nonce),
    state: asked.state,
    code_challenge: toBase64url(challenge),
    code_challenge_method: 'S256',
    ...(provider.scopes.length > 0 && { scope: provider.scopes.join(' ') }),
    ...(provider.responseMode === 'form_post' && { response_mode: 'form_post' }),
    ...(asked.prompt !== undefined && provider.renewal === 'silent' && { prompt: asked.prompt }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** What a provider's answer leads to: where the browser goes, and what is kept for it. */
export interface Landing {
  readonly url: string;
  readonly handoff: Handoff | null;
}

/**
 * @param handle 32 fresh bytes
 * @throws ServiceError `bad-request` when the answer is none, names no address of ours, or comes from another provider
 */
export function landingOf(
  ways: Ways,
  provider: RelayProvider,
  answer: ProviderAnswer,
  handle: Uint8Array,
  nowMs: number,
): Landing {
  const { state, extensionUrl } = openState(ways, answer.state);
  // Mix-up (RFC 9207): what another provider answered must not be redeemed at this one.
  if (answer.iss !== undefined && !provider.identity.acceptedIssuers.includes(answer.iss)) throw malformed('iss');
  const landAt = (fields: Record<string, string>) =>
    `${extensionUrl}#${new URLSearchParams({ ...fields, state: answer.state })}`;
  if (answer.error !== undefined)
    return { url: landAt({ error: KNOWN_ERRORS.get(answer.error) ?? 'server_error' }), handoff: null };
  if (answer.code === undefined) throw malformed('code');
  const { challenge, thumbprint, nonce } = state;
  const handoff = {
    handleHash: sha256(handle),
    provider: provider.id,
    challenge,
    thumbprint,
    nonce,
    sealedCode: seal(keyOf(handle), NONCE, utf8(answer.code), utf8(provider.id)),
    expiresAtMs: nowMs + HANDOFF_LIFE_MS,
  };
  return { url: landAt({ handle: toBase64url(handle) }), handoff };
}

/** The code of a handoff. @throws when the handle is another one */
export const codeOf = ({ sealedCode, provider }: Handoff, handle: Uint8Array): string =>
  new TextDecoder().decode(open(keyOf(handle), NONCE, sealedCode, utf8(provider)));

const keyOf = (handle: Uint8Array): Uint8Array => hkdf(handle, 'halfkey/handoff/v1');

/** @throws ServiceError `bad-request` unless it is a state, and names an address of the list */
export function openState({ extensionUrls }: Ways, text: string): { state: RelayState; extensionUrl: string } {
  const state = decoded(text);
  const extensionUrl = extensionUrls[state.redirectIndex];
  if (extensionUrl === undefined) throw malformed('state');
  return { state, extensionUrl };
}

function decoded(text: string): RelayState {
  try {
    return decodeRelayState(text);
  } catch {
    throw malformed('state');
  }
}

const malformed = (place: string): ServiceError =>
  new ServiceError(400, 'bad-request', { detail: `${place} is not as expected` });
