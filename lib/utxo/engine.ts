/** Answers what pages ask about Bitcoin and its relatives, wherever it is loaded. */
import type { UtxoEnded, UtxoNews } from '@/lib/bus/utxo/line';
import { isUtxoMessage, type UtxoHandlers, type UtxoMessage, utxoTable } from '@/lib/bus/utxo/table';
import { addressOf } from '@/lib/chains/utxo/address';
import { COINS } from '@/lib/chains/utxo/coins';
import { WalletError } from '@/lib/errors';
import { accountHandlers } from './account-handlers';
import type { CoinOfWallet } from './book';
import type { UtxoDeps } from './deps';
import { createParts, type UtxoParts } from './parts';
import { paymentHandlers } from './payment-handlers';
import { keyOf } from './places';
import type { SentRecord } from './records';
import { coinText } from './request';
import { stillPending } from './sent';
import { amountsOf } from './sync';
import { totalOf } from './views';

export interface UtxoEngine {
  /** A message of `utxoTable`. @throws WalletError `bad-message` for any other, and for an input outside its schema */
  answer(name: string, input: unknown): Promise<unknown>;
  /** What became of what is pending. */
  follow(): Promise<void>;
  /** Reads every coin again whose server is picked, and what became of what was sent; a silent one holds nothing up. */
  refresh(): Promise<void>;
  /** Forgets what is of wallets that are no longer there. */
  prune(): Promise<void>;
  /** What home shows, and what is to be told. */
  news(): Promise<UtxoNews>;
  /** They have been told. */
  markTold(txids: readonly string[]): Promise<void>;
  /** Whether it works on without anybody waiting for an answer. */
  isBusy(): boolean;
}

export function createUtxoEngine(deps: UtxoDeps): UtxoEngine {
  const parts = createParts(deps);
  const { book, sent, sync, servers, discovery, followUp } = parts;
  const handlers: UtxoHandlers = { ...accountHandlers(parts), ...paymentHandlers(parts) };

  const forget = async (of: CoinOfWallet): Promise<void> => {
    discovery.stop(of);
    await sync.forget(of);
    await book.forget(of);
  };

  const prune = async (): Promise<void> => {
    const gone = new Set<string>();
    const known = new Set([...(await book.all()), ...(await sent.list())].map(({ walletId }) => walletId));
    for (const walletId of known) if (await isGone(deps, walletId)) gone.add(walletId);
    if (gone.size === 0) return;
    for (const of of await book.all()) if (gone.has(of.walletId)) await forget(of);
    await sent.change((all) => all.filter(({ walletId }) => !gone.has(walletId)));
  };

  return {
    answer: async (name, raw) => {
      if (!isUtxoMessage(name)) throw new WalletError('bad-message', { reason: 'unknown' });
      return run(handlers, name, raw);
    },
    follow: () => followUp(),
    refresh: async () => {
      await prune();
      const all = await book.all();
      const views = await Promise.all(all.map(async (of) => ({ of, server: await servers.view(of.coin) })));
      await Promise.allSettled(views.flatMap(({ of, server }) => (server ? [sync.run(of)] : [])));
      await followUp();
    },
    prune,
    news: () => newsOf(parts),
    markTold: (txids) =>
      sent.change((all) => all.map((one) => (txids.includes(one.txid) ? { ...one, untold: false } : one))),
    isBusy: discovery.isBusy,
  };
}

async function run<M extends UtxoMessage>(handlers: UtxoHandlers, name: M, raw: unknown): Promise<unknown> {
  const input = utxoTable[name].input.safeParse(raw);
  if (!input.success) throw new WalletError('bad-message', { reason: name });
  return handlers[name](input.data as Parameters<UtxoHandlers[M]>[0]);
}

const isGone = ({ signsBy }: UtxoDeps, walletId: string): Promise<boolean> =>
  signsBy(walletId).then(
    () => false,
    (error) => error instanceof WalletError && error.code === 'bad-message',
  );

async function newsOf(parts: UtxoParts): Promise<UtxoNews> {
  const { book, sent, deps } = parts;
  const [all, listed] = [await book.all(), await sent.list()];
  const balances = await Promise.all(all.map((of) => balanceOf(parts, of)));
  return {
    active: all.length > 0,
    pending: stillPending(listed, deps.now()),
    balances: balances.flatMap((one) => one ?? []),
    ended: listed.filter(({ untold }) => untold).map(endedOf),
  };
}

async function balanceOf({ book, sync }: UtxoParts, of: CoinOfWallet): Promise<UtxoNews['balances'][number] | null> {
  const { accounts } = await book.read(of);
  if (accounts.length === 0) return null;
  const known = await Promise.all(accounts.map((kept) => sync.utxos(of, keyOf(kept))));
  const total = totalOf(known.map((utxos) => utxos && amountsOf(of, utxos)));
  const { name, symbol } = COINS[of.coin];
  const { error, asOfMs } = await sync.view(of);
  return {
    ...{ walletId: of.walletId, coin: of.coin, name, symbol, error },
    confirmed: total?.confirmed ?? '0',
    pending: total?.pending ?? '0',
    asOfMs: total && asOfMs,
  };
}

function endedOf({ txid, coin, state, draft }: SentRecord): UtxoEnded {
  const paid = draft.outputs.filter(({ own }) => own === null);
  const [first] = paid;
  return {
    txid,
    outcome: state === 'replaced' ? 'replaced' : 'confirmed',
    name: COINS[coin].name,
    amount: `${coinText(paid.reduce((total, { amount }) => total + amount, 0n))} ${COINS[coin].symbol}`,
    to: (first && addressOf(COINS[coin], first.script)) ?? '',
  };
}
