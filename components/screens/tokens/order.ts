import type { TokenOrder } from '@/lib/bus/networks';
import type { Asset } from '../send/asset';

/** The network's own unit always first, then the tokens as the user wants them; equal ones keep their places. */
export function ordered(assets: readonly Asset[], order: TokenOrder): readonly Asset[] {
  const own = assets.filter(({ token }) => token === null);
  const tokens = assets.filter(({ token }) => token !== null);
  if (order === 'by-name') return [...own, ...tokens.toSorted((a, b) => a.symbol.localeCompare(b.symbol))];
  const held = (asset: Asset) => (asset.units ?? 0n) > 0n;
  return [...own, ...tokens.filter(held), ...tokens.filter((asset) => !held(asset))];
}
