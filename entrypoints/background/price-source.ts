import { config } from '@/config';
import type { Snapshot } from '@/lib/bus/snapshot';
import type { PriceSource } from '@/lib/prices/prices';

/** The one source of prices of this build, or null if it has none. */
export const priceSource: PriceSource | null = config.priceSource ?? null;

/** The same, as the pages name it. */
export const shownPriceSource: Snapshot['priceSource'] = priceSource && {
  name: priceSource.name,
  host: new URL(priceSource.url).hostname,
};
