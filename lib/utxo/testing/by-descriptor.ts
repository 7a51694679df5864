/** What a Blockbook answers about a whole account, put together of answers address by address (trezor/blockbook, `api/xpub.go`). */
import { HDKey } from '@scure/bip32';
import { type Account, addressesOf, HARDENED, type OwnAddress } from '@/lib/chains/utxo/accounts';
import type { ListedTransaction, UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COIN_IDS, COINS, type Purpose } from '@/lib/chains/utxo/coins';

const KINDS: ReadonlyArray<readonly [RegExp, Purpose]> = [
  [/^pkh\((\w+)\/<0;1>\/\*\)$/, 44],
  [/^sh\(wpkh\((\w+)\/<0;1>\/\*\)\)$/, 49],
  [/^wpkh\((\w+)\/<0;1>\/\*\)$/, 84],
  [/^tr\((\w+)\/<0;1>\/\*\)$/, 86],
];
const DEFAULT_GAP = 20;

type Params = Record<string, unknown>;

/** Null for what is no descriptor. */
export async function accountOfDescriptor(backend: UtxoBackend, text: string): Promise<Account | null> {
  const { symbol } = await backend.info();
  const coin = COIN_IDS.find((id) => COINS[id].symbol === symbol);
  for (const [pattern, purpose] of KINDS) {
    const [, xpub] = pattern.exec(text) ?? [];
    if (xpub === undefined || coin === undefined) continue;
    const { publicKey, chainCode, parentFingerprint, index } = HDKey.fromExtendedKey(xpub);
    if (!publicKey || !chainCode) throw new Error('no key');
    const place = { coin, purpose, coinType: COINS[coin].coinType, account: index - HARDENED };
    return { ...place, publicKey, chainCode, parentFingerprint };
  }
  return null;
}

interface Looked {
  readonly own: OwnAddress;
  readonly history: readonly ListedTransaction[];
}

const derived = new Map<string, OwnAddress>();

/** Each once: the same accounts are asked about again and again. */
function addressAt(account: Account, chain: 0 | 1, index: number): OwnAddress {
  const name = [account.coin, account.purpose, account.publicKey, chain, index].join(' ');
  const known = derived.get(name) ?? addressesOf(account, chain)(index);
  derived.set(name, known);
  return known;
}

/** The first address counts as used, and only blocks count. */
async function look(backend: UtxoBackend, account: Account, gap: number): Promise<Looked[]> {
  const both = await Promise.all(
    ([0, 1] as const).map(async (chain) => {
      const all: Looked[] = [];
      for (let last = 0, index = 0; index <= last + gap; index += 1) {
        const own = addressAt(account, chain, index);
        const { transactions: history } = await backend.history(own.address, null);
        if (history.some(({ height }) => height !== null)) last = index;
        all.push({ own, history });
      }
      return all;
    }),
  );
  return both.flat();
}

const pathOf = ({ purpose, account }: Account, { chain, index }: OwnAddress) =>
  `m/${purpose}'/0'/${account}'/${chain}/${index}`;

export async function accountInfo(backend: UtxoBackend, account: Account, params: Params) {
  const {
    gap = DEFAULT_GAP,
    page = 1,
    pageSize = 1_000,
  } = params as { gap?: number; page?: number; pageSize?: number };
  const all = await look(backend, account, gap);
  const each = [...new Map(all.flatMap(({ history }) => history).map((one) => [one.txid, one])).values()];
  const waiting = each.filter(({ height }) => height === null);
  const mined = each.filter(({ height }) => height !== null).sort((a, b) => (b.height ?? 0) - (a.height ?? 0));
  const shown = [...(page === 1 ? waiting : []), ...mined.slice((page - 1) * pageSize, page * pageSize)];
  const used = all.filter(({ history }) => history.some(({ height }) => height !== null));
  const tokens = used.map(({ own, history }) => {
    return { type: 'XPUBAddress', name: own.address, path: pathOf(account, own), transfers: history.length };
  });
  const shared = { page, totalPages: Math.max(1, Math.ceil(mined.length / pageSize)), txs: mined.length, tokens };
  const count = { ...shared, unconfirmedTxs: waiting.length };
  if (params.details === 'txids') return { ...count, txids: shown.map(({ txid }) => txid) };
  return {
    ...count,
    transactions: shown.map(({ txid, height, timeMs }) => {
      return { txid, blockHeight: height ?? -1, blockTime: Math.round((timeMs ?? 0) / 1_000) };
    }),
  };
}

export async function accountUtxos(backend: UtxoBackend, account: Account) {
  const lists = (await look(backend, account, DEFAULT_GAP)).map(async ({ own }) =>
    (await backend.utxos(own.address)).map(({ txid, index, amount, height, isCoinbase }) => ({
      ...{ txid, vout: index, value: amount.toString(), coinbase: isCoinbase === true },
      ...{ height: height ?? 0, address: own.address, path: pathOf(account, own) },
    })),
  );
  return (await Promise.all(lists)).flat();
}
