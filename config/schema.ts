import { z } from 'zod';

/**
 * The one build-time configuration: which parties a build of the extension talks to.
 * Host permissions and the content security policy are derived from it (`config/origins.ts`),
 * so a build can reach these parties and nobody else.
 */

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const hex = (length: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${length * 2}}$`), `must be ${length} bytes in lower-case hex`);

/** `flow` direct: the ID token comes straight to the extension; relay: code and PKCE, as the relay's own client. */
const flow = z.enum(['direct', 'relay']);

/** Without a slash at its end. */
const bare = url.refine((address) => !address.endsWith('/'), 'must not end in a slash');

/** One way to sign in. */
const identityProvider = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: z.string().min(1),
  kind: z.enum(['google', 'apple', 'oidc']),
  /** True for a stand-in that runs on the developer's machine; screens mark it as such. */
  local: z.boolean(),
  /** Exactly the `iss` of its ID tokens. */
  issuer: url,
  authorizationUrl: url,
  jwksUrl: url,
  clientId: z.string().min(1),
  flow,
  /** What is otherwise in Firefox, whose addresses not every provider accepts. */
  firefox: z.strictObject({ flow, clientId: z.string().min(1) }).optional(),
  /**
   * The client that `halfkey recover` signs in as: authorization code and PKCE, answered on loopback (RFC 8252). Its id
   * is among the client ids that vault and issuer accept. What a provider calls the secret of such a client is none.
   */
  commandLine: z
    .strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1).optional(), tokenUrl: url })
    .optional(),
});

/** A server that takes a provider's answer in the extension's place, with its allow-listed addresses in its order. */
const relay = z.strictObject({
  url: bare,
  extensionUrls: z
    .array(z.url({ protocol: /^https$/ }))
    .min(1)
    .max(256),
});

/** `id` is SHA-256 of `receiptPublicKey` (Ed25519), so a vault cannot change its key unnoticed. */
const vault = z.strictObject({ url, id: hex(32), receiptPublicKey: hex(32) });

/** `witnessPublicKey` (Ed25519) verifies everything that the issuer attests. */
const issuer = z.strictObject({ url, witnessPublicKey: hex(32) });

const realm = z.strictObject({
  id: hex(16),
  address: url.refine((address) => address.endsWith('/'), 'must end in a slash: the client replaces the last segment'),
});

/** A set of realms that backups live on. Past sets stay, so that old backups open. */
const realmSet = z
  .strictObject({
    realms: z.array(realm).min(1),
    registerThreshold: z.int(),
    recoverThreshold: z.int(),
    hashingMode: z.literal('Standard2019'),
    /** Wrong PINs that one realm answers before it erases its share. */
    guesses: z.int().min(1).max(255),
    /** True for the one set that new backups use. */
    current: z.boolean(),
  })
  .refine(({ realms }) => new Set(realms.map(({ id }) => id)).size === realms.length, 'realm ids must differ')
  .refine(
    ({ realms, registerThreshold }) => registerThreshold === realms.length,
    'registerThreshold must be the number of realms',
  )
  .refine(
    ({ realms, recoverThreshold }) => recoverThreshold > realms.length / 2 && recoverThreshold <= realms.length,
    'recoverThreshold must be a strict majority of the realms',
  );

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'must be an address');

/** A token that a build knows without asking: its contract, and what that says of itself. */
const token = z.strictObject({
  address,
  symbol: z.string().min(1).max(20),
  name: z.string().min(1).max(60),
  decimals: z.int().min(0).max(36),
});

const differ = <Item>(items: readonly Item[], by: (item: Item) => unknown) =>
  new Set(items.map(by)).size === items.length;

const chain = z.strictObject({
  chainId: z.int().positive(),
  name: z.string().min(1).max(40),
  /** A public node that needs no key. */
  rpcUrl: url,
  symbol: z.string().min(1).max(10),
  decimals: z.int().min(0).max(36),
  explorerUrl: url.nullable(),
  /** True where nothing has a value; screens mark it. */
  test: z.boolean(),
  /** The Multicall3 contract, where the chain has it: many balances in one request. */
  multicall: address.nullable(),
  /** `op-stack`: a fee for the chain below comes on top of gas. */
  rollup: z.enum(['none', 'op-stack']),
  tokens: z.array(token).refine((all) => differ(all, (one) => one.address.toLowerCase()), 'tokens must differ'),
});

/**
 * A public source of prices, asked only if the user wants values beside amounts. It is asked for all its assets at once,
 * so that it does not learn which of them somebody holds.
 */
const priceSource = z.strictObject({
  name: z.string().min(1).max(40),
  /** Answers as `GET /simple/price` of the CoinGecko API, version 3. */
  url,
  /** The source's name of an asset, and where the asset is found: a chain's own unit (`1`) or a token (`1:0x…`). */
  assets: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      keys: z.array(z.string().regex(/^\d+(:0x[0-9a-f]{40})?$/)),
    }),
  ),
});

const fields = z.strictObject({
  identityProviders: z.array(identityProvider).min(1),
  /** Null: every provider answers the extension itself. */
  relay: relay.nullable().default(null),
  vault,
  issuer,
  realmSets: z
    .array(realmSet)
    .refine((sets) => sets.filter(({ current }) => current).length === 1, 'exactly one realm set must be current'),
  /** The first one is selected in a new profile. */
  chains: z
    .array(chain)
    .min(1)
    .refine((all) => differ(all, ({ chainId }) => chainId), 'chain ids must differ'),
  /** Where nodes that a user adds may be: sources of a content security policy, such as `https:`. */
  customNodes: z.array(z.enum(['https:', 'http://127.0.0.1:*', 'http://localhost:*'])),
  priceSource: priceSource.optional(),
});

const flowsOf = ({ flow, firefox }: z.infer<typeof identityProvider>) => [flow, firefox?.flow];

export const configSchema = fields.refine(
  ({ identityProviders, relay }) => relay !== null || !identityProviders.flatMap(flowsOf).includes('relay'),
  { path: ['relay'], error: 'must be named: a provider signs in through it' },
);

export type Config = z.infer<typeof configSchema>;
