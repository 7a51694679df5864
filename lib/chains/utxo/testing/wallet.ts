/** A wallet with outputs of its own, on a chain that is made up. */
import { toHex } from '@/lib/bytes';
import type { OwnAddress } from '../accounts';
import { checkAddress } from '../address';
import { COINS, type CoinId, type Purpose } from '../coins';
import { hash256 } from '../script';
import { serializeTransaction, type Transaction, txidOf } from '../transaction';
import type { Utxo } from '../utxos';
import { ABANDON, ALL, addressAt } from './seed';

/** A transaction of somebody that pays these addresses. */
export function fundingOf(
  payments: readonly { readonly to: OwnAddress; readonly amount: bigint }[],
  nonce = 1,
): Transaction {
  const txid = toHex(hash256(Uint8Array.of(nonce)));
  return {
    version: 2,
    inputs: [{ txid, index: nonce, script: Uint8Array.of(1, 1), sequence: 0xffff_ffff, witness: [] }],
    outputs: payments.map(({ to, amount }) => ({ amount, script: to.script })),
    lockTime: 0,
    extraData: new Uint8Array(),
  };
}

export interface Funded {
  readonly utxos: Utxo[];
  /** The transactions that made them, by their ids. */
  readonly previous: Map<string, Transaction>;
  /** The same, as they travel. */
  readonly raw: Map<string, Uint8Array>;
  readonly change: OwnAddress;
}

/** One output on each of the first addresses of an account of the seed `ALL`. */
export function funded(coin: CoinId, purpose: Purpose, amounts: readonly bigint[], but: Partial<Utxo> = {}): Funded {
  const owners = amounts.map((amount, index) => ({ to: addressAt(ALL, coin, purpose, 0, index), amount }));
  const transaction = fundingOf(owners);
  const txid = txidOf(transaction);
  const utxos = owners.map(({ to: { script, scriptType, publicKey, path }, amount }, index): Utxo => {
    const own = { script, scriptType, publicKey, path };
    const state = { confirmations: 6, isCoinbase: false, isOwn: false, isFrozen: false, carriesToken: false };
    return { ...own, ...state, txid, index, amount, ...but };
  });
  const change = addressAt(ALL, coin, purpose, 1, 0);
  return {
    utxos,
    previous: new Map([[txid, transaction]]),
    raw: new Map([[txid, serializeTransaction(transaction)]]),
    change,
  };
}

/** A payment to an address of somebody else. */
export function paymentTo(coin: CoinId, amount: bigint, purpose: Purpose = 44) {
  return { amount, script: checkAddress(COINS[coin], addressAt(ABANDON, coin, purpose, 0, 3).address).script };
}
