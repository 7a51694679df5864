import type { OnceStore } from '@/services/http/sessions/dpop';

/** A code that waits for the device that asked for it. */
export interface Handoff {
  /** SHA-256 of the handle, 32 bytes. The handle itself is nowhere but in the browser. */
  readonly handleHash: Uint8Array;
  /** Id of the provider. */
  readonly provider: string;
  /** PKCE: SHA-256 of the verifier, 32 bytes. */
  readonly challenge: Uint8Array;
  /** Of the device key that may redeem, 32 bytes. */
  readonly thumbprint: Uint8Array;
  /** The nonce that the ID token must carry, 32 bytes. */
  readonly nonce: Uint8Array;
  /** The provider's code under a key that follows from the handle. */
  readonly sealedCode: Uint8Array;
  readonly expiresAtMs: number;
}

/** What must be shown for a handoff. */
export interface HandoffClaim {
  readonly handleHash: Uint8Array;
  readonly challenge: Uint8Array;
  readonly thumbprint: Uint8Array;
}

/** A notice of a provider on its way to one server. */
export interface Notice {
  /** Follows from notice and target, so that a repeated notice is one. */
  readonly id: string;
  /** Address of the server, without a final slash. */
  readonly target: string;
  /** As the provider signed it. */
  readonly notice: string;
  /** Attempts that failed. */
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly expiresAtMs: number;
}

/** What a relay keeps, each for minutes, a notice for a day at most. */
export interface RelayStore extends OnceStore {
  putHandoff(handoff: Handoff): Promise<void>;
  /** Gives a handoff away, once, to whoever shows all three; null, with nothing changed, to everybody else. Atomic. */
  takeHandoff(claim: HandoffClaim, nowMs: number): Promise<Handoff | null>;
  /** One that is known already stays as it is. */
  addNotice(notice: Notice): Promise<void>;
  /** Due and not expired, the longest due first. */
  listDueNotices(nowMs: number, limit: number): Promise<Notice[]>;
  postponeNotice(id: string, next: { readonly attempts: number; readonly dueAtMs: number }): Promise<void>;
  removeNotice(id: string): Promise<void>;
  /** Forgets what has expired. @returns how many notices were among it */
  removeExpired(nowMs: number): Promise<number>;
}
