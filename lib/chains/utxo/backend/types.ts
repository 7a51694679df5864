/** What a server of a coin is asked, whatever it speaks. Nothing that it says is believed before `checks.ts` has seen it. */

export interface ServerInfo {
  /** As the server names its coin, such as `BTC`; null where it does not. */
  readonly symbol: string | null;
  readonly tipHeight: number;
}

/** An unspent output of an address. */
export interface ListedUtxo {
  readonly txid: string;
  readonly index: number;
  readonly amount: bigint;
  /** Null while no block has it. */
  readonly height: number | null;
  readonly isCoinbase: boolean;
}

/** A transaction that an address has part in. */
export interface ListedTransaction {
  readonly txid: string;
  readonly height: number | null;
  /** Of its block, or when the server first saw it; ms since the epoch; null if it does not know. */
  readonly timeMs: number | null;
}

/**
 * Every method may throw `chain-unreachable`, or `party-misbehaved` for an answer of another shape. Addresses are asked one
 * by one, so that no server learns which belong together unless it is told.
 */
export interface UtxoBackend {
  info(): Promise<ServerInfo>;
  /** As explorers show it. */
  blockHash(height: number): Promise<string>;
  /** Whether a transaction, also one that waits, has ever had part of the address. */
  isUsed(address: string): Promise<boolean>;
  utxos(address: string): Promise<readonly ListedUtxo[]>;
  /** Newest first. @param page from 0 */
  history(address: string, page: number): Promise<readonly ListedTransaction[]>;
  /** As it travels. */
  transaction(txid: string): Promise<Uint8Array>;
  /** In the smallest unit for 1,000 virtual bytes; null where the server cannot say. @param blocks how soon, from 1 */
  feePerKvB(blocks: number): Promise<bigint | null>;
  /** Hands over a signed transaction. @returns what the server calls it. @throws `transaction-refused` */
  broadcast(raw: Uint8Array): Promise<string>;
}
