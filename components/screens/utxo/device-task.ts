/** What a device is asked about Bitcoin and its relatives, as the address of the page says it. */
import { accountKey, type CoinId, coinId, walletId } from '@/lib/bus/utxo/shapes';

export type CoinTask =
  /** Something that waits to be signed. */
  | { readonly ask: 'job'; readonly id: string }
  /** The keys that accounts are found and watched with. */
  | {
      readonly ask: 'accounts';
      readonly walletId: string;
      readonly coin: CoinId;
      readonly accounts: readonly string[];
    }
  /** A receiving address, to be compared. @property index of it in its account */
  | {
      readonly ask: 'address';
      readonly walletId: string;
      readonly coin: CoinId;
      readonly account: string;
      readonly index: number;
    };

const SEPARATOR = '/';
const BETWEEN = '+';

/** @returns what `readTask` gives back */
export function taskText(task: CoinTask): string {
  const parts =
    task.ask === 'job'
      ? [task.id]
      : task.ask === 'accounts'
        ? [task.walletId, task.coin, task.accounts.join(BETWEEN)]
        : [task.walletId, task.coin, task.account, String(task.index)];
  return [task.ask, ...parts].join(SEPARATOR);
}

/** Null for anything else. */
export function readTask(text: string): CoinTask | null {
  const [ask, ...parts] = text.split(SEPARATOR);
  if (ask === 'job') return parts.length === 1 && parts[0] ? { ask, id: parts[0] } : null;
  const [wallet, coin, accounts = '', index = '', ...more] = parts;
  const ofWallet = walletId.safeParse(wallet);
  const ofCoin = coinId.safeParse(coin);
  const keys = accounts.split(BETWEEN);
  if (!ofWallet.success || !ofCoin.success || more.length > 0) return null;
  if (!keys.every((key) => accountKey.safeParse(key).success)) return null;
  const of = { walletId: ofWallet.data, coin: ofCoin.data };
  const [account] = keys;
  if (ask === 'accounts' && index === '') return { ask, ...of, accounts: keys };
  if (ask !== 'address' || account === undefined || keys.length > 1 || !/^\d{1,9}$/.test(index)) return null;
  return { ask, ...of, account, index: Number(index) };
}
