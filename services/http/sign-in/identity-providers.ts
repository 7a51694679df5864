/** The table of providers that a server accepts: the known facts, and what configuration adds. */
import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { acceptedIssuersOf, PROVIDERS } from '@/lib/keyless/wire/providers';
import { createDiscovery, httpsOrLoopback } from '@/services/http/sign-in/discovery';
import { createProviderKeys, MAX_KEYS_AGE_MS } from '@/services/http/sign-in/provider-keys';

export type IdTokenAlgorithm = 'RS256' | 'ES256';

/** One row of the table. */
export interface IdentityProvider {
  /** Name in configuration and logs, such as `google`. */
  id: string;
  /** The issuer that enters the account id, whatever spelling a token uses. */
  issuer: string;
  /** Every `iss` that means this provider. */
  acceptedIssuers: readonly string[];
  clientIds: readonly string[];
  algorithms: readonly IdTokenAlgorithm[];
  /** Only members of this Google Workspace domain; everybody when absent. */
  hostedDomain?: string | undefined;
  /** Resolves the provider's public keys. */
  keys: JWTVerifyGetKey;
}

export const providerId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

const row = z.strictObject({
  id: providerId,
  kind: z.enum(['google', 'apple', 'oidc']).default('oidc'),
  issuer: httpsOrLoopback.optional(),
  acceptedIssuers: z.array(z.string().min(1)).min(1).optional(),
  clientIds: z.array(z.string().min(1)).min(1),
  jwksUrl: httpsOrLoopback.optional(),
  algorithms: z
    .array(z.enum(['RS256', 'ES256']))
    .min(1)
    .optional(),
  subjects: z.enum(['public', 'team', 'client']).optional(),
  hostedDomain: z.string().min(1).optional(),
});

/** A row of configuration: `{"id", "kind"?, "issuer"?, "clientIds", "jwksUrl"?, ...}`; what is absent is known or discovered. */
export const identityProviderSchema = row.transform((given, context) => {
  const facts = PROVIDERS[given.kind];
  const issuer = given.issuer ?? facts.issuer;
  if (issuer === null) context.addIssue('a provider that is not known by name needs its issuer');
  if (given.clientIds.length > 1 && (given.subjects ?? facts.subjects) === 'client')
    context.addIssue('with pairwise subjects another client id would be another account');
  const { jwksUrl, hostedDomain, id, clientIds } = given;
  const acceptedIssuers = given.acceptedIssuers ?? acceptedIssuersOf(given.kind, issuer ?? '');
  const algorithms = given.algorithms ?? facts.algorithms;
  return { id, issuer: issuer ?? '', acceptedIssuers, clientIds, algorithms, jwksUrl, hostedDomain };
});

export type IdentityProviderRow = z.output<typeof identityProviderSchema>;

const asJson = z.string().transform((text, context) => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

/** A variable of the environment that holds a table as JSON: rows that differ in their ids. */
export const tableVariable = <Row extends { readonly id: string }>(schema: z.ZodType<Row>) =>
  asJson.pipe(
    z
      .array(schema)
      .min(1)
      .refine((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, 'ids must differ'),
  );

export const identityProvidersVariable = tableVariable(identityProviderSchema).describe(
  'a JSON array of {"id", "kind": google, apple or oidc, "clientIds"}, for oidc with "issuer"; addresses https or http://127.0.0.1',
);

/** A provider with what a probe and the metrics ask of its keys. */
export interface RemoteProvider extends IdentityProvider {
  /** Ms since its keys were fetched; undefined before the first time. */
  keysAgeMs(): number | undefined;
  /** Fetches them unless they are fresh. @throws when the provider does not answer */
  warmUp(): Promise<void>;
}

/** What a table of providers needs of the world. */
export interface ProviderWorld {
  readonly fetch: typeof globalThis.fetch;
  /** Ms since the epoch. */
  readonly now: () => number;
}

/** A provider whose keys are fetched when needed, from the address of its row or from the one that it names itself. */
export function openProvider({ jwksUrl, ...rest }: IdentityProviderRow, world: ProviderWorld): RemoteProvider {
  const discover = createDiscovery({ issuer: rest.issuer, ...world });
  const find = async () => jwksUrl ?? (await discover()).jwksUrl;
  const keys = createProviderKeys({ find, ...world });
  return { ...rest, keys: keys.keyOf, keysAgeMs: keys.ageMs, warmUp: keys.warmUp };
}

/** For metrics: seconds since the keys of the provider that was silent longest were fetched; NaN if some never were. */
export const oldestKeysS = (providers: readonly RemoteProvider[]): number =>
  Math.max(...providers.map((provider) => (provider.keysAgeMs() ?? Number.NaN) / 1000));

/**
 * For a probe: that somebody can sign in. One provider that does not answer is not the fault of this server, and its keys
 * may still be good; only when there are no usable keys of any of them is it of no use.
 * @throws Error
 */
export async function requireProviderKeys(providers: readonly RemoteProvider[]): Promise<void> {
  await Promise.allSettled(providers.map((provider) => provider.warmUp()));
  const isUsable = (provider: RemoteProvider) => (provider.keysAgeMs() ?? Number.POSITIVE_INFINITY) <= MAX_KEYS_AGE_MS;
  if (!providers.some(isUsable)) throw new Error('There are no usable keys of any identity provider.');
}
