/** What several parts of the snapshot say. */
import './jitless';
import { z } from 'zod';
import { type ErrorCode, isErrorCode } from '@/lib/errors';

/** An error as it crosses: a code of the closed list and facts without secrets. */
export const errorFacts = z.object({
  code: z.custom<ErrorCode>(isErrorCode),
  details: z.object({
    triesLeft: z.int().min(0).exactOptional(),
    nextAtMs: z.number().exactOptional(),
    reason: z.string().exactOptional(),
    party: z.string().exactOptional(),
    chainId: z.number().exactOptional(),
    place: z.int().min(0).exactOptional(),
  }),
});
export type ErrorFacts = z.infer<typeof errorFacts>;

/** Of a backup that is being made. */
export const createStep = z.enum(['making-key', 'storing-realms', 'storing-vault', 'checking']);

/** Of a backup that is being recovered. */
export const recoverStep = z.enum(['asking-realms', 'asking-vault', 'checking']);
