/**
 * Bitcoin and its relatives on real nodes: bcoin checks and mines those with Bitcoin's rules (its own for BTC; as a
 * stand-in, with their addresses, for LTC, DOGE and DASH), bcash those of Bitcoin Cash. Once signed by software, once by a
 * simulated Mini. bcoin knows nothing of taproot; that is with the interpreters of `lib/chains/utxo/testing`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Node, startNode } from '@/e2e/simulators/nodes/node';
import { type Served, serveBlockbook } from '@/e2e/simulators/utxo/blockbook';
import { serveEsplora } from '@/e2e/simulators/utxo/esplora';
import { openUtxoWallet, softwareSigner } from '@/e2e/utxo-wallet';
import { toHex } from '@/lib/bytes';
import { addressesOf, deriveAccount, placesBeforeSplit, placesOf } from '@/lib/chains/utxo/accounts';
import { readerByAddress } from '@/lib/chains/utxo/backend/account-reader';
import { blockbookBackend } from '@/lib/chains/utxo/backend/blockbook';
import { blockbookAccounts } from '@/lib/chains/utxo/backend/blockbook-accounts';
import { esploraBackend } from '@/lib/chains/utxo/backend/esplora';
import { probeServer, readUtxos } from '@/lib/chains/utxo/backend/read-utxos';
import { readerByKey } from '@/lib/chains/utxo/backend/reader-by-key';
import { type Socket, socketLine } from '@/lib/chains/utxo/backend/socket-line';
import type { UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COINS, type CoinId, type Purpose } from '@/lib/chains/utxo/coins';
import { discoverAccount } from '@/lib/chains/utxo/discover';
import { parsePrevTx } from '@/lib/chains/utxo/previous';
import { scriptError } from '@/lib/chains/utxo/testing/interpreter';
import { ALL, keysOf } from '@/lib/chains/utxo/testing/seed';
import { paymentTo } from '@/lib/chains/utxo/testing/wallet';
import { parseTransaction, serializeTransaction } from '@/lib/chains/utxo/transaction';
import type { Utxo } from '@/lib/chains/utxo/utxos';
import { asWalletError } from '@/lib/errors';
import { openUtxoPlace } from '@/lib/hardware/testing/utxo-place';

const nodes = new Map<CoinId, Node>();
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  const [bitcoin, cash] = await Promise.all([startNode('bcoin'), startNode('bcash')]);
  for (const coin of ['btc', 'ltc', 'doge', 'dash'] as const) nodes.set(coin, bitcoin);
  nodes.set('bch', cash);
  closing.push(bitcoin.close, cash.close);
});
afterAll(() => Promise.all(closing.toReversed().map((close) => close())));

function nodeOf(coin: CoinId): Node {
  const node = nodes.get(coin);
  if (!node) throw new Error('no node');
  return node;
}

function speaking(server: Served): UtxoBackend {
  if (server.url.startsWith('http')) return esploraBackend(server.url, fetch);
  const line = socketLine({ connect: () => new WebSocket(server.url) as unknown as Socket, timeoutMs: 20_000 });
  closing.push(line.close);
  return blockbookBackend(line);
}

async function serverOf(coin: CoinId, kind: 'blockbook' | 'esplora'): Promise<UtxoBackend> {
  const node = nodeOf(coin);
  const server = kind === 'esplora' ? await serveEsplora(node) : await serveBlockbook({ coin, node });
  closing.push(server.close);
  return speaking(server);
}

type SignedBy = 'software' | 'device';
let opened = 0;

/** With accounts of its own, so that wallets that share a node share no coins. */
async function walletOf(coin: CoinId, backend: UtxoBackend, by: SignedBy, of?: number) {
  opened += 1;
  const number = of ?? opened;
  const { device } = await openUtxoPlace();
  const [signer, derive] =
    by === 'software'
      ? [softwareSigner(keysOf(ALL)), (place: Parameters<typeof device.account>[0]) => deriveAccount(ALL, place)]
      : [device, (place: Parameters<typeof device.account>[0]) => device.account(place, 'not')];
  // An interpreter of its own sees whatever is signed, before the node does.
  const onSigned = (...signed: Parameters<typeof scriptError>) => expect(scriptError(...signed)).toBeNull();
  return { ...openUtxoWallet({ coin, backend, signer, number, derive, onSigned }), number };
}

const total = (utxos: readonly Utxo[]) => utxos.reduce((sum, { amount }) => sum + amount, 0n);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: unknown) => `${asWalletError(error).code} ${asWalletError(error).details.reason}`,
  );

const ROWS: readonly (readonly [CoinId, Purpose, 'blockbook' | 'esplora', SignedBy])[] = [
  ...(['software', 'device'] as const).flatMap((by) => [
    ['btc', 84, 'blockbook', by] as const,
    ['btc', 49, 'esplora', by] as const,
    ['btc', 44, 'blockbook', by] as const,
    ['ltc', 84, 'blockbook', by] as const,
    ['ltc', 49, 'blockbook', by] as const,
    ['doge', 44, 'blockbook', by] as const,
    ['dash', 44, 'blockbook', by] as const,
    ['bch', 44, 'blockbook', by] as const,
  ]),
];

describe('on a real node', () => {
  it.each(ROWS)('%s on paths of purpose %s, over %s, signed by %s', async (coin, purpose, kind, by) => {
    const node = nodeOf(coin);
    const backend = await serverOf(coin, kind);
    const wallet = await walletOf(coin, backend, by);
    const unit = coin === 'doge' ? 1_000_000_000n : 100_000_000n;
    // Received: seen at once, spendable once a block has it.
    const own = await wallet.fresh(purpose);
    const before = total(await wallet.utxos(await wallet.account(purpose)));
    await node.pay(toHex(own.script), Number(unit));
    const pending = await wallet.utxos(await wallet.account(purpose));
    expect(total(pending) - before).toBe(unit);
    expect(pending.filter(({ confirmations }) => confirmations === 0)).toMatchObject([{ isOwn: false, amount: unit }]);
    await node.mine(1);
    const account = await wallet.account(purpose);
    expect(account.receive.fresh.index).toBe(own.index + 1);
    // Sent: taken by the node, pending, then in a block.
    const rate = (await backend.feePerKvB(3)) ?? 0n;
    expect(rate).toBeGreaterThan(0n);
    const feePerKvB = rate < COINS[coin].minFeePerKvB ? COINS[coin].minFeePerKvB : rate;
    const payment = paymentTo(coin, unit / 4n);
    const sent = await wallet.send(account, [payment], feePerKvB);
    const left = before + unit - unit / 4n - sent.draft.fee;
    expect(total(await wallet.utxos(await wallet.account(purpose)))).toBe(left);
    const again = await failure(backend.broadcast(sent.raw));
    expect(again).toBe('transaction-refused already-known');
    await node.mine(1);
    const after = await wallet.utxos(await wallet.account(purpose));
    expect(total(after)).toBe(left);
    expect(after.every(({ confirmations }) => confirmations > 0)).toBe(true);
    // In the history of the address that was paid, newest first.
    const { transactions } = await backend.history(own.address, null);
    const { tipHeight } = await backend.info();
    expect(transactions[0]).toMatchObject({ txid: sent.txid, height: tipHeight });
    expect(transactions.map(({ txid }) => txid)).toHaveLength(2);
  });

  it.each([
    ['btc', 'blockbook', 'software'],
    ['btc', 'esplora', 'device'],
    ['ltc', 'blockbook', 'device'],
    ['ltc', 'blockbook', 'software'],
  ] as const)('%s over %s, signed by %s, is sped up, and only the dearer one is mined', async (coin, kind, by) => {
    const node = nodeOf(coin);
    const backend = await serverOf(coin, kind);
    const wallet = await walletOf(coin, backend, by);
    const own = await wallet.fresh();
    await node.pay(toHex(own.script), 50_000_000);
    await node.mine(1);
    const account = await wallet.account();
    const slow = await wallet.send(account, [paymentTo(coin, 7_000_000n)], 1_000n);
    const fast = await wallet.speedUp(account, slow.draft, 9_000n);
    expect(fast.txid).not.toBe(slow.txid);
    expect(fast.draft.fee).toBeGreaterThan(slow.draft.fee);
    const paid = (draft: typeof slow.draft) => draft.outputs.filter((output) => output.own === null);
    expect(paid(fast.draft)).toEqual(paid(slow.draft));
    expect(await failure(backend.broadcast(slow.raw))).toMatch(/^transaction-refused (fee-too-low|inputs-spent)$/);
    await node.mine(1);
    const { transactions } = await backend.history(own.address, null);
    expect(transactions.map(({ txid }) => txid)).toContain(fast.txid);
    expect(transactions.map(({ txid }) => txid)).not.toContain(slow.txid);
  });

  it.each(['btc', 'bch'] as const)(
    '%s with a signature that is hurt, or with another amount, is refused by the node',
    async (coin) => {
      const node = nodeOf(coin);
      const backend = await serverOf(coin, 'blockbook');
      const wallet = await walletOf(coin, backend, 'software');
      await node.pay(toHex((await wallet.fresh()).script), 20_000_000);
      await node.mine(1);
      const account = await wallet.account();
      const sent = await wallet.send(account, [paymentTo(coin, 1_000_000n)], 2_000n);
      const transaction = parseTransaction(sent.raw, COINS[coin]);
      const [output, ...others] = transaction.outputs;
      if (!output) throw new Error('no output');
      // The good one waits no longer: its outputs are spent in a block, so another one is made of fresh coins.
      await node.mine(1);
      const hurt = { ...transaction, outputs: [{ ...output, amount: output.amount - 1n }, ...others] };
      expect(await failure(backend.broadcast(serializeTransaction(hurt)))).toMatch(/^transaction-refused/);
      const next = await wallet.account();
      await node.pay(toHex(next.receive.fresh.script), 20_000_000);
      await node.mine(1);
      const signed: Uint8Array[] = [];
      const liar = {
        ...backend,
        broadcast: async (raw: Uint8Array) => {
          const other = parseTransaction(raw, COINS[coin]);
          const [first, ...rest] = other.outputs;
          if (!first) throw new Error('no output');
          signed.push(serializeTransaction({ ...other, outputs: [{ ...first, amount: first.amount - 1n }, ...rest] }));
          return backend.broadcast(signed[0] ?? new Uint8Array());
        },
      };
      const robbed = await walletOf(coin, liar, 'software', wallet.number);
      expect(await failure(robbed.send(await robbed.account(), [paymentTo(coin, 1_000_000n)], 2_000n))).toBe(
        'transaction-refused other',
      );
      expect(signed).toHaveLength(1);
    },
  );

  it('is told by its coin and its blocks from that of another', async () => {
    const cash = await serverOf('bch', 'blockbook');
    expect(await failure(probeServer(COINS.btc, cash))).toBe('party-misbehaved other-coin');
    const { info } = await serverOf('btc', 'blockbook');
    expect(await failure(probeServer(COINS.btc, { ...cash, info }))).toBe('party-misbehaved other-fork');
  });

  it('keeps what was just mined until it is mature', async () => {
    const node = nodeOf('bch');
    const backend = await serverOf('bch', 'blockbook');
    const wallet = await walletOf('bch', backend, 'software');
    const own = await wallet.fresh();
    await node.mine(1, toHex(own.script));
    const account = await wallet.account();
    const mined = (await wallet.utxos(account)).filter(({ isCoinbase }) => isCoinbase);
    expect(mined).toMatchObject([{ confirmations: 1 }]);
    const all = paymentTo('bch', total(mined));
    const only = { ...account, receive: { ...account.receive, used: [own] }, change: { ...account.change, used: [] } };
    expect(await failure(wallet.send(only, [{ ...all, amount: 1_000n }], 1_000n))).toMatch(/^insufficient-funds/);
    await node.mine(99);
    await wallet.send(only, [{ ...all, amount: 1_000_000n }], 1_000n);
  });
});

const OWN_ROWS: readonly (readonly [CoinId, Purpose, 'own' | 'before'])[] = [
  ['btc', 84, 'own'],
  ['btc', 86, 'own'],
  ['btc', 49, 'own'],
  ['btc', 44, 'own'],
  ['ltc', 84, 'own'],
  ['ltc', 49, 'own'],
  ['ltc', 44, 'own'],
  ['doge', 44, 'own'],
  ['dash', 44, 'own'],
  ['bch', 44, 'own'],
  ['bch', 44, 'before'],
];

describe('a server of one’s own', () => {
  it.each(OWN_ROWS)(
    'asked for %s on purpose %s (%s paths) by key says what it says address by address',
    async (...row) => {
      const [coin, purpose, paths] = row;
      const node = nodeOf(coin);
      const server = await serveBlockbook({ coin, node });
      const line = socketLine({ connect: () => new WebSocket(server.url) as unknown as Socket, timeoutMs: 20_000 });
      closing.push(server.close, line.close);
      opened += 1;
      const place = (paths === 'own' ? placesOf : placesBeforeSplit)(coin, opened).find(
        (one) => one.purpose === purpose,
      );
      if (!place) throw new Error('no such account');
      const account = deriveAccount(ALL, place);
      const pay = ([chain, index]: readonly [0 | 1, number]) =>
        node.pay(toHex(addressesOf(account, chain)(index).script), coin === 'doge' ? 500_000_000 : 5_000_000);
      for (const at of [
        [0, 0],
        [0, 4],
        [1, 2],
        [0, 20],
      ] as const)
        await pay(at);
      await node.mine(1);
      for (const at of [
        [0, 9],
        [0, 35],
        [0, 52],
        [1, 15],
      ] as const)
        await pay(at);
      const backend = blockbookBackend(line);
      const transaction = async (txid: string) => parsePrevTx(COINS[coin], await backend.transaction(txid), txid);
      const parts = { backend, accounts: blockbookAccounts(line), transaction };
      const { tipHeight } = await backend.info();
      const results = [];
      for (const reader of [readerByKey(parts, account), readerByAddress(backend)]) {
        const { receive, change } = await discoverAccount(reader, account);
        const used = [...receive.used, ...change.used];
        const options = { tipHeight, madeHere: new Set<string>(), frozen: new Set<string>(), transactions: new Map() };
        const utxos = await readUtxos(COINS[coin], { ...backend, utxos: reader.utxos }, used, options);
        const history = await reader.history(used);
        results.push({ receive, change, utxos, history: [...history].sort((a, b) => (a.txid < b.txid ? -1 : 1)) });
      }
      expect(results[0]).toEqual(results[1]);
      expect(results[0]?.receive.used.map(({ index }) => index)).toEqual([0, 4, 9, 20, 35, 52]);
      expect(results[0]?.change.used.map(({ index }) => index)).toEqual([2, 15]);
      expect(results[0]?.utxos).toHaveLength(8);
      expect(results[0]?.history).toHaveLength(8);
      await node.mine(1);
    },
  );
});
