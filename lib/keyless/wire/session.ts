/** Sessions, the same at vault and issuer (keyless protocol, sections 3 and 7). DPoP-bound; JSON. */
import { z } from 'zod';
import { bytes, timeMs } from './schema';

/** `POST /session`. */
export const sessionRequest = z.object({
  idToken: z.string().min(1).max(8192),
  /** Opens the nonce of the ID token to the device key. */
  random: bytes(32),
  /** Shown to the owner's other devices. */
  deviceName: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'no control characters'),
});
export type SessionRequest = z.output<typeof sessionRequest>;

export const sessionResponse = z.object({
  accessToken: z.string().min(1).max(4096),
  /** 20 minutes. */
  expiresInS: z.int().positive(),
  /** Opaque; reads status only; 90 days, sliding. */
  statusToken: z.string().min(1).max(512),
});
export type SessionResponse = z.output<typeof sessionResponse>;

/** At most so many are listed: those that were seen last. */
export const MOST_DEVICES = 64;

/** `GET /devices`, with the status token: who has a session of this account at this server, seen last first. */
export const devicesResponse = z.object({
  devices: z
    .array(
      z.object({
        /** Thumbprint of the device key. */
        jkt: bytes(32),
        /** What the device called itself. */
        name: z.string().max(64),
        lastSeenAtMs: timeMs,
      }),
    )
    .max(MOST_DEVICES),
});
export type DevicesResponse = z.output<typeof devicesResponse>;

/** `POST /sign-out`: ends the session of the device with this key; signed by the owner (`signOutStatement`). */
export const signOutRequest = z.object({ jkt: bytes(32), signature: bytes(64) });
export type SignOutRequest = z.output<typeof signOutRequest>;

/** What a device is refused with (401) that was signed out: the owner's signature, so that it can tell who did it. */
export const signedOutProblem = z.object({ reason: z.literal('signed-out'), signature: bytes(64) });
