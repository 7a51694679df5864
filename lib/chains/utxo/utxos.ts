/** Unspent outputs of one's own, and which of them can be spent now. */
import type { OwnAddress } from './accounts';
import type { Coin } from './coins';

export interface Utxo extends Pick<OwnAddress, 'script' | 'scriptType' | 'publicKey' | 'path'> {
  readonly txid: string;
  readonly index: number;
  readonly amount: bigint;
  /** 0 while no block has it. */
  readonly confirmations: number;
  /** Whether it was mined, not paid. */
  readonly isCoinbase: boolean;
  /** Whether it came from an account of one's own, as change does: then it can be spent before a block has it. */
  readonly isOwn: boolean;
  /** Whether the user has put it aside. */
  readonly isFrozen: boolean;
  /** Whether a token of the chain rides on it (CashTokens), which a payment would destroy. */
  readonly carriesToken: boolean;
}

/** Why an output cannot be spent now. */
export type Hold = 'frozen' | 'immature' | 'unconfirmed' | 'token';

export function holdOf(coin: Coin, utxo: Utxo): Hold | null {
  if (utxo.carriesToken) return 'token';
  if (utxo.isCoinbase && utxo.confirmations < coin.coinbaseMaturity) return 'immature';
  if (utxo.isFrozen) return 'frozen';
  return utxo.confirmations === 0 && !utxo.isOwn ? 'unconfirmed' : null;
}

/** The name of an output: two of the same are the same. */
export const outpoint = ({ txid, index }: Pick<Utxo, 'txid' | 'index'>): string => `${txid}:${index}`;
