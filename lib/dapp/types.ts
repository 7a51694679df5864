/** What the answering of sites is handed of the wallet. */
import type { AccountRef } from '@/lib/chains/account-ref';
import type { Address, UnsignedTransaction } from '@/lib/chains/types';
import type { Grants } from './allowances/grants';
import type { Documents } from './documents';
import type { Limits } from './limits';
import type { Requests, StoredRequest } from './requests';
import type { Sites } from './sites';

/** An account that can sign. */
export interface OwnAccount {
  readonly at: AccountRef;
  readonly address: Address;
}

export interface WalletSide {
  isUnlocked(): Promise<boolean>;
  /** Those that can sign, in the user's order, also while it is locked. */
  accounts(): Promise<readonly OwnAccount[]>;
  /**
   * @param digest 32 bytes in hex
   * @param request what it is of: a device shows that, and goes on under its key after a stop
   * @throws WalletError `locked`, `device-cancelled`, `device-page-closed`
   */
  signDigest(
    at: AccountRef,
    digest: `0x${string}`,
    request: Pick<StoredRequest, 'key' | 'asked'>,
  ): Promise<`0x${string}`>;
  /**
   * Signs and sends; again for one that was sent already does nothing more.
   * @param purpose the name under which a device goes on after a stop
   * @throws WalletError `locked`, `transaction-refused`, `device-cancelled`, `device-page-closed`
   */
  send(by: OwnAccount, transaction: UnsignedTransaction, feeWei: string, purpose: string): Promise<`0x${string}`>;
  /** Whether another transaction with the nonce of one that was sent is in the chain: that one never will be. */
  isReplaced(hash: `0x${string}`): Promise<boolean>;
  /** The nonce after what is pending. */
  nextNonce(chainId: number, from: Address): Promise<number>;
}

export interface ChainSide {
  /** The network of sites that have none: the first of the build, whatever the user looks at. */
  firstChainId(): Promise<number>;
  isKnown(chainId: number): Promise<boolean>;
  /** JSON-RPC to the user's node of that network. */
  request(chainId: number, method: string, params: unknown): Promise<unknown>;
  /** @throws WalletError `bad-network` */
  add(chain: {
    chainId: number;
    name: string;
    symbol: string;
    rpcUrl: string;
    explorerUrl: string | null;
  }): Promise<void>;
  /** @throws WalletError `bad-token` */
  addToken(chainId: number, address: string): Promise<void>;
}

/** The one window in which users decide. */
export interface ApprovalWindow {
  /** Opens it, or brings it to the front. */
  show(): Promise<void>;
  /** It was shown, and is not there any more. */
  wasClosed(): Promise<boolean>;
  /** Closes it; that is no answer of the user's. */
  close(): Promise<void>;
}

/** Calls that were sent together (EIP-5792). */
export interface Batch {
  readonly origin: string;
  readonly id: string;
  /** The key of the request that sends it; missing in records of older builds. */
  readonly request?: string;
  readonly chainId: number;
  readonly hashes: readonly `0x${string}`[];
  /** How many calls there were. */
  readonly calls: number;
}

export interface DappDeps {
  readonly wallet: WalletSide;
  readonly chains: ChainSide;
  readonly window: ApprovalWindow;
  readonly sites: Sites;
  readonly limits: Limits;
  readonly requests: Requests;
  readonly documents: Documents;
  readonly batches: { read(): Promise<Batch[] | null>; write(value: Batch[]): Promise<void> };
  /** Who was allowed what through this wallet. */
  readonly grants: Pick<Grants, 'note'>;
  /** What each site was last told of the wallet's state, as JSON. */
  readonly told: {
    read(): Promise<Record<string, string> | null>;
    write(value: Record<string, string>): Promise<void>;
  };
  /** Something that the wallet's own pages show has changed. */
  readonly changed: () => void;
  /** As sites see it. */
  readonly version: string;
  readonly random: (length: number) => Uint8Array;
  /** ms since the epoch */
  readonly now: () => number;
}
