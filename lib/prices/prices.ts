/**
 * Prices of one public source, kept and marked by their age. Nothing is asked unless a currency is wanted, and then for
 * all assets of the build at once, so that the source does not learn what somebody holds.
 */
import { z } from 'zod';

/** One public source, as the build knows it. */
export interface PriceSource {
  readonly name: string;
  /** Of `GET /simple/price` of the CoinGecko API, version 3. */
  readonly url: string;
  readonly assets: readonly { readonly id: string; readonly keys: readonly string[] }[];
}

export const pricesRecord = z.object({
  currency: z.string(),
  asOfMs: z.int().min(0),
  /** Decimal text by asset key. */
  perUnit: z.record(z.string(), z.string()),
});
export type PricesRecord = z.infer<typeof pricesRecord>;

export interface PricesParts {
  readonly source: PriceSource | null;
  readonly stored: {
    read(): Promise<PricesRecord | null>;
    write(record: PricesRecord): Promise<void>;
    remove(): Promise<void>;
  };
  /** The currency that may be asked for now; null: nobody is asked. */
  readonly wanted: () => Promise<string | null>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
}

/** Younger answers are not asked for again. */
const FRESH_MS = 5 * 60_000;
/** Older answers are shown as old. */
const STALE_MS = 15 * 60_000;
/** After no answer, nobody is asked again before that. */
const PAUSE_MS = 60_000;
const TIMEOUT_MS = 10_000;

const answer = z.record(z.string(), z.record(z.string(), z.number().min(0)));

export type Prices<Currency extends string> = {
  readonly currency: Currency;
  readonly asOfMs: number | null;
  readonly stale: boolean;
  readonly perUnit: Record<string, string>;
};

export function createPrices({ source, stored, wanted, fetch, now }: PricesParts) {
  let asked: { readonly currency: string; readonly atMs: number } | null = null;

  const ask = async (from: PriceSource, currency: string): Promise<void> => {
    asked = { currency, atMs: now() };
    const prices = await readPrices(from, currency, fetch);
    // Somebody has thought better of it meanwhile: then nothing is kept.
    if ((await wanted()) === currency) await stored.write({ currency, asOfMs: now(), perUnit: prices });
  };

  return {
    /** Asks the source if it may be asked and what is kept is not fresh. A source that does not answer changes nothing. */
    refresh: async (): Promise<void> => {
      const currency = await wanted();
      if (source === null || currency === null) return stored.remove();
      const kept = await stored.read();
      if (kept?.currency === currency && now() - kept.asOfMs < FRESH_MS) return;
      if (asked?.currency === currency && now() - asked.atMs < PAUSE_MS) return;
      await ask(source, currency).catch(() => undefined);
    },

    /** What is known of a currency, by asset key. */
    shown: async <Currency extends string>(currency: Currency): Promise<Prices<Currency>> => {
      const kept = await stored.read();
      if (kept?.currency !== currency) return { currency, asOfMs: null, stale: false, perUnit: {} };
      const { asOfMs, perUnit } = kept;
      return { currency, asOfMs, stale: now() - asOfMs > STALE_MS, perUnit };
    },
  };
}

/** @throws anything, if the source does not answer as it should */
async function readPrices(
  { url, assets }: PriceSource,
  currency: string,
  fetch: typeof globalThis.fetch,
): Promise<Record<string, string>> {
  const query = new URLSearchParams({ ids: assets.map(({ id }) => id).join(','), vs_currencies: currency });
  const response = await fetch(`${url}?${query}`, {
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the price source answered ${response.status}`);
  const prices = answer.parse(await response.json());
  return Object.fromEntries(
    assets.flatMap(({ id, keys }) => {
      const price = prices[id]?.[currency];
      return price === undefined ? [] : keys.map((key) => [key, decimalText(price)] as const);
    }),
  );
}

/** Without an exponent: `0.00000012`. */
function decimalText(price: number): string {
  return price.toFixed(12).replace(/\.?0+$/, '');
}
