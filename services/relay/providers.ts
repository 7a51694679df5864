/** The providers that a relay signs in at: what is known of them, what configuration adds, and where they are. */
import { z } from 'zod';
import { PROVIDERS, type ProviderFacts } from '@/lib/keyless/wire/providers';
import { createDiscovery, type Discover, httpsOrLoopback } from '@/services/http/sign-in/discovery';
import {
  identityProviderSchema,
  openProvider,
  type ProviderWorld,
  providerId,
  type RemoteProvider,
  tableVariable,
} from '@/services/http/sign-in/identity-providers';

const row = z.strictObject({
  id: providerId,
  kind: z.enum(['google', 'apple', 'oidc']).default('oidc'),
  issuer: httpsOrLoopback.optional(),
  clientId: z.string().min(1).max(255),
  /** Further audiences of the provider's notices, such as the App ID that a Services ID belongs to. */
  noticeAudiences: z.array(z.string().min(1)).default([]),
  teamId: z.string().min(1).optional(),
  keyId: z.string().min(1).optional(),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/)).optional(),
  responseMode: z.enum(['query', 'form_post']).optional(),
  clientSecret: z.enum(['given', 'es256', 'none']).optional(),
});

const relayProviderSchema = row.transform((given, context) => {
  const { id, kind, clientId, teamId, keyId, noticeAudiences } = given;
  const facts = PROVIDERS[kind];
  const clientSecret = given.clientSecret ?? facts.clientSecret;
  if (clientSecret === 'es256' && !(teamId && keyId))
    context.addIssue('a secret signed by ES256 needs teamId and keyId');
  const table = identityProviderSchema.safeParse({ id, kind, issuer: given.issuer, clientIds: [clientId] });
  if (!table.success) {
    context.addIssue('a provider that is not known by name needs its issuer');
    return z.NEVER;
  }
  return {
    id,
    clientId,
    clientSecret,
    signer: { teamId: teamId ?? '', keyId: keyId ?? '' },
    scopes: given.scopes ?? facts.scopes,
    responseMode: given.responseMode ?? facts.responseMode,
    renewal: facts.renewal,
    table: table.data,
    noticeAudiences,
  };
});
export type RelayProviderRow = z.output<typeof relayProviderSchema>;

export const relayProvidersVariable = tableVariable(relayProviderSchema).describe(
  'a JSON array of {"id", "kind": google, apple or oidc, "clientId"}, for apple with "teamId" and "keyId", for oidc with "issuer"',
);

export interface RelayProvider {
  readonly id: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly responseMode: ProviderFacts['responseMode'];
  readonly renewal: ProviderFacts['renewal'];
  /** Issuer, spellings and keys. */
  readonly identity: RemoteProvider;
  /** The same for its notices, which may name other audiences. */
  readonly notifier: RemoteProvider;
  readonly endpoints: Discover;
  /** What is shown at the token endpoint, made for one request; undefined if the client is a public one. */
  readonly clientSecret: () => Promise<string | undefined>;
}

export function openRelayProvider(
  given: RelayProviderRow,
  clientSecret: RelayProvider['clientSecret'],
  world: ProviderWorld,
): RelayProvider {
  const { id, clientId, scopes, responseMode, renewal, table, noticeAudiences } = given;
  const identity = openProvider(table, world);
  const notifier = { ...identity, clientIds: [clientId, ...noticeAudiences] };
  const endpoints = createDiscovery({ issuer: table.issuer, ...world });
  return { id, clientId, scopes, responseMode, renewal, identity, notifier, endpoints, clientSecret };
}
