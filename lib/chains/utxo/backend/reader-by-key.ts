/** What a server of one's own says of an account that it is asked about by the account's key. */
import { toHex } from '@/lib/bytes';
import { asWalletError, WalletError } from '@/lib/errors';
import { type Account, addressesOf, type Chain, descriptorOf, type OwnAddress } from '../accounts';
import { checkAddress } from '../address';
import { COINS, type Coin } from '../coins';
import { GAP_LIMIT } from '../discover';
import type { Transaction } from '../transaction';
import { type AccountReader, allPages, readerByAddress } from './account-reader';
import { inBatches } from './batches';
import { lie } from './checks';
import type { AccountBackend, ListedUtxo, PlacedAddress, UtxoBackend } from './types';

export interface ByKeyParts {
  readonly backend: UtxoBackend;
  readonly accounts: AccountBackend;
  /** Whose id was computed again. */
  readonly transaction: (txid: string) => Promise<Transaction>;
}

/** So far a server may be led on by transactions that wait. */
const WIDEST_GAP = 1_000;

/**
 * One question for all addresses. Each address that is named is derived here, too, and compared; what the server does not
 * look at, as it counts the gap from blocks alone, is asked for address by address.
 * @throws WalletError `party-misbehaved` reason `foreign-address` for an address that is not the account's at that place
 */
export function readerByKey(parts: ByKeyParts, account: Account): AccountReader {
  const { backend, accounts } = parts;
  const own = derivationOf(account);
  const usage = once(() => readUsage(parts, own));
  const listed = once(async () => groupedBy(await accounts.utxos(own.descriptor), (one) => own.checked(one).address));
  return {
    isByKey: true,
    isUsed: async (address) => {
      const { used, isCounted } = await usage();
      return used.has(address) || (!isCounted(address) && backend.isUsed(address));
    },
    utxos: async (address) => {
      const { isListed } = await usage();
      return isListed(address) ? ((await listed()).get(address) ?? []) : backend.utxos(address);
    },
    history: async (addresses) => {
      const { isListed } = await usage();
      const beyond = addresses.filter(({ address }) => !isListed(address));
      const pages = await allPages((from) => accounts.history(own.descriptor, from));
      return [...pages, ...(await readerByAddress(backend).history(beyond))];
    },
  };
}

interface Usage {
  readonly used: ReadonlySet<string>;
  /** Whether the server has looked at an address when it told what is used. */
  readonly isCounted: (address: string) => boolean;
  /** Whether it looks at it when it lists outputs and transactions, for which nobody can ask with a wider gap. */
  readonly isListed: (address: string) => boolean;
}

const CHAINS: readonly Chain[] = [0, 1];

type Reach = (address: string) => boolean;

/** Asked again with a wider gap where transactions that wait have used addresses near its end. */
async function readUsage(parts: ByKeyParts, own: Derivation, gap = GAP_LIMIT, isListed?: Reach): Promise<Usage> {
  if (gap > WIDEST_GAP) throw new WalletError('party-misbehaved', { reason: 'endless' });
  const answer = await parts.accounts.usage(own.descriptor, gap);
  const inBlocks = answer.used.map(own.checked);
  /** The server counts from here; the first address counts as used. */
  const start = (chain: Chain) => Math.max(0, lastIndex(inBlocks, chain));
  const isCounted: Reach = (address) => {
    const one = own.find(address);
    return one !== undefined && one.index <= start(one.chain) + gap;
  };
  const paid = await scriptsPaid(answer.waiting, parts.transaction);
  const counted = CHAINS.flatMap((chain) => own.upTo(chain, start(chain) + gap));
  const used = [...inBlocks, ...counted.filter(({ script }) => paid.has(toHex(script)))];
  const needed = Math.max(...CHAINS.map((chain) => lastIndex(used, chain) + GAP_LIMIT - start(chain)));
  if (needed > gap) return readUsage(parts, own, needed, isListed ?? isCounted);
  return { used: new Set(used.map(({ address }) => address)), isCounted, isListed: isListed ?? isCounted };
}

const lastIndex = (addresses: readonly OwnAddress[], chain: Chain): number =>
  Math.max(-1, ...addresses.filter((one) => one.chain === chain).map(({ index }) => index));

/** One that is gone by now, mined or dropped, has used nothing. */
async function scriptsPaid(
  txids: readonly string[],
  transaction: ByKeyParts['transaction'],
): Promise<ReadonlySet<string>> {
  const all = await inBatches(txids, async (txid) => {
    try {
      return (await transaction(txid)).outputs;
    } catch (error) {
      if (asWalletError(error).details.reason === 'refusal') return [];
      throw error;
    }
  });
  return new Set(all.flat().map(({ script }) => toHex(script)));
}

interface Derivation {
  readonly descriptor: string;
  /** With the last one. */
  upTo(chain: Chain, index: number): OwnAddress[];
  /** One that was derived before. */
  find(address: string): OwnAddress | undefined;
  /** @throws WalletError `party-misbehaved` reason `foreign-address` */
  checked(placed: PlacedAddress): OwnAddress;
}

/** Each address once. */
function derivationOf(account: Account): Derivation {
  const derive = CHAINS.map((chain) => addressesOf(account, chain));
  const places = new Map<string, OwnAddress>();
  const texts = new Map<string, OwnAddress>();
  const at = (chain: Chain, index: number): OwnAddress => {
    const place = `${chain}/${index}`;
    const one = places.get(place) ?? derive[chain]?.(index);
    if (!one) throw new RangeError('no such chain');
    places.set(place, one);
    texts.set(one.address, one);
    return one;
  };
  return {
    descriptor: descriptorOf(account),
    upTo: (chain, index) => Array.from({ length: index + 1 }, (_, place) => at(chain, place)),
    find: (address) => texts.get(address),
    checked: ({ address, path }) => {
      const [, chain, index] = PLACE.exec(path) ?? [];
      if (chain === undefined) throw lie('foreign-address');
      // All up to it would have to be derived.
      if (Number(index) > FARTHEST_INDEX) throw new WalletError('party-misbehaved', { reason: 'endless' });
      const one = at(chain === '1' ? 1 : 0, Number(index));
      if (scriptText(COINS[account.coin], address) !== toHex(one.script)) throw lie('foreign-address');
      return one;
    },
  };
}

/** More than discovery follows a server for. */
const FARTHEST_INDEX = 2_000;
/** The steps before are of the coin type that the server is set up with, also for an account from before a split. */
const PLACE = /\/([01])\/(\d{1,9})$/;

/** Servers may write an address in another form than this wallet: the script is the same. */
function scriptText(coin: Coin, address: string): string {
  try {
    return toHex(checkAddress(coin, address, { legacy: 'meant' }).script);
  } catch {
    throw lie('foreign-address');
  }
}

function groupedBy<Item extends ListedUtxo>(items: readonly Item[], nameOf: (item: Item) => string) {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name) ?? [];
    group.push(item);
    groups.set(name, group);
  }
  return groups;
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}
