/** What the keyless flows keep on the device, as schemas: no secret but the attempt's entropy, which ends with the browser. */
import { z } from 'zod';
import { bytes, generationNumber, timeMs } from './wire/schema';
import { ACTIVATION_BYTES } from './wire/statement';

/** One stored value; `lib/platform` makes them. */
export interface Stored<T> {
  read(): Promise<T | null>;
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** `storage.local`: whose wallet this is and the backup that was verified last. */
export const deviceRecord = z.object({
  providerId: z.string(),
  accountId: bytes(32),
  generation: generationNumber,
  ownerPub: bytes(32),
  /** S of the backup that was verified last. */
  statement: bytes(ACTIVATION_BYTES),
  createdAtMs: timeMs,
  verifiedAtMs: timeMs,
  /** Answers reminders of the PIN; null if the backup was finished without the PIN in hand. */
  pinCheck: bytes(32).nullable(),
});
export type DeviceRecord = z.output<typeof deviceRecord>;

/** `storage.local`: the journal of an attempt. */
export const journalRecord = z.object({
  accountId: bytes(32),
  generation: generationNumber,
  slot: bytes(16),
  activation: z
    .object({
      statement: bytes(ACTIVATION_BYTES),
      signature: bytes(64),
      kept: bytes(64),
      tryNumber: z.int().min(0),
      successSignature: bytes(64),
    })
    .nullable(),
});

/** `storage.session`: the entropy of an attempt. */
export const attemptRecord = bytes(32);

/** `storage.session`: the access tokens of one sign-in, 20 minutes. */
export const sessionRecord = z.object({
  providerId: z.string(),
  accountId: bytes(32),
  vaultToken: z.string(),
  issuerToken: z.string(),
  /** When the first of the two ends. */
  expiresAtMs: timeMs,
});
export type SessionRecord = z.output<typeof sessionRecord>;

/** `storage.local`: the two servers' status tokens. */
export const statusTokensRecord = z.object({ vault: z.string(), issuer: z.string() });
export type StatusTokens = z.output<typeof statusTokensRecord>;

/** `storage.local`: failed tries of the last recovery that the user has not yet put away. */
export const foreignTriesRecord = z.object({ count: z.int().min(1), lastAtMs: timeMs.nullable() });
export type ForeignTries = z.output<typeof foreignTriesRecord>;

/** `storage.local`: accounts under which the wallet is backed up beside the first one. */
export const secondSignInsRecord = z.array(
  z.object({ providerId: z.string(), accountId: bytes(32), createdAtMs: timeMs }),
);
export type SecondSignIn = z.output<typeof secondSignInsRecord>[number];

/** `storage.local`: when this device itself recovered, so that it is not told of it as of somebody else's. */
export const ownRecoveriesRecord = z.array(timeMs).max(50);

/** What the issuer remembers of an account is no longer than that. */
const MOST_RECOVERIES = 50;

export async function noteRecovery(stored: Stored<number[]>, nowMs: number): Promise<void> {
  const before = (await stored.read()) ?? [];
  await stored.write([nowMs, ...before].slice(0, MOST_RECOVERIES));
}
