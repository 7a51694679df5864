/** Transactions whose outputs are spent, as a server hands them over; a lying one is found out by the hash. */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Coin } from './coins';
import { parseTransaction, type Transaction, txidOf } from './transaction';

export type PreviousProblem =
  | 'malformed-transaction'
  | 'wrong-txid'
  | 'no-such-output'
  | 'wrong-amount'
  | 'wrong-script';

/**
 * The transaction that has this id, for sure: the id is computed again.
 * @throws WalletError `party-misbehaved` with a `PreviousProblem` as reason
 */
export function parsePrevTx(coin: Coin, raw: Uint8Array, txid: string): Transaction {
  const transaction = parsed(raw, coin);
  if (txidOf(transaction) !== txid) throw lie('wrong-txid');
  return transaction;
}

/** An output as a server has listed it. */
export interface ListedOutput {
  readonly index: number;
  readonly amount: bigint;
  readonly script: Uint8Array;
}

/**
 * Whether a token rides on an output that a server has listed.
 * @throws WalletError `party-misbehaved` if the transaction does not have this output
 */
export function checkOutput(coin: Coin, transaction: Transaction, listed: ListedOutput): { carriesToken: boolean } {
  const output = transaction.outputs[listed.index];
  if (!output) throw lie('no-such-output');
  if (output.amount !== listed.amount) throw lie('wrong-amount');
  const carriesToken = coin.tokenPrefix !== null && output.script[0] === coin.tokenPrefix;
  const script = carriesToken ? output.script.slice(-listed.script.length) : output.script;
  if (!equalBytes(script, listed.script)) throw lie('wrong-script');
  return { carriesToken };
}

function parsed(raw: Uint8Array, coin: Coin): Transaction {
  try {
    return parseTransaction(raw, coin);
  } catch {
    throw lie('malformed-transaction');
  }
}

const lie = (reason: PreviousProblem) => new WalletError('party-misbehaved', { reason });
