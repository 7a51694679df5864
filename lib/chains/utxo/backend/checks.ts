/** A server's answers held against what can be known without it. Pure; a lie is `party-misbehaved` with its reason. */
import { equalBytes } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { OwnAddress } from '../accounts';
import type { Checkpoint, Coin } from '../coins';
import { checkOutput, parsePrevTx } from '../previous';
import { keyScript } from '../script';
import { type Transaction, txidOf } from '../transaction';
import type { Utxo } from '../utxos';
import type { ListedUtxo, ServerInfo } from './types';

/**
 * `other-coin`: it says so itself. `other-fork`: a block after a split is not this chain's. `behind`: it does not have that
 * block yet. `wrong-coinbase`: something mined is called a payment, or the other way round. `other-txid`: what was broadcast
 * has another name with it. `future-height`: a block above its own tip. `duplicate`: the same output twice.
 * `foreign-address`: asked for an account, it names an address that is not there. `foreign-transaction`: one in which no own
 * address has part. `no-descriptors`: it understands no keys of accounts.
 */
export type ServerProblem =
  | 'other-coin'
  | 'other-fork'
  | 'behind'
  | 'wrong-coinbase'
  | 'other-txid'
  | 'future-height'
  | 'duplicate'
  | 'foreign-address'
  | 'foreign-transaction'
  | 'no-descriptors';

/**
 * Whether a server is of the coin: chains that have split share their first blocks, so later ones are compared.
 * @param hashAt the server's answers for the heights of `coin.checkpoints`
 */
export function checkServer(coin: Coin, info: ServerInfo, hashAt: (height: number) => string): void {
  if (info.symbol !== null && info.symbol.toUpperCase() !== coin.symbol) throw lie('other-coin');
  if (coin.checkpoints.some(({ height }) => height > info.tipHeight)) throw lie('behind');
  const isKept = ({ height, hash, of }: Checkpoint) => (hashAt(height) === hash) === (of === 'this');
  if (!coin.checkpoints.every(isKept)) throw lie('other-fork');
}

/** A listed output, with the raw transaction that a server says it is of. */
export interface Proof {
  readonly listed: ListedUtxo;
  readonly raw: Uint8Array;
}

/** What a wallet knows of an output beside what the server says. */
export interface Knowledge {
  readonly owner: OwnAddress;
  readonly tipHeight: number;
  readonly isOwn: boolean;
  readonly isFrozen: boolean;
}

/**
 * An output that is really there, with this amount and this script, in a transaction of this id. Whether it is still
 * unspent only the network can say; a spent one costs a refused transaction and no money. Null for one to the bare key,
 * which a Blockbook lists with the key's address: it is left where it is.
 * @throws WalletError `party-misbehaved` with a `ServerProblem` or a `PreviousProblem` as reason
 */
export function proveUtxo(coin: Coin, { listed, raw }: Proof, known: Knowledge): Utxo | null {
  const { txid, index, amount, height } = listed;
  const { owner, tipHeight, isOwn, isFrozen } = known;
  const transaction = parsePrevTx(coin, raw, txid);
  const output = transaction.outputs[index];
  if (output && equalBytes(output.script, keyScript(owner.publicKey))) return null;
  const { carriesToken } = checkOutput(coin, transaction, { index, amount, script: owner.script });
  if (height !== null && height > tipHeight) throw lie('future-height');
  const isCoinbase = isMined(transaction);
  if (listed.isCoinbase !== null && isCoinbase !== listed.isCoinbase) throw lie('wrong-coinbase');
  const { script, scriptType, publicKey, path } = owner;
  const confirmations = height === null ? 0 : tipHeight - height + 1;
  const own = { script, scriptType, publicKey, path };
  return { ...own, txid, index, amount, confirmations, isCoinbase, isOwn, isFrozen, carriesToken };
}

/** The same for all; no output may be named twice. */
export function checkDistinct(listed: readonly Pick<ListedUtxo, 'txid' | 'index'>[]): void {
  if (new Set(listed.map(({ txid, index }) => `${txid}:${index}`)).size !== listed.length) throw lie('duplicate');
}

/** What a server calls a transaction that it has taken. */
export function checkBroadcast(transaction: Transaction, answer: string): void {
  if (answer !== txidOf(transaction)) throw lie('other-txid');
}

/** The first of a block makes what it pays out: it spends nothing. */
const isMined = ({ inputs }: Transaction): boolean =>
  inputs.length === 1 && inputs.every(({ txid, index }) => /^0+$/.test(txid) && index === 0xffff_ffff);

export const lie = (reason: ServerProblem) => new WalletError('party-misbehaved', { reason });
