/** What the wallet needs of a chain, whatever its kind. Amounts are in the smallest unit, as bigint. */
import { type FeeChoice, type FeeSpeed, type GasPrice, highestPerGasWei } from './gas-price';
import type { IncomingChain } from './incoming';

export type Address = `0x${string}`;

export interface ChainInfo {
  readonly chainId: number;
  readonly name: string;
  /** Of the unit that fees are paid in. */
  readonly symbol: string;
  readonly decimals: number;
}

/** An ERC-20 token as its contract describes it. */
export interface Token {
  readonly address: Address;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
}

/** Something that may be held: a token of an owner, or with `null` the chain's own unit. */
export interface Holding {
  readonly owner: Address;
  readonly token: Address | null;
}

/** Something that is asked of a contract. */
export interface ContractCall {
  readonly to: Address;
  readonly data: `0x${string}`;
}

/** Everything that there is (less the fee, in the chain's own unit), or an amount. */
export type Amount = { readonly units: bigint } | 'everything';

/** What a transaction says beforehand that it will touch (EIP-2930), at a lower price. */
export type AccessList = readonly {
  readonly address: Address;
  /** 32 bytes each. */
  readonly storageKeys: readonly `0x${string}`[];
}[];

/** A transaction before its signature. */
export interface UnsignedTransaction {
  readonly chainId: number;
  readonly nonce: number;
  /** Null makes a contract. */
  readonly to: Address | null;
  readonly valueWei: bigint;
  /** What a contract is told; `0x` in a plain transfer. */
  readonly data: `0x${string}`;
  readonly gas: bigint;
  /** What is offered for a unit of gas. */
  readonly price: GasPrice;
  /** Missing where there is none. */
  readonly accessList?: AccessList;
}

export interface SendRequest {
  readonly from: Address;
  /** Who gets it, also where the transaction goes to a token's contract. */
  readonly to: Address;
  readonly amount: Amount;
  readonly token: Address | null;
  readonly fee: FeeChoice;
}

/** What the network can charge, in wei. */
export interface PreparedFee {
  /** The most; on a rollup with the fee of the chain below. */
  readonly feeWei: bigint;
  /** The same at each level. */
  readonly levelFeesWei: Readonly<Record<FeeSpeed, bigint>>;
  /** What the next block asks for a unit of gas at least; 0 where nothing is asked. */
  readonly baseFeePerGasWei: bigint;
}

/** A transaction ready to be signed, and what it comes to. */
export interface PreparedSend extends PreparedFee {
  readonly transaction: UnsignedTransaction;
  /** What arrives, in the smallest unit of the token or of the chain. */
  readonly units: bigint;
}

/** Any call, as somebody else has put it together. What is left out is the wallet's to choose. */
export interface CallRequest {
  readonly from: Address;
  /** Null makes a contract. */
  readonly to: Address | null;
  readonly valueWei: bigint;
  readonly data: `0x${string}`;
  readonly accessList?: AccessList;
  readonly gas?: bigint;
  readonly nonce?: number;
  readonly price?: GasPrice;
  /** Null: the price that was asked for, or else the normal one. */
  readonly fee: FeeChoice | null;
}

/** A call ready to be signed. */
export interface PreparedCall extends PreparedFee {
  readonly transaction: UnsignedTransaction;
  /** What the account has of the chain's own unit. */
  readonly balanceWei: bigint;
  /** Whose numbers the price is. */
  readonly chosen: FeeSpeed | 'custom' | 'site';
  /** The gas that the node thinks it needs; null if it thinks that it would fail. */
  readonly estimate: bigint | null;
  /** The next nonce of the account, as the node counts. */
  readonly nextNonce: number;
}

/** A transaction in the place of a pending one, with the same nonce. */
export interface ReplaceRequest {
  readonly from: Address;
  /** The signed transaction that is pending. */
  readonly raw: `0x${string}`;
  /** `speed-up`: the same, dearer. `cancel`: nothing to oneself. */
  readonly how: 'speed-up' | 'cancel';
}

/** Somebody that a text leads to. */
export interface FoundRecipient {
  readonly address: Address;
  /** The name that was typed, as it was looked up; null for an address. */
  readonly name: string | null;
}

/** What became of a transaction. `gone`: another one with its nonce was mined in its place. */
export type Outcome =
  | { readonly state: 'pending' }
  | { readonly state: 'confirmed' | 'failed'; readonly feeWei: bigint }
  | { readonly state: 'gone' };

/** A chain through its node. Every method but `checkAddress` may throw `chain-unreachable`. */
export interface ChainAdapter {
  readonly info: ChainInfo;
  /** The address in its checksummed form. @throws `bad-address` with a reason */
  checkAddress(text: string): Address;
  /** All at once, in as few requests as the chain allows; null where a token's contract gives no answer. */
  balances(holdings: readonly Holding[]): Promise<ReadonlyArray<bigint | null>>;
  /** What contracts answer, all at once, as they are now; null where one refuses. */
  read(calls: readonly ContractCall[]): Promise<ReadonlyArray<`0x${string}` | null>>;
  /** @throws `bad-token`: `no-contract`, `not-a-token`, `no-decimals` (then amounts cannot be shown), `no-symbol` */
  token(address: Address): Promise<Token>;
  /**
   * A transaction ready to be signed, with fee and nonce as the node has them now.
   * @throws `bad-fee`, `insufficient-funds` (reason `amount` or `fee`), `transaction-refused` if the recipient (or the
   *   token) would refuse it, `party-misbehaved` if the node is one of another chain
   */
  prepareSend(request: SendRequest): Promise<PreparedSend>;
  /**
   * Any call ready to be signed, also one that would fail or that there is too little for: whoever shows it says so.
   * @throws `bad-fee`, `party-misbehaved` if the node is one of another chain
   */
  prepareCall(request: CallRequest): Promise<PreparedCall>;
  /** JSON-RPC as it is. @throws NodeRefusal if the node refuses, WalletError `chain-unreachable` if it does not answer */
  request(method: string, params: unknown): Promise<unknown>;
  /**
   * The same for a transaction in the place of a pending one; it costs at least an eighth more.
   * @throws `already-mined` if the pending one, or another in its place, is mined; `insufficient-funds`
   */
  prepareReplacement(request: ReplaceRequest): Promise<PreparedSend>;
  /** An address, or what a name leads to. @throws `bad-address` with a reason */
  findRecipient(text: string): Promise<FoundRecipient>;
  /** What a node tells of things that have arrived. */
  readonly arrivals: IncomingChain;
  /** Hands over a signed transaction. Repeating it is harmless. @throws `transaction-refused` with a reason */
  broadcast(raw: `0x${string}`): Promise<void>;
  /** Whether the node has a transaction, mined or waiting. */
  knows(hash: `0x${string}`): Promise<boolean>;
  outcome(transaction: { hash: `0x${string}`; from: Address; nonce: number }): Promise<Outcome>;
}

/** The highest fee that the gas of a transaction can cost, in wei. */
export const highestFeeWei = ({ gas, price }: Pick<UnsignedTransaction, 'gas' | 'price'>): bigint =>
  gas * highestPerGasWei(price);
