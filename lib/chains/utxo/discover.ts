/** Finds the accounts and addresses of a seed that have been used (BIP-44, "Account discovery"). */

import { WalletError } from '@/lib/errors';
import { type Account, type AccountPlace, addressesOf, type Chain, type OwnAddress } from './accounts';
import type { UtxoBackend } from './backend/types';

/** Unused addresses in a row after which no more are looked for (BIP-44, "Address gap limit"). */
export const GAP_LIMIT = 20;
/** How many addresses of a chain are looked at, from the first, which counts as used: so do servers that are asked by key. */
export const reachOf = (used: Iterable<number>, gapLimit = GAP_LIMIT): number => Math.max(0, ...used) + 1 + gapLimit;
/** More than are known already; against a server that calls every address used. */
const MOST_ADDRESSES = 1_000;

export interface FoundChain {
  readonly chain: Chain;
  /** In the order of their indices; unused ones between them are left out. */
  readonly used: readonly OwnAddress[];
  /** The first one that comes after all used ones. */
  readonly fresh: OwnAddress;
}

export interface FoundAccount {
  readonly account: Account;
  readonly receive: FoundChain;
  readonly change: FoundChain;
}

/** Indices of addresses that are known to be used, by chain. */
export type KnownUsed = Readonly<Record<'receive' | 'change', readonly number[]>>;

export interface DiscoverOptions {
  readonly gapLimit?: number;
  readonly signal?: AbortSignal;
  /** What is not asked again. */
  readonly known?: KnownUsed;
  /** Is waited for, with each account as it is found: what stops on the way has not been in vain. */
  readonly onFound?: (found: FoundAccount) => Promise<void>;
}

type Usage = Pick<UtxoBackend, 'isUsed'>;

/**
 * Every account with a used address, and always the first of every kind, so that there is one to receive with. After an
 * unused account no further one of its kind is looked for.
 * @param usageOf who is asked about an account
 * @param derive the account at a place, from a seed or a device
 * @param starts the first account of every kind to look for: `placesOf`, and on request `placesBeforeSplit`
 * @throws what the server does; `party-misbehaved` if it calls every address used; `signal.reason` once it is aborted
 */
export async function discoverAccounts(
  usageOf: (account: Account) => Usage,
  starts: readonly AccountPlace[],
  derive: (place: AccountPlace) => Account | Promise<Account>,
  options: DiscoverOptions = {},
): Promise<FoundAccount[]> {
  const found: FoundAccount[] = [];
  for (const start of starts) {
    for (let account = start.account; ; account += 1) {
      const derived = await derive({ ...start, account });
      const one = await discoverAccount(usageOf(derived), derived, options);
      const isUsed = one.receive.used.length + one.change.used.length > 0;
      if (isUsed || account === start.account) {
        found.push(one);
        await options.onFound?.(one);
      }
      if (!isUsed) break;
    }
  }
  return found;
}

export async function discoverAccount(
  backend: Usage,
  account: Account,
  options: DiscoverOptions = {},
): Promise<FoundAccount> {
  return {
    account,
    receive: await discoverChain(backend, account, 0, { ...options, known: options.known?.receive }),
    change: await discoverChain(backend, account, 1, { ...options, known: options.known?.change }),
  };
}

interface ChainOptions extends Pick<DiscoverOptions, 'gapLimit' | 'signal'> {
  readonly known: readonly number[] | undefined;
}

/** Unused addresses below the last used one are asked about again: whoever has one may pay late. */
async function discoverChain(
  backend: Usage,
  account: Account,
  chain: Chain,
  { gapLimit = GAP_LIMIT, signal, known = [] }: ChainOptions,
): Promise<FoundChain> {
  const addressAt = addressesOf(account, chain);
  const used = new Set(known);
  const farthest = reachOf(known, gapLimit) + MOST_ADDRESSES;
  let asked = 0;
  for (;;) {
    signal?.throwIfAborted();
    const fresh = Math.max(-1, ...used) + 1;
    if (asked > farthest) throw new WalletError('party-misbehaved', { reason: 'endless' });
    const reach = reachOf(used, gapLimit);
    const next = range(asked, reach).filter((index) => !used.has(index));
    asked = reach;
    const answers = await Promise.all(next.map((index) => backend.isUsed(addressAt(index).address)));
    const hits = next.filter((_, at) => answers[at] === true);
    for (const index of hits) used.add(index);
    if (hits.every((index) => index < fresh)) {
      const inOrder = [...used].sort((a, b) => a - b);
      return { chain, used: inOrder.map(addressAt), fresh: addressAt(fresh) };
    }
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, offset) => from + offset);
