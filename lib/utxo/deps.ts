/** What the accounts of Bitcoin and its relatives are handed of the world. */
import type { z } from 'zod';
import type { DigestRequest } from '@/lib/chains/digest-signature';
import type { Socket } from '@/lib/chains/utxo/backend/socket-line';

/** One stored value; `lib/platform` makes them. */
export interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** An extended public key (BIP-32): compressed, 33 bytes, and its chain code, 32. */
export interface ExtendedPublicKey {
  readonly publicKey: Uint8Array;
  readonly chainCode: Uint8Array;
  readonly parentFingerprint: number;
}

/** Whoever holds the seed. Private keys stay there. */
export interface UtxoKeys {
  /** @throws WalletError `locked`; `bad-message` for a wallet without a seed, or a path that is none of these coins' */
  extended(
    walletId: string,
    paths: ReadonlyArray<readonly number[]>,
  ): Promise<{ readonly fingerprint: number; readonly keys: readonly ExtendedPublicKey[] }>;
  /** One signature a request. @throws as above */
  sign(walletId: string, requests: readonly DigestRequest[]): Promise<readonly Uint8Array[]>;
}

export interface UtxoDeps {
  /** A value under a name in `storage.local` or `storage.session`. */
  open<Schema extends z.ZodType>(area: 'local' | 'session', name: string, schema: Schema): Stored<z.output<Schema>>;
  readonly keys: UtxoKeys;
  /** Whether a wallet signs here, by a device, or not at all: it is asked before anything of it is. */
  signsBy(walletId: string): Promise<'seed' | 'device' | 'nothing'>;
  readonly connect: (url: string) => Socket;
  readonly fetch: typeof fetch;
  /** Whether the policy of this build lets a server of the user's own be reached. */
  readonly mayReach: (url: URL) => boolean;
  readonly random: (length: number) => Uint8Array;
  /** ms since the epoch */
  readonly now: () => number;
  /** Something that pages show has changed. */
  readonly changed: () => void;
}
