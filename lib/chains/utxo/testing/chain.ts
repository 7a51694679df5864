/**
 * A chain in memory behind the interface of servers: it holds, mines, and refuses what is spent already, and whatever an
 * interpreter of somebody else's does not find unlocked.
 */

import { toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { checkAddress } from '../address';
import type { ListedUtxo, UtxoBackend } from '../backend/types';
import { COINS, type CoinId } from '../coins';
import { parseTransaction, serializeTransaction, type Transaction, txidOf } from '../transaction';
import { scriptError } from './interpreter';

export interface TestChain {
  readonly backend: UtxoBackend;
  /** Puts a transaction into the next block. */
  pay(transaction: Transaction): void;
  /** Somebody sends it: no block has it yet. */
  wait(transaction: Transaction): void;
  mine(): void;
  /** Its block is not of the chain any more: it waits again. */
  takeBack(txid: string): void;
  /** The server loses it, with the block that has it. */
  drop(txid: string): void;
}

export function testChain(id: CoinId): TestChain {
  const coin = COINS[id];
  let tip = 1_000_000;
  /** How often the chain has gone another way: its blocks are others then. */
  let forks = 0;
  const held = new Map<string, { readonly transaction: Transaction; readonly height: number | null }>();
  const at = (address: string) => toHex(checkAddress(coin, address).script);
  const all = () => [...held].map(([txid, one]) => ({ txid, ...one }));
  const spent = () =>
    new Set(all().flatMap(({ transaction }) => transaction.inputs.map(({ txid, index }) => `${txid}:${index}`)));
  const backend: UtxoBackend = {
    info: async () => ({ symbol: coin.symbol, tipHeight: tip }),
    blockHash: async (height) =>
      coin.checkpoints.find((one) => one.height === height && one.of === 'this')?.hash ?? `${height}f${forks}`,
    isUsed: async (address) =>
      all().some(({ transaction }) => transaction.outputs.some(({ script }) => toHex(script) === at(address))),
    utxos: async (address) => {
      const gone = spent();
      return all().flatMap(({ txid, transaction, height }) =>
        transaction.outputs.flatMap(({ amount, script }, index): ListedUtxo[] =>
          toHex(script) !== at(address) || gone.has(`${txid}:${index}`)
            ? []
            : [{ txid, index, amount, height, isCoinbase: false }],
        ),
      );
    },
    history: async (address) => {
      const pays = ({ outputs }: Transaction) => outputs.some(({ script }) => toHex(script) === at(address));
      const spends = ({ inputs }: Transaction) =>
        inputs.some(({ txid, index }) => {
          const output = held.get(txid)?.transaction.outputs[index];
          return output !== undefined && toHex(output.script) === at(address);
        });
      const part = all().filter(({ transaction }) => pays(transaction) || spends(transaction));
      return {
        transactions: part.map(({ txid, height }) => ({
          txid,
          height,
          timeMs: height === null ? null : height * 1_000_000,
        })),
        next: null,
      };
    },
    transaction: async (txid) => {
      const one = held.get(txid);
      if (!one) throw new WalletError('party-misbehaved', { reason: 'refusal' });
      return serializeTransaction(one.transaction);
    },
    feePerKvB: async () => coin.minFeePerKvB,
    broadcast: async (raw) => {
      const transaction = parseTransaction(raw, coin);
      const gone = spent();
      const isSpent = transaction.inputs.some(({ txid, index }) => gone.has(`${txid}:${index}`) || !held.has(txid));
      if (isSpent) throw new WalletError('transaction-refused', { reason: 'inputs-spent' });
      const inputs = transaction.inputs.map(({ txid, index }) => {
        const { amount = 0n, script = new Uint8Array() } = held.get(txid)?.transaction.outputs[index] ?? {};
        return { amount, script };
      });
      const problem = scriptError({ coin: id, inputs }, raw);
      if (problem !== null) throw new Error(`not unlocked: ${problem}`);
      held.set(txidOf(transaction), { transaction, height: null });
      return txidOf(transaction);
    },
  };
  return {
    backend,
    pay: (transaction) => {
      tip += 1;
      held.set(txidOf(transaction), { transaction, height: tip });
    },
    wait: (transaction) => void held.set(txidOf(transaction), { transaction, height: null }),
    takeBack: (txid) => {
      const one = held.get(txid);
      if (one) held.set(txid, { ...one, height: null });
      forks += 1;
    },
    drop: (txid) => {
      if (held.get(txid)?.height != null) forks += 1;
      held.delete(txid);
    },
    mine: () => {
      tip += 1;
      for (const [txid, { transaction, height }] of held) held.set(txid, { transaction, height: height ?? tip });
    },
  };
}
