/** `POST /session`, the same at vault and issuer (keyless protocol, section 2). DPoP-bound; JSON. */
import { z } from 'zod';
import { bytes } from './schema';

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
