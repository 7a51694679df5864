/** How an answer crosses: the output, or a code of the closed list with its facts. No text of an error ever crosses. */
import './jitless';
import { z } from 'zod';
import { asWalletError } from '@/lib/errors';
import { type ErrorFacts, errorFacts } from './snapshot';

export const reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), output: z.unknown().optional() }),
  z.object({ ok: z.literal(false), error: errorFacts }),
]);
export type Reply = z.infer<typeof reply>;

/** Any thrown value as facts; what nobody foresaw is `unexpected`, without its text. */
export function factsOf(error: unknown): ErrorFacts {
  const { code, details } = asWalletError(error);
  return { code, details };
}

/** Runs `work` and makes a reply of its outcome; never throws. */
export async function replyOf(work: () => Promise<unknown>): Promise<Reply> {
  try {
    return { ok: true, output: await work() };
  } catch (error) {
    return { ok: false, error: factsOf(error) };
  }
}
