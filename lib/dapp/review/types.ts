/** What a review is made from, and what it may ask a node. The result is `Review` of `lib/bus/review`. */

import type { Asker, AssetFacts, PartyFacts, ReviewChain } from '@/lib/bus/review';
import type { AccessList } from '@/lib/chains/types';

export type Hex = `0x${string}`;
export type Address = `0x${string}`;

/** A call as it would be signed: whatever a site has sent is normalised before. */
export interface Call {
  readonly from: Address;
  /** Null makes a contract. */
  readonly to: Address | null;
  readonly valueWei: bigint;
  readonly data: Hex;
  /** Missing where there is none. */
  readonly accessList?: AccessList;
}

/** JSON-RPC to the user's own node. Rejects as the node refuses; what a rejection means is told by `code` and `data`. */
export type NodeRequest = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** What is known on this device and at the node. Nothing of it may throw: what cannot be told is `unknown` or null. */
export interface Surroundings {
  /** The own unit for null; a token of the list, or as its contract describes itself. */
  asset(address: Address | null, standard?: AssetFacts['standard'], tokenId?: string): Promise<AssetFacts>;
  party(address: Address): Promise<PartyFacts>;
  /** What an account holds of a token, or null. */
  held(owner: Address, token: Address | null): Promise<bigint | null>;
  /** How much of a token there is at all, or null. */
  supply(token: Address): Promise<bigint | null>;
  /** The own unit and the tokens that are known on this chain: what others only call themselves like. */
  readonly trusted: ReadonlyArray<{ readonly symbol: string; readonly name: string }>;
  /** Addresses that somebody has dealt with, for look-alikes. */
  readonly familiar: ReadonlyArray<{ readonly address: string; readonly name: string | null }>;
}

/** Who asks, with which account, where and when. */
export interface Occasion {
  readonly asker: Asker;
  readonly account: Address;
  readonly chain: ReviewChain;
  readonly nowMs: number;
}
