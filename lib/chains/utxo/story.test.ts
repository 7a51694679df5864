import { describe, expect, it } from 'vitest';
import { deriveAccount, placesOf } from './accounts';
import { checkBroadcast } from './backend/checks';
import { probeServer, readUtxos } from './backend/read-utxos';
import type { UtxoBackend } from './backend/types';
import { COIN_IDS, COINS, type CoinId } from './coins';
import { discoverAccounts, type FoundAccount } from './discover';
import { prepareDraft } from './draft';
import { signDraft } from './sign';
import { testChain } from './testing/chain';
import { scriptError } from './testing/interpreter';
import { ALL, addressAt, keysOf } from './testing/seed';
import { fundingOf, paymentTo } from './testing/wallet';
import { serializeTransaction } from './transaction';
import type { Utxo } from './utxos';
import { verifySigned } from './verify';

const keys = keysOf(ALL);
const total = (utxos: readonly Utxo[]) => utxos.reduce((sum, { amount }) => sum + amount, 0n);
const addressesOf = (found: readonly FoundAccount[]) =>
  found.flatMap(({ receive, change }) => [...receive.used, ...change.used]);
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, details }) => `${code} ${details?.reason}`,
  );

/** Somebody pays the first address of every kind of account. */
function paidChain(coin: CoinId) {
  const chain = testChain(coin);
  const owners = COINS[coin].purposes.map((purpose) => ({
    to: addressAt(ALL, coin, purpose, 0, 4),
    amount: 30_000_000n,
  }));
  chain.pay(fundingOf(owners));
  return chain;
}

function walletOf(coin: CoinId, backend: UtxoBackend) {
  const madeHere = new Set<string>();
  const transactions = new Map<string, Uint8Array>();
  const find = () =>
    discoverAccounts(
      () => backend,
      placesOf(coin),
      (place) => deriveAccount(ALL, place),
      { gapLimit: 5 },
    );
  const read = async (found: readonly FoundAccount[]) => {
    const { tipHeight } = await probeServer(COINS[coin], backend);
    return readUtxos(COINS[coin], backend, addressesOf(found), {
      tipHeight,
      madeHere,
      frozen: new Set(),
      transactions,
    });
  };
  return { find, read, madeHere, transactions };
}

describe('a wallet of a seed', () => {
  it.each(COIN_IDS)('of %s finds what it has, sends of it, and finds the change', async (coin) => {
    const { backend, mine } = paidChain(coin);
    const wallet = walletOf(coin, backend);
    const found = await wallet.find();
    const [usual] = found;
    if (!usual) throw new Error('no account');
    const before = await wallet.read([usual]);
    expect(total(before)).toBe(30_000_000n);
    const feePerKvB = (await backend.feePerKvB(1)) ?? 0n;
    const payments = [paymentTo(coin, 10_000_000n)];
    const draft = prepareDraft({
      coin,
      utxos: before,
      picked: null,
      payments,
      everythingTo: null,
      change: usual.change.fresh,
      feePerKvB,
    });
    const raw = signDraft(draft, keys);
    const verdict = verifySigned(draft, raw);
    if (!verdict.ok) throw new Error(verdict.problem);
    expect(scriptError(draft, raw)).toBeNull();
    checkBroadcast(verdict.transaction, await backend.broadcast(raw));
    wallet.madeHere.add(verdict.txid);
    const pending = await wallet.read((await wallet.find()).slice(0, 1));
    expect(pending.map(({ isOwn, confirmations }) => [isOwn, confirmations])).toEqual([[true, 0]]);
    expect(total(pending)).toBe(20_000_000n - draft.fee);
    expect(await failure(backend.broadcast(raw))).toBe('transaction-refused inputs-spent');
    mine();
    const after = await wallet.read((await wallet.find()).slice(0, 1));
    expect(after.map(({ confirmations }) => confirmations)).toEqual([1]);
    expect(after[0]?.path).toEqual(usual.change.fresh.path);
  });

  it('finds coins on every kind of account', async () => {
    const { backend } = paidChain('btc');
    const wallet = walletOf('btc', backend);
    const utxos = await wallet.read(await wallet.find());
    expect(utxos.map(({ scriptType }) => scriptType)).toEqual(['p2wpkh', 'p2tr', 'p2sh-p2wpkh', 'p2pkh']);
  });

  it('believes no server that lies, and keeps nothing of what it said', async () => {
    const { backend } = paidChain('btc');
    const found = await walletOf('btc', backend).find();
    const asked = async (lies: Partial<UtxoBackend>) => {
      const wallet = walletOf('btc', { ...backend, ...lies });
      const answer = await failure(wallet.read(found));
      expect(wallet.transactions.size).toBe(0);
      return answer;
    };
    const richer = async (address: string) =>
      (await backend.utxos(address)).map((utxo) => ({ ...utxo, amount: utxo.amount + 1n }));
    expect(await asked({ utxos: richer })).toBe('party-misbehaved wrong-amount');
    const elsewhere = async (address: string) =>
      (await backend.utxos(address)).map((utxo) => ({ ...utxo, txid: 'ab'.repeat(32) }));
    expect(await asked({ utxos: elsewhere, transaction: async () => serializeTransaction(fundingOf([])) })).toBe(
      'party-misbehaved malformed-transaction',
    );
    const forged = async () =>
      serializeTransaction(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 4), amount: 30_000_000n }], 2));
    expect(await asked({ transaction: forged })).toBe('party-misbehaved wrong-txid');
    const same = await backend.utxos(addressAt(ALL, 'btc', 84, 0, 4).address);
    expect(await asked({ utxos: async () => same })).toBe('party-misbehaved duplicate');
    const mined = async (address: string) =>
      (await backend.utxos(address)).map((utxo) => ({ ...utxo, isCoinbase: true }));
    expect(await asked({ utxos: mined })).toBe('party-misbehaved wrong-coinbase');
    const cash = testChain('bch').backend;
    expect(await asked({ blockHash: cash.blockHash })).toBe('party-misbehaved other-fork');
    expect(await asked({ info: cash.info })).toBe('party-misbehaved other-coin');
    expect(await asked({ info: async () => ({ symbol: null, tipHeight: 5 }) })).toBe('party-misbehaved behind');
  });
});
