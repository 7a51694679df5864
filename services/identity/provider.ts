import { type Configuration, interactionPolicy, Provider } from 'oidc-provider';
import { type AppleTeam, appleClaimsOf, takeSignedSecrets, tellNamesOnce } from '@/services/identity/apple';
import type { Keys } from '@/services/identity/files';
import { errorPage } from '@/services/identity/pages';
import type { openStorage } from '@/services/identity/storage';

export interface IdentityClient {
  id: string;
  /** Where a sign-in may end, such as `https://EXTENSION-ID.chromiumapp.org/`; of a command line, `http://127.0.0.1/`. */
  redirectUris: readonly string[];
  /** Of a server that redeems codes; without one the client is an extension. Never looked at where Apple is played. */
  secret?: string;
}

/** Whom the provider plays, with what Apple knows of the developer. */
export type Role = { readonly plays: 'google' } | { readonly plays: 'apple'; readonly team: AppleTeam };

export interface ProviderOptions {
  issuer: string;
  clients: readonly IdentityClient[];
  keys: Keys;
  storage: Awaited<ReturnType<typeof openStorage>>;
  role: Role;
}

const ID_TOKEN_LIFE_S = 3600;
const INTERACTION_LIFE_S = 1800;
const SIGNED_IN_LIFE_S = 30 * 24 * 3600;

/** An OpenID provider that behaves like Google or like Apple, where the wallet and the relay look. */
export function createProvider({ issuer, clients, keys, storage, role }: ProviderOptions): Provider {
  const provider = new Provider(issuer, {
    adapter: storage,
    clients: clients.map(asClient),
    jwks: { keys: [keys.signingKey] },
    cookies: { keys: [keys.cookieKey] },
    subjectTypes: ['public'],
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false }, userinfo: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}`, policy: policyOf(role) },
    loadExistingGrant: grantWithoutQuestion,
    clientBasedCORS: () => false,
    renderError: (context, { error, error_description }) => {
      const { html, headers } = errorPage(role.plays, error, error_description ?? error);
      context.set(headers);
      context.body = html;
    },
    ttl: {
      AccessToken: ID_TOKEN_LIFE_S,
      AuthorizationCode: 60,
      Grant: SIGNED_IN_LIFE_S,
      IdToken: ID_TOKEN_LIFE_S,
      Interaction: INTERACTION_LIFE_S,
      Session: SIGNED_IN_LIFE_S,
    },
    ...(role.plays === 'apple' ? LIKE_APPLE : LIKE_GOOGLE),
  });
  if (role.plays === 'apple') {
    takeSignedSecrets(provider, issuer, role.team);
    tellNamesOnce(provider);
  }
  return provider;
}

const LIKE_GOOGLE: Configuration = {
  scopes: ['openid'],
  claims: { openid: ['sub'] },
  responseTypes: ['id_token', 'code'],
  findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
};

const LIKE_APPLE: Configuration = {
  scopes: ['openid', 'name', 'email'],
  claims: { openid: ['sub'], email: ['email', 'email_verified', 'is_private_email'] },
  // The address stands in the ID token itself.
  conformIdTokenClaims: false,
  responseTypes: ['code'],
  clientAuthMethods: ['client_secret_post'],
  routes: { authorization: '/auth/authorize', token: '/auth/token', jwks: '/auth/keys' },
  findAccount: async (_context, sub) => ({ accountId: sub, claims: async () => appleClaimsOf(sub) }),
};

function asClient({ id, redirectUris, secret }: IdentityClient) {
  const common = {
    client_id: id,
    redirect_uris: [...redirectUris],
    id_token_signed_response_alg: 'RS256' as const,
  };
  if (secret !== undefined)
    return {
      ...common,
      client_secret: secret,
      response_types: ['code' as const],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_post' as const,
    };
  // A client on loopback is a program on the user's machine (RFC 8252): any port, and the code flow alone.
  if (redirectUris.every((uri) => new URL(uri).hostname === '127.0.0.1'))
    return {
      ...common,
      application_type: 'native' as const,
      response_types: ['code' as const],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'none' as const,
    };
  return {
    ...common,
    response_types: ['id_token' as const, 'code' as const],
    grant_types: ['implicit', 'authorization_code'],
    token_endpoint_auth_method: 'none' as const,
  };
}

/**
 * Google also knows `prompt=select_account`, and asks nobody again because a client is a program on his own machine.
 * Apple shows its page each time.
 */
function policyOf({ plays }: Role): interactionPolicy.DefaultPolicy {
  const { Check, Prompt } = interactionPolicy;
  const asksEachTime = new Check('each_time', 'the page is shown each time', 'interaction_required', ({ oidc }) =>
    oidc.result?.select_account === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  const policy = interactionPolicy.base();
  const checks = plays === 'apple' ? [asksEachTime] : [];
  policy.add(new Prompt({ name: 'select_account', requestable: true }, ...checks), 0);
  policy.get('consent')?.checks.remove('native_client_prompt');
  return policy;
}

/** Consent is never asked: the only scope is who somebody is, and that is why they came. */
const grantWithoutQuestion: NonNullable<Configuration['loadExistingGrant']> = async ({ oidc }) => {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid name email');
  await grant.save();
  return grant;
};
