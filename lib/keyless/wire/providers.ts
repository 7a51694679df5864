/**
 * The identity providers that are known by name, and what is not known of any other. Configuration adds client ids and,
 * for a stand-in of a developer, another issuer (keyless protocol, section 3).
 */

export type ProviderKind = 'google' | 'apple' | 'oidc';

export interface ProviderFacts {
  /** Enters the account id, whatever spelling a token uses; null: named by configuration alone. */
  readonly issuer: string | null;
  /** Every `iss` that means this provider. */
  readonly acceptedIssuers: readonly string[];
  readonly algorithms: readonly ('RS256' | 'ES256')[];
  /** Asked for at a sign-in. Only who somebody is, never a name or an address. */
  readonly scopes: readonly string[];
  /** How the answer of a code flow reaches a relay. Apple asks for `form_post` as soon as there is a scope. */
  readonly responseMode: 'query' | 'form_post';
  /** What a relay shows at the token endpoint: a secret it was given, one it signs for each request, or none. */
  readonly clientSecret: 'given' | 'es256' | 'none';
  /**
   * `public`: one subject for everybody who asks. `team`: one for all client ids of one developer. `client`: pairwise,
   * another one for each client id, so that a second client id would be a second account.
   */
  readonly subjects: 'public' | 'team' | 'client';
  /** Whether a sign-in can be renewed without a window (`prompt=none`). */
  readonly renewal: 'silent' | 'by-window';
}

export const PROVIDERS: Readonly<Record<ProviderKind, ProviderFacts>> = {
  google: {
    issuer: 'https://accounts.google.com',
    acceptedIssuers: ['https://accounts.google.com', 'accounts.google.com'],
    algorithms: ['RS256'],
    scopes: ['openid'],
    responseMode: 'query',
    clientSecret: 'given',
    subjects: 'public',
    renewal: 'silent',
  },
  apple: {
    issuer: 'https://appleid.apple.com',
    acceptedIssuers: ['https://appleid.apple.com'],
    algorithms: ['RS256'],
    scopes: [],
    responseMode: 'form_post',
    clientSecret: 'es256',
    subjects: 'team',
    renewal: 'by-window',
  },
  oidc: {
    issuer: null,
    acceptedIssuers: [],
    algorithms: ['RS256'],
    scopes: ['openid'],
    responseMode: 'query',
    clientSecret: 'given',
    subjects: 'public',
    renewal: 'silent',
  },
};

/** Every `iss` that means a provider: the second spelling of a known one is its own, and not that of a stand-in. */
export function acceptedIssuersOf(kind: ProviderKind, issuer: string): readonly string[] {
  const { issuer: known, acceptedIssuers } = PROVIDERS[kind];
  return issuer === known ? acceptedIssuers : [issuer];
}
