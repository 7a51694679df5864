/**
 * Challenges of a release. None is stored: each says itself until when it is good, and a MAC over it names whom it was
 * given to. So nobody can push another one's out, however many are asked for. What is stored is which were used, and only
 * who has proved the PIN can use one.
 */
import { createHmac } from 'node:crypto';
import { encode, equalBytes, readU32, toBase64url, u32 } from '@/lib/bytes';
import type { OnceStore } from '@/services/http/sessions/dpop';

/** From the answer on, rounded up to whole seconds. */
export const CHALLENGE_LIFE_MS = 120_000;
/** The clock of another process of this vault may be behind by as much. */
const USED_KEPT_MS = 2 * CHALLENGE_LIFE_MS;
const EXPIRY_BYTES = 4;
/** Two challenges of one second differ. */
const SALT_BYTES = 12;
const MAC_BYTES = 16;

/** Whom and what a challenge is for: one device key, one row. */
export interface ChallengePurpose {
  /** 32 bytes. */
  readonly accountId: Uint8Array;
  /** Thumbprint of the device key, 32 bytes. */
  readonly jkt: Uint8Array;
  readonly generation: number;
  /** 16 bytes. */
  readonly slot: Uint8Array;
}

export interface Challenges {
  /** 32 bytes: when it ends in seconds (u32), a salt, and the MAC. */
  give(purpose: ChallengePurpose, nowMs: number): { challenge: Uint8Array; expiresAtMs: number };
  /** Whether it was given for exactly this, and its time is not over. */
  isGiven(challenge: Uint8Array, purpose: ChallengePurpose, nowMs: number): boolean;
  /** Uses it up; false if it was used before. Durable when it returns. */
  spend(challenge: Uint8Array): Promise<boolean>;
}

export interface ChallengesOptions {
  /** 32 bytes, the same in all processes of a vault, used for nothing else. */
  readonly key: Uint8Array;
  readonly once: OnceStore;
  readonly random: (length: number) => Uint8Array;
}

export function createChallenges({ key, once, random }: ChallengesOptions): Challenges {
  const macOf = (start: Uint8Array, { accountId, jkt, generation, slot }: ChallengePurpose): Uint8Array =>
    createHmac('sha256', key)
      .update(encode('halfkey/release-challenge/v1', start, accountId, jkt, u32(generation), slot))
      .digest()
      .subarray(0, MAC_BYTES);
  return {
    give: (purpose, nowMs) => {
      const expiresAtS = Math.ceil((nowMs + CHALLENGE_LIFE_MS) / 1000);
      const start = Uint8Array.of(...u32(expiresAtS), ...random(SALT_BYTES));
      return { challenge: Uint8Array.of(...start, ...macOf(start, purpose)), expiresAtMs: expiresAtS * 1000 };
    },
    isGiven: (challenge, purpose, nowMs) => {
      const start = challenge.subarray(0, EXPIRY_BYTES + SALT_BYTES);
      return equalBytes(challenge.subarray(start.length), macOf(start, purpose)) && nowMs < expiryOf(challenge);
    },
    spend: (challenge) => once.insertOnce(`release ${toBase64url(challenge)}`, expiryOf(challenge) + USED_KEPT_MS),
  };
}

/** Ms since the epoch. */
const expiryOf = (challenge: Uint8Array): number => readU32(challenge) * 1000;
