/** What pages show of coins, accounts, addresses and outputs. */
import type { AccountsView, AccountView, CoinView, ReceiveView, UtxoView } from '@/lib/bus/utxo/shapes';
import { type OwnAddress, pathOf, pathText } from '@/lib/chains/utxo/accounts';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { holdOf, outpoint, type Utxo } from '@/lib/chains/utxo/utxos';
import type { CoinOfWallet, OfAccount } from './book';
import type { UtxoParts } from './parts';
import { ADDRESS_TYPE, keyOf } from './places';
import type { CoinRecord, KeptAccount } from './records';
import { backendKinds } from './servers';
import { type Amounts, amountsOf } from './sync';

export async function coinView({ servers, book }: UtxoParts, of: CoinOfWallet): Promise<CoinView> {
  const { id, name, symbol, purposes, splitFromCoinType, replaceable } = COINS[of.coin];
  return {
    ...{ coin: id, name, symbol, replaceable },
    addressTypes: purposes.map((purpose) => ({ purpose, type: ADDRESS_TYPE[purpose] })),
    backendKinds: backendKinds(id),
    backend: await servers.view(id),
    hasEarlierPaths: splitFromCoinType !== null,
    active: (await book.read(of)).accounts.length > 0,
  };
}

export async function accountsView(parts: UtxoParts, of: CoinOfWallet): Promise<AccountsView> {
  const { accounts } = await parts.book.read(of);
  const views = await Promise.all(accounts.map((kept) => accountView(parts, of, kept)));
  return {
    coin: await coinView(parts, of),
    accounts: views,
    total: totalOf(views.map(({ balance }) => balance)),
    sync: await parts.discovery.view(of),
  };
}

async function accountView({ sync }: UtxoParts, of: CoinOfWallet, kept: KeptAccount): Promise<AccountView> {
  const { purpose, coinType, account, name, receive, change } = kept;
  const utxos = await sync.utxos(of, keyOf(kept));
  return {
    ...{ account: keyOf(kept), purpose, type: ADDRESS_TYPE[purpose], name, number: account },
    path: pathText(pathOf({ coin: of.coin, purpose, coinType, account })),
    beforeSplit: coinType !== COINS[of.coin].coinType,
    used: receive.length + change.length > 0,
    balance: utxos && amountsOf(of, utxos),
  };
}

/** Null while nothing of it is known. */
export function totalOf(balances: ReadonlyArray<Amounts | null>): Amounts | null {
  const known = balances.flatMap((balance) => balance ?? []);
  if (known.length === 0) return null;
  const sum = (part: keyof Amounts) => known.reduce((total, one) => total + BigInt(one[part]), 0n).toString();
  return { confirmed: sum('confirmed'), pending: sum('pending'), spendable: sum('spendable') };
}

export async function receiveView({ book }: UtxoParts, of: OfAccount): Promise<ReceiveView> {
  const { receive, freshReceive } = await book.addresses(of, of.account);
  const { labels } = await book.read(of);
  const view = ({ address, path, index }: OwnAddress) => {
    return { address, path: pathText(path), index, label: labels[address] ?? '' };
  };
  return { fresh: view(freshReceive), used: receive.toReversed().map(view) };
}

export async function utxosView({ book, sync }: UtxoParts, of: OfAccount): Promise<UtxoView[]> {
  const record = await book.read(of);
  const utxos = (await sync.utxos(of, of.account)) ?? [];
  return utxos.map((utxo) => utxoView(of.coin, utxo, record)).sort(largestFirst);
}

const CHANGE = 1;
const largestFirst = (a: UtxoView, b: UtxoView) => (BigInt(a.amount) < BigInt(b.amount) ? 1 : -1);

function utxoView(coin: CoinId, utxo: Utxo, { labels }: CoinRecord): UtxoView {
  const name = outpoint(utxo);
  const address = addressOf(COINS[coin], utxo.script) ?? '';
  return {
    outpoint: name,
    amount: utxo.amount.toString(),
    address,
    path: pathText(utxo.path),
    isChange: utxo.path.at(-2) === CHANGE,
    confirmations: utxo.confirmations,
    hold: holdOf(COINS[coin], utxo),
    isFrozen: utxo.isFrozen,
    label: labels[name] ?? labels[address] ?? '',
  };
}
