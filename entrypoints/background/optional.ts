/** What is off until the user turns it on and the browser allows it: values in a currency, notifications. */
import type { Preferences, Snapshot } from '@/lib/bus/snapshot';
import { hasGrant } from '@/lib/platform/permissions';
import { createPrices } from '@/lib/prices/prices';
import type { Cells } from './cells';
import { environment } from './environment';
import { priceSource } from './price-source';

export interface OptionalParts {
  readonly cells: Pick<Cells, 'prices'>;
  readonly chosen: () => Promise<Preferences>;
  readonly isUnlocked: () => Promise<boolean>;
  readonly changed: () => void;
}

/** A wish counts only as long as the browser allows what it needs: it can be taken back there, too. */
async function allowed(wish: Preferences): Promise<Preferences> {
  const notifications = wish.notifications && (await hasGrant({ permission: 'notifications' }));
  const mayAsk = wish.fiatCurrency !== null && priceSource !== null && (await hasGrant({ origin: priceSource.url }));
  return { ...wish, notifications, fiatCurrency: mayAsk ? wish.fiatCurrency : null };
}

export function openOptional({ cells, chosen, isUnlocked, changed }: OptionalParts) {
  const settings = async () => allowed(await chosen());
  const prices = createPrices({
    source: priceSource,
    stored: cells.prices,
    wanted: async () => ((await isUnlocked()) ? (await settings()).fiatCurrency : null),
    fetch: environment.fetch,
    now: environment.now,
  });
  return {
    /** What the user has chosen and the browser allows. */
    settings,
    /** Asks the price source, if it may be asked. */
    refreshPrices: async (): Promise<void> => {
      await prices.refresh();
      changed();
    },
    shownPrices: async (): Promise<Snapshot['prices']> => {
      const { fiatCurrency } = await settings();
      return fiatCurrency === null ? null : prices.shown(fiatCurrency);
    },
  };
}
