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
  /** Whether it was mined; null where the server does not say. */
  readonly isCoinbase: boolean | null;
}

/** A transaction that an address has part in. */
export interface ListedTransaction {
  readonly txid: string;
  readonly height: number | null;
  /** Of its block, or when the server first saw it; ms since the epoch; null if it does not know. */
  readonly timeMs: number | null;
}

/** Some of them, newest first. */
export interface HistoryPage {
  readonly transactions: readonly ListedTransaction[];
  /** To be given back for older ones; null if there are none. */
  readonly next: string | null;
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
  /** @param from null for the newest, else `next` of the page before */
  history(address: string, from: string | null): Promise<HistoryPage>;
  /** As it travels. */
  transaction(txid: string): Promise<Uint8Array>;
  /** In the smallest unit for 1,000 virtual bytes; null where the server cannot say. @param blocks how soon, from 1 */
  feePerKvB(blocks: number): Promise<bigint | null>;
  /**
   * Hands over a signed transaction.
   * @returns what the server calls it. @throws `transaction-refused` with a `BroadcastProblem` as reason
   */
  broadcast(raw: Uint8Array): Promise<string>;
}

/** An address of an account, and where a server says that it stands: its last two steps are chain and index. */
export interface PlacedAddress {
  readonly address: string;
  readonly path: string;
}

export interface AccountUsage {
  /** What transactions in blocks have had part of. */
  readonly used: readonly PlacedAddress[];
  /** Ids of transactions that no block has. */
  readonly waiting: readonly string[];
}

/**
 * What a server of one's own is asked of a whole account, by its descriptor: whoever is asked so knows all addresses of the
 * account, also later ones. Throws as `UtxoBackend` does, and `party-misbehaved` reason `no-descriptors` from one that
 * understands none.
 */
export interface AccountBackend {
  /** @param gapLimit how many unused addresses after the last one that a block has used are looked at */
  usage(descriptor: string, gapLimit: number): Promise<AccountUsage>;
  /** Of the addresses within the gap limit of BIP-44. */
  utxos(descriptor: string): Promise<readonly (ListedUtxo & PlacedAddress)[]>;
  /** Of the same. @param from null for the newest, else `next` of the page before */
  history(descriptor: string, from: string | null): Promise<HistoryPage>;
}
