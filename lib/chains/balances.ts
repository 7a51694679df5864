/** The last balances that the nodes told, by chain, owner and token, with the time of the answer. */
import { z } from 'zod';
import { inTurn } from '@/lib/in-turn';
import type { Address, ChainAdapter, Holding } from './types';

const isAddress = (value: unknown) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value);
const address = z.custom<Address>(isAddress);
const balance = z.object({
  chainId: z.int().min(1),
  owner: address,
  /** Null for the chain's own unit. */
  token: address.nullable(),
  /** In the smallest unit. */
  units: z.string().regex(/^[0-9]+$/),
  asOfMs: z.int().min(0),
});
export const balanceRecord = z.array(balance);
export type Balance = z.output<typeof balance>;

interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
}

export interface Balances {
  all(): Promise<readonly Balance[]>;
  /**
   * Asks a chain for all of them at once and keeps the answers; where a token gives none, the old one stays.
   * @throws WalletError `chain-unreachable`; old ones stay
   */
  refresh(chainId: number, holdings: readonly Holding[]): Promise<void>;
}

/**
 * @param chainOf the adapter of a chain number
 * @param now ms since the epoch
 */
export function createBalances(
  chainOf: (chainId: number) => Promise<ChainAdapter>,
  stored: Stored<Balance[]>,
  now: () => number,
): Balances {
  const exclusively = inTurn();
  const all = async () => (await stored.read()) ?? [];
  return {
    all,
    refresh: async (chainId, holdings) => {
      const chain = await chainOf(chainId);
      const answers = await chain.balances(holdings);
      const asOfMs = now();
      const fresh = holdings.flatMap((holding, at) => {
        const units = answers[at];
        return typeof units === 'bigint' ? [{ ...holding, chainId, units: units.toString(), asOfMs }] : [];
      });
      const replaced = new Set(fresh.map(placeOf));
      await exclusively(async () =>
        stored.write([...(await all()).filter((one) => !replaced.has(placeOf(one))), ...fresh]),
      );
    },
  };
}

const placeOf = ({ chainId, owner, token }: Pick<Balance, 'chainId' | 'owner' | 'token'>): string =>
  `${chainId} ${owner} ${token ?? ''}`.toLowerCase();

/** What is worth asking about: everybody in the chain's own unit, and the tokens of the one who is looked at. */
export function holdingsOf({ chainId, owners, holder, tokens }: HoldingsWanted): readonly Holding[] {
  const shown = tokens.filter((token) => token.chainId === chainId && !token.hidden);
  return [
    ...owners.map((owner) => ({ owner, token: null })),
    ...(holder === null ? [] : shown.map(({ address: token }) => ({ owner: holder, token }))),
  ];
}

interface HoldingsWanted {
  readonly chainId: number;
  readonly owners: readonly Address[];
  readonly holder: Address | null;
  readonly tokens: ReadonlyArray<{ readonly chainId: number; readonly address: Address; readonly hidden: boolean }>;
}

/** What was told of one holding, or null. */
export function balanceOf(
  balances: readonly Balance[],
  wanted: Pick<Balance, 'chainId' | 'owner' | 'token'>,
): Balance | null {
  const place = placeOf(wanted);
  return balances.find((one) => placeOf(one) === place) ?? null;
}
