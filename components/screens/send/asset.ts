import type { AccountView, Snapshot } from '@/lib/bus/snapshot';

/** Something that can be sent: a token, or with `token: null` the network's own unit. */
export interface Asset {
  readonly token: string | null;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  /** What the account holds in the smallest unit; null before anybody has told. */
  readonly units: bigint | null;
}

type Facts = Pick<Snapshot, 'network' | 'tokens' | 'balances'>;

const same = (one: string | null, other: string | null) => one?.toLowerCase() === other?.toLowerCase();

/** The network's own unit first, then the tokens that are shown. @param chosen a token that is among them also when it is hidden */
export function assetsOf(
  { network, tokens, balances }: Facts,
  { address }: Pick<AccountView, 'address'>,
  chosen: string | null = null,
): readonly Asset[] {
  const { chainId, symbol, decimals } = network;
  const heldOf = (token: string | null) => {
    const held = balances.find((one) => one.chainId === chainId && same(one.owner, address) && same(one.token, token));
    return held === undefined ? null : BigInt(held.units);
  };
  const own = { token: null, symbol, name: symbol === 'ETH' ? 'Ether' : symbol, decimals, units: heldOf(null) };
  const others = tokens
    .filter((token) => token.chainId === chainId && (!token.hidden || same(token.address, chosen)))
    .map((token) => ({ ...token, token: token.address, units: heldOf(token.address) }));
  return [own, ...others.map(({ token, symbol, name, decimals, units }) => ({ token, symbol, name, decimals, units }))];
}

/** How an amount of something on a network is written; a token that is no longer known is named by its contract. */
export function unitOf(
  { networks, tokens }: Pick<Snapshot, 'networks' | 'tokens'>,
  at: { readonly chainId: number; readonly token: string | null },
): { readonly symbol: string; readonly decimals: number } {
  const network = networks.find(({ chainId }) => chainId === at.chainId);
  if (at.token === null) return { symbol: network?.symbol ?? '', decimals: network?.decimals ?? 18 };
  const token = tokens.find((one) => one.chainId === at.chainId && same(one.address, at.token));
  return token ?? { symbol: `${at.token.slice(0, 8)}…`, decimals: 0 };
}
