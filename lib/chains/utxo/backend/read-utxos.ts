/** What an account can spend, asked of a server and proven. */
import type { OwnAddress } from '../accounts';
import type { Coin } from '../coins';
import { outpoint, type Utxo } from '../utxos';
import { inBatches } from './batches';
import { checkDistinct, checkServer, proveUtxo } from './checks';
import type { ServerInfo, UtxoBackend } from './types';

/** @throws WalletError `party-misbehaved` with a `ServerProblem` as reason if the server is not of the coin, see `checkServer` */
export async function probeServer(coin: Coin, backend: Pick<UtxoBackend, 'info' | 'blockHash'>): Promise<ServerInfo> {
  const info = await backend.info();
  const heights = coin.checkpoints.map(({ height }) => height).filter((height) => height <= info.tipHeight);
  const hashes = await Promise.all(heights.map(async (height) => [height, await backend.blockHash(height)] as const));
  const byHeight = new Map(hashes);
  checkServer(coin, info, (height) => byHeight.get(height) ?? '');
  return info;
}

export interface ReadOptions {
  /** As far as is known; where something is listed in a later block, the server is asked again. */
  readonly tipHeight: number;
  /** Ids of transactions that this wallet has made: their outputs can be spent at once. */
  readonly madeHere: ReadonlySet<string>;
  /** Names of outputs that the user has put aside, see `outpoint`. */
  readonly frozen: ReadonlySet<string>;
  /** Transactions by their ids, as they travel; they never change, so what is fetched is kept in it. */
  readonly transactions: Map<string, Uint8Array>;
}

/** @throws what the server does; WalletError `party-misbehaved` if any output is not what it says */
export async function readUtxos(
  coin: Coin,
  backend: Pick<UtxoBackend, 'info' | 'utxos' | 'transaction'>,
  addresses: readonly OwnAddress[],
  { tipHeight: known, madeHere, frozen, transactions }: ReadOptions,
): Promise<Utxo[]> {
  const lists = await inBatches(addresses, async (owner) =>
    (await backend.utxos(owner.address)).map((listed) => ({ owner, listed })),
  );
  const all = lists.flat();
  checkDistinct(all.map(({ listed }) => listed));
  const isLater = all.some(({ listed: { height } }) => height !== null && height > known);
  const tipHeight = isLater ? (await backend.info()).tipHeight : known;
  const missing = new Set(all.map(({ listed }) => listed.txid).filter((txid) => !transactions.has(txid)));
  const fetched = await inBatches([...missing], async (txid) => [txid, await backend.transaction(txid)] as const);
  const raws = new Map([...transactions, ...fetched]);
  const proven = all.flatMap(({ owner, listed }) => {
    const raw = raws.get(listed.txid) ?? new Uint8Array();
    const isOwn = madeHere.has(listed.txid);
    return proveUtxo(coin, { listed, raw }, { owner, tipHeight, isOwn, isFrozen: frozen.has(outpoint(listed)) }) ?? [];
  });
  // Kept only now that every id has been computed again.
  for (const [txid, raw] of fetched) transactions.set(txid, raw);
  return proven;
}
