/** The accounts that wallets have of each coin: extended public keys, used addresses, names, labels. */
import { type Account, addressesOf, type OwnAddress } from '@/lib/chains/utxo/accounts';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { type FoundAccount, type FoundChain, reachOf } from '@/lib/chains/utxo/discover';
import { WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { ExtendedPublicKey, Stored, UtxoDeps } from './deps';
import { keyOf, placeOf } from './places';
import { type CoinRecord, coinRecord, indexRecord, type KeptAccount } from './records';

/** A coin of a wallet. */
export interface CoinOfWallet {
  readonly walletId: string;
  readonly coin: CoinId;
}

/** An account by the name that it has in its coin, see `keyOf`. */
export interface OfAccount extends CoinOfWallet {
  readonly account: string;
}

export interface OwnAddresses {
  /** In the order of their indices. */
  readonly receive: readonly OwnAddress[];
  readonly change: readonly OwnAddress[];
  /** The first ones after all that were used. */
  readonly freshReceive: OwnAddress;
  readonly freshChange: OwnAddress;
}

export interface Book {
  /** Every coin of every wallet that has accounts of it. */
  all(): Promise<readonly CoinOfWallet[]>;
  read(of: CoinOfWallet): Promise<CoinRecord>;
  change(of: CoinOfWallet, edit: (record: CoinRecord) => CoinRecord): Promise<void>;
  /** Adds what was found, or what is newly known of it. What was used stays so. */
  note(of: CoinOfWallet, found: Found): Promise<void>;
  /** The same of an account that is there; one that was removed stays so. */
  noteUsed(of: CoinOfWallet, found: Found): Promise<void>;
  /** @throws WalletError `bad-message` for one that is not there */
  account(of: CoinOfWallet, key: string): Promise<KeptAccount>;
  /** Those that were used, and the fresh ones. */
  addresses(of: CoinOfWallet, key: string): Promise<OwnAddresses>;
  /** Those, and as many after them as discovery looks at: whatever is paid to the account is paid to one of these. */
  reachable(of: CoinOfWallet, key: string): Promise<readonly OwnAddress[]>;
  forget(of: CoinOfWallet): Promise<void>;
}

type Found = Pick<FoundAccount, 'account'> & Partial<FoundAccount>;

export const NOTHING: CoinRecord = { fingerprint: null, accounts: [], frozen: [], labels: {} };

/** Labels of a coin, and outputs of it that are put aside. */
const MOST_LABELS = 5_000;

/** @throws WalletError `labels-full` for more than there is room for */
export function checkRoom(record: CoinRecord): CoinRecord {
  if (Math.max(Object.keys(record.labels).length, record.frozen.length) > MOST_LABELS)
    throw new WalletError('labels-full');
  return record;
}

/** As `lib/chains/utxo` takes it. */
export const accountOf = (coin: CoinId, kept: KeptAccount): Account => ({ coin, ...kept });

export const accountAt = (coin: CoinId, key: string, extended: ExtendedPublicKey): Account => ({
  ...placeOf(coin, key),
  ...extended,
});

export function createBook({ open, changed }: UtxoDeps): Book {
  const exclusively = inTurn();
  const index = open('local', 'index', indexRecord);
  const cells = new Map<string, Stored<CoinRecord>>();
  const derived = new Map<string, OwnAddress>();

  const cellOf = ({ walletId, coin }: CoinOfWallet): Stored<CoinRecord> => {
    const name = `coin.${walletId}.${coin}`;
    const known = cells.get(name) ?? open('local', name, coinRecord);
    cells.set(name, known);
    return known;
  };
  const read = async (of: CoinOfWallet) => (await cellOf(of).read()) ?? NOTHING;
  const all = async () => (await index.read()) ?? [];
  /** Listed before it is there: what is listed and empty costs nothing, what is not listed is never looked at again. */
  const write = async (of: CoinOfWallet, record: CoinRecord): Promise<void> => {
    const listed = await all();
    if (!listed.some((one) => isSame(one, of)))
      await index.write([...listed, { walletId: of.walletId, coin: of.coin }]);
    await cellOf(of).write(record);
    changed();
  };
  const change: Book['change'] = (of, edit) => exclusively(async () => write(of, edit(await read(of))));
  const account: Book['account'] = async (of, key) => {
    const found = (await read(of)).accounts.find((one) => keyOf(one) === key);
    if (!found) throw new WalletError('bad-message', { reason: 'account' });
    return found;
  };
  /** Derived once: each costs a multiplication on the curve. */
  const derive = (kept: KeptAccount, coin: CoinId, chain: 0 | 1, indices: readonly number[]): OwnAddress[] => {
    const at = (place: number) => `${coin} ${keyOf(kept)} ${kept.publicKey.join('')} ${chain} ${place}`;
    const missing = indices.filter((place) => !derived.has(at(place)));
    if (missing.length > 0) {
      const addressOf = addressesOf(accountOf(coin, kept), chain);
      for (const place of missing) derived.set(at(place), addressOf(place));
    }
    return indices.flatMap((place) => derived.get(at(place)) ?? []);
  };

  const fresh = (used: readonly number[]) => Math.max(-1, ...used) + 1;

  return {
    all,
    read,
    change,
    account,
    note: (of, found) => change(of, (record) => withFound(of.coin, record, found)),
    noteUsed: (of, found) =>
      exclusively(async () => {
        const record = await read(of);
        if (knownAs(record, found)) await write(of, withFound(of.coin, record, found));
      }),
    addresses: async (of, key) => {
      const kept = await account(of, key);
      const both = (used: readonly number[], chain: 0 | 1) => derive(kept, of.coin, chain, [...used, fresh(used)]);
      const [receive, back] = [both(kept.receive, 0), both(kept.change, 1)];
      const [freshReceive, freshChange] = [receive.pop(), back.pop()];
      if (!freshReceive || !freshChange) throw new RangeError('no fresh address');
      return { receive, change: back, freshReceive, freshChange };
    },
    reachable: async (of, key) => {
      const kept = await account(of, key);
      const within = (used: readonly number[]) => Array.from({ length: reachOf(used) }, (_, index) => index);
      return [...derive(kept, of.coin, 0, within(kept.receive)), ...derive(kept, of.coin, 1, within(kept.change))];
    },
    forget: (of) =>
      exclusively(async () => {
        await cellOf(of).remove();
        await index.write((await all()).filter((one) => !isSame(one, of)));
        changed();
      }),
  };
}

const isSame = (one: CoinOfWallet, other: CoinOfWallet) => one.walletId === other.walletId && one.coin === other.coin;

const knownAs = ({ accounts }: CoinRecord, { account }: Found): KeptAccount | undefined =>
  accounts.find((one) => keyOf(one) === keyOf(account));

function withFound(coin: CoinId, record: CoinRecord, found: Found): CoinRecord {
  const known = knownAs(record, found);
  const { publicKey, chainCode, parentFingerprint, purpose, coinType, account } = found.account;
  const noted: KeptAccount = {
    ...{ purpose, coinType, account, publicKey, chainCode, parentFingerprint },
    name: known?.name ?? '',
    receive: allUsed(known?.receive, found.receive),
    change: allUsed(known?.change, found.change),
  };
  const others = record.accounts.filter((one) => one !== known);
  return { ...record, accounts: inOrder(coin, [...others, noted]) };
}

/** Another question may have found more since this one was asked. */
const allUsed = (known: readonly number[] = [], found?: FoundChain): number[] =>
  [...new Set([...known, ...(found?.used ?? []).map(({ index }) => index)])].sort((a, b) => a - b);

/** As the coin lists its purposes, own paths before those from before a split. */
function inOrder(coin: CoinId, accounts: readonly KeptAccount[]): KeptAccount[] {
  const { purposes, coinType } = COINS[coin];
  const rank = (one: KeptAccount) => (one.coinType === coinType ? 0 : 100) + purposes.indexOf(one.purpose);
  return [...accounts].sort((a, b) => rank(a) - rank(b) || a.account - b.account);
}
