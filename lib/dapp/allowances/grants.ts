/**
 * Who was allowed something through this wallet, as far as bytes and signatures say so. Whether it still holds is asked
 * of the chain (`read-allowances.ts`).
 */
import { z } from 'zod';
import type { Address } from '@/lib/chains/types';
import { inTurn } from '@/lib/in-turn';

const address = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));

/** What is allowed of which contract. */
const place = {
  chainId: z.int().min(1),
  owner: address,
  /** The token or collection. */
  contract: address,
  spender: address,
};
export const allowancePlace = z.discriminatedUnion('kind', [
  /** ERC-20, at the token itself. */
  z.object({ kind: z.literal('token'), ...place }),
  /** The same at Permit2. */
  z.object({ kind: z.literal('permit2'), ...place }),
  /** All of an ERC-721 or ERC-1155 collection. */
  z.object({ kind: z.literal('collection'), ...place }),
  /** One of an ERC-721 collection, decimal. */
  z.object({ kind: z.literal('item'), ...place, tokenId: z.string().regex(/^[0-9]{1,78}$/) }),
]);
export type AllowancePlace = z.output<typeof allowancePlace>;

const grant = z.object({ place: allowancePlace, origin: z.string(), atMs: z.int().min(0) });
/** The newest first. */
export const grantsRecord = z.array(grant);
export type Grant = z.output<typeof grant>;

/** Who has more has forgotten the oldest: each is asked of the chain when the list is looked at. */
const MOST_GRANTS = 500;

export interface Grants {
  list(): Promise<readonly Grant[]>;
  /** The same place again is the newest then. */
  note(origin: string, places: readonly AllowancePlace[]): Promise<void>;
  wipe(): Promise<void>;
}

export interface GrantsDeps {
  readonly stored: {
    read(): Promise<Grant[] | null>;
    write(value: Grant[]): Promise<void>;
    remove(): Promise<void>;
  };
  /** ms since the epoch */
  readonly now: () => number;
}

/** One place, whatever the spelling of its addresses. */
export const placeKey = (one: AllowancePlace): string =>
  [one.kind, one.chainId, one.owner, one.contract, one.spender, one.kind === 'item' ? one.tokenId : '']
    .join(' ')
    .toLowerCase();

export function createGrants({ stored, now }: GrantsDeps): Grants {
  const exclusively = inTurn();
  const list = async () => (await stored.read()) ?? [];
  return {
    list,
    note: async (origin, places) => {
      if (places.length === 0) return;
      await exclusively(async () => {
        const keys = new Set(places.map(placeKey));
        const others = (await list()).filter((one) => !keys.has(placeKey(one.place)));
        const noted = places.map((one) => ({ place: one, origin, atMs: now() }));
        await stored.write([...noted, ...others].slice(0, MOST_GRANTS));
      });
    },
    wipe: () => exclusively(() => stored.remove()),
  };
}
