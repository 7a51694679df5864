/** What a site may know: its network, its accounts while the wallet is open. */
import { isOpaque } from './principal';
import type { DappDeps, OwnAccount } from './types';

export interface SiteState {
  /** Minimal hex. */
  readonly chainId: `0x${string}`;
  /** In lower case. */
  readonly accounts: readonly string[];
  readonly unlocked: boolean;
}

type Deps = Pick<DappDeps, 'sites' | 'wallet' | 'chains'>;

export const hexOf = (value: number): `0x${string}` => `0x${value.toString(16)}`;

/** The network that a site looks at. A network that is no longer known is the first one again. */
export async function chainIdOf({ sites, chains }: Deps, origin: string): Promise<number> {
  const site = isOpaque(origin) ? null : await sites.find(origin);
  return site !== null && (await chains.isKnown(site.chainId)) ? site.chainId : chains.firstChainId();
}

/** The accounts that a site was given and that are still there, also while the wallet is locked. */
export async function allowedAccounts({ sites, wallet }: Deps, origin: string): Promise<readonly OwnAccount[]> {
  const site = isOpaque(origin) ? null : await sites.find(origin);
  if (site === null || site.accounts.length === 0) return [];
  const own = await wallet.accounts();
  return site.accounts.flatMap((allowed) => own.find(({ address }) => sameText(address, allowed)) ?? []);
}

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What it sees of them now: nothing while the wallet is locked. */
export async function seenAccounts(deps: Deps, origin: string): Promise<readonly string[]> {
  if (!(await deps.wallet.isUnlocked())) return [];
  return (await allowedAccounts(deps, origin)).map(({ address }) => address.toLowerCase());
}

/** To a site that is not connected the wallet always looks locked. */
export async function stateOf(deps: Deps, origin: string): Promise<SiteState> {
  const accounts = await seenAccounts(deps, origin);
  return { chainId: hexOf(await chainIdOf(deps, origin)), accounts, unlocked: accounts.length > 0 };
}
