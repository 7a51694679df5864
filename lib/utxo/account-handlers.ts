/** Coins, servers, accounts, labels: what pages say about them. */
import type { UtxoHandlers } from '@/lib/bus/utxo/table';
import { descriptorOf, extendedKey, pathOf, pathText } from '@/lib/chains/utxo/accounts';
import { COIN_IDS, COINS, type Purpose } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import { accountAt, accountOf, type CoinOfWallet, checkRoom } from './book';
import { extendedOf } from './extended';
import type { UtxoParts } from './parts';
import { ADDRESS_TYPE, keyOf } from './places';
import type { CoinRecord } from './records';
import { hasPending } from './sending';
import { accountsView, coinView, receiveView, utxosView } from './views';

type Message =
  | 'coins.list'
  | `backend.${string}`
  | `accounts.${string}`
  | `discover.${string}`
  | 'refresh'
  | 'receive.list'
  | `labels.${string}`
  | `utxos.${string}`
  | 'xpub.show'
  | 'device.add';

export function accountHandlers(parts: UtxoParts): Pick<UtxoHandlers, Extract<keyof UtxoHandlers, Message>> {
  const { deps, servers, book, sync, discovery, sent } = parts;
  const nothing = async (work: Promise<unknown>): Promise<Record<string, never>> => {
    await work;
    return {};
  };
  const canHave = async (walletId: string): Promise<'seed' | 'device'> => {
    const by = await deps.signsBy(walletId);
    if (by === 'nothing') throw new WalletError('bad-message', { reason: 'wallet' });
    return by;
  };
  /** Few ever ask for it: it is read when they do. */
  const labels = async () => (await import('./labels')).createLabels(parts);
  return {
    'coins.list': async ({ walletId }) => {
      await canHave(walletId);
      return { coins: await Promise.all(COIN_IDS.map((coin) => coinView(parts, { walletId, coin }))) };
    },
    'backend.set': ({ coin, ...picked }) => nothing(servers.set(coin, picked).then(deps.changed)),
    'backend.clear': ({ coin }) => nothing(servers.clear(coin).then(deps.changed)),
    'accounts.list': async (of) => {
      await canHave(of.walletId);
      return accountsView(parts, of);
    },
    'discover.start': async ({ earlier, ...of }) => {
      if ((await canHave(of.walletId)) === 'device') return nothing(sync.run(of));
      return nothing(discovery.start(of, earlier));
    },
    'discover.stop': async (of) => {
      discovery.stop(of);
      return {};
    },
    'accounts.add': async ({ purpose, ...of }) => {
      if ((await canHave(of.walletId)) === 'device') throw new WalletError('bad-account', { reason: 'device' });
      return { account: await addAccount(parts, of, purpose) };
    },
    'accounts.rename': async ({ account, name, ...of }) => {
      await book.account(of, account);
      return nothing(
        book.change(of, (record) => ({
          ...record,
          accounts: record.accounts.map((one) => (keyOf(one) === account ? { ...one, name } : one)),
        })),
      );
    },
    'accounts.remove': async (of) => {
      if (hasPending(await sent.ofCoin(of))) throw new WalletError('bad-account', { reason: 'in-use' });
      discovery.stop(of);
      await sync.forget(of);
      return nothing(book.forget(of));
    },
    refresh: (of) => nothing(sync.runAnew(of).then(() => parts.followUp(of.coin))),
    'receive.list': async (of) => {
      await parts.vouch(of);
      return receiveView(parts, of);
    },
    'labels.set': ({ of: name, label, ...of }) => nothing(book.change(of, (record) => withLabel(record, name, label))),
    'labels.write': async (of) => ({
      labels: await (await labels()).write(of),
      name: `${of.coin}-${of.account}-labels.jsonl`,
    }),
    'labels.read': async ({ text, ...of }) => (await labels()).read(of, text),
    'utxos.list': async (of) => ({ utxos: await utxosView(parts, of) }),
    'utxos.set-frozen': ({ outpoint, frozen, ...of }) =>
      nothing(
        book.change(of, (record) => {
          const others = record.frozen.filter((one) => one !== outpoint);
          return checkRoom({ ...record, frozen: frozen ? [...others, outpoint] : others });
        }),
      ),
    'xpub.show': async (of) => {
      await parts.vouch(of);
      const kept = accountOf(of.coin, await book.account(of, of.account));
      return {
        xpub: extendedKey(kept),
        descriptor: descriptorOf(kept),
        path: pathText(pathOf(kept)),
        type: ADDRESS_TYPE[kept.purpose],
      };
    },
    'device.add': async ({ accounts, ...of }) => {
      if ((await canHave(of.walletId)) !== 'device') throw new WalletError('bad-account', { reason: 'device' });
      for (const { account, xpub } of accounts)
        await book.note(of, { account: accountAt(of.coin, account, extendedOf(of.coin, account, xpub)) });
      return {};
    },
  };
}

/** BIP-44, "Account discovery": no account after one that nobody has used. */
async function addAccount({ deps, book }: UtxoParts, of: CoinOfWallet, purpose: Purpose): Promise<string> {
  const { purposes, coinType } = COINS[of.coin];
  if (!purposes.includes(purpose)) throw new WalletError('bad-account', { reason: 'type' });
  const { accounts } = await book.read(of);
  const same = accounts.filter((one) => one.purpose === purpose && one.coinType === coinType);
  const last = same.at(-1);
  if (last && last.receive.length + last.change.length === 0)
    throw new WalletError('bad-account', { reason: 'previous-unused' });
  const place = { coin: of.coin, purpose, coinType, account: last ? last.account + 1 : 0 };
  const { fingerprint, keys } = await deps.keys.extended(of.walletId, [pathOf(place)]);
  const [key] = keys;
  if (!key) throw new WalletError('bad-message', { reason: 'account' });
  await book.change(of, (record) => ({ ...record, fingerprint }));
  await book.note(of, { account: accountAt(of.coin, keyOf(place), key) });
  return keyOf(place);
}

/** @throws WalletError `labels-full` */
function withLabel(record: CoinRecord, name: string, label: string): CoinRecord {
  const { [name]: _, ...others } = record.labels;
  if (label === '') return { ...record, labels: others };
  return checkRoom({ ...record, labels: { ...others, [name]: label } });
}
