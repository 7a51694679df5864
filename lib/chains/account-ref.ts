/** Which account of which wallet of the profile. */
import { z } from 'zod';

export const accountRef = z.object({
  /** 16 random bytes in base64url. */
  walletId: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** 0 to 2^31 - 1: the last step of its path, 0 where there is none. */
  index: z.int().min(0).max(0x7fff_ffff),
});
export type AccountRef = z.output<typeof accountRef>;
