import type { Config } from './schema';

/** Every URL that the extension itself sends requests to. Sign-in pages open in the browser's own window and need none. */
function contacted(config: Config): URL[] {
  return [
    ...config.identityProviders.map(({ jwksUrl }) => jwksUrl),
    ...(config.relay === null ? [] : [config.relay.url]),
    config.vault.url,
    config.issuer.url,
    ...config.realmSets.flatMap(({ realms }) => realms.map(({ address }) => address)),
    ...config.chains.map(({ rpcUrl }) => rpcUrl),
  ].map((address) => new URL(address));
}

/** Who is asked only if the user wants it: the policy lets it through, the permission is asked for at that moment. */
function contactedIfWanted({ priceSource }: Config): URL[] {
  return priceSource === undefined ? [] : [new URL(priceSource.url)];
}

/** A match pattern. Without port: Firefox knows none in patterns. */
const hostPattern = ({ protocol, hostname }: URL): string => `${protocol}//${hostname}/*`;

/** Whether a node that a user adds may be reached under the policy of this build. */
export function isCustomNode({ customNodes }: Pick<Config, 'customNodes'>, { protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return customNodes.includes('https:');
  return customNodes.some((source) => source === `${protocol}//${hostname}:*`);
}

/** Match patterns that are asked for when a user adds a node or wants values; those granted already are not among them. */
export function optionalHostPermissions(config: Config): string[] {
  const nodes = config.customNodes.map((source) =>
    source === 'https:' ? 'https://*/*' : source.replace(/:\*$/, '/*'),
  );
  const patterns = [...nodes, ...contactedIfWanted(config).map(hostPattern)];
  return sortedUnique(patterns.filter((pattern) => !hostPermissions(config).includes(pattern)));
}

const sortedUnique = (values: string[]): string[] => [...new Set(values)].sort();

/** Exact origins, port included, for `connect-src`. */
export function connectOrigins(config: Config): string[] {
  return sortedUnique([...contacted(config), ...contactedIfWanted(config)].map(({ origin }) => origin));
}

/** Match patterns for `host_permissions`. */
export function hostPermissions(config: Config): string[] {
  return sortedUnique(contacted(config).map(hostPattern));
}

/** Programs on this computer that reach a hardware wallet: Trezor's, and OneKey's (`lib/hardware/transport/bridge.ts`). */
const BRIDGES = ['http://127.0.0.1:21325', 'http://127.0.0.1:21320'];
/** Servers of Bitcoin and its relatives are nodes of the user's own that speak over a WebSocket. */
const sockets = ({ customNodes }: Config): string[] => customNodes.map((source) => source.replace(/^http/, 'ws'));

/** The content security policy of every page and worker of the extension. */
export function contentSecurityPolicy(config: Config): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${[...connectOrigins(config), ...BRIDGES, ...config.customNodes, ...sockets(config)].join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
