/** What can go wrong with a key provider, and what the caller may do. */
export type KmsErrorCode =
  /** The key, the blob or the AAD is not the one it was wrapped with: never try again. */
  | 'refused'
  /** The blob names a key version that is not there: restore it, or answer 503. */
  | 'key-missing'
  /** The provider does not answer: try again. */
  | 'unavailable'
  /** The provider is not usable as configured: refuse to start. */
  | 'misconfigured';

/** The one error of this folder. Its message holds no key, blob or AAD. */
export class KmsError extends Error {
  override readonly name = 'KmsError';
  constructor(
    readonly code: KmsErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** A data key under the provider's key. */
export interface WrappedKey {
  /** Which provider and key ring wrapped it. */
  kid: string;
  /** Version of the key within that ring. */
  version: string;
  /** Opaque to everybody but the provider. */
  blob: Uint8Array;
}

/**
 * Wraps the keys that encrypt rows (data keys, 32 bytes) with a key that stays where it is: in a file, in an HSM, in a
 * cloud. Every driver passes `key-provider.contract.ts`.
 */
export interface KeyProvider {
  /** Names provider and key ring, such as `local:1f0c9a…`; stands in each record as `kid`. */
  readonly id: string;
  /** Wraps with the current version. @throws KmsError `unavailable`. */
  wrap(dek: Uint8Array, aad: Uint8Array): Promise<WrappedKey>;
  /** @throws KmsError `refused`, `key-missing` or `unavailable`. */
  unwrap(wrapped: WrappedKey, aad: Uint8Array): Promise<Uint8Array>;
  /** The same data key under the current version. @throws KmsError as `unwrap`. */
  rewrap(wrapped: WrappedKey, aad: Uint8Array): Promise<WrappedKey>;
  currentVersion(): Promise<string>;
  /** Looks at the keys anew. @throws KmsError saying why they cannot be used now. */
  health(): Promise<void>;
}

/** What an operator does with the keys of a driver that keeps its versions itself. */
export interface KeyAdmin {
  /** Makes a key with the next version and makes it current. @returns the version */
  addVersion(): Promise<string>;
  /** Puts a version out of use; what was wrapped with it does not open any more. The driver says how that is undone. */
  retireVersion(version: string): Promise<void>;
}
