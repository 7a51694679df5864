/** The realm sets that slots may lie in: the current one and every past one that may still hold a row. */
import { z } from 'zod';
import { toHex } from '@/lib/bytes';
import { type RealmSet, realmSetIdOf } from '@/lib/keyless/wire/realm-set';

const realmSetSchema = z
  .object({
    realms: z.array(z.object({ id: z.string().regex(/^[0-9a-f]{32}$/), address: z.url({ protocol: /^https?$/ }) })),
    registerThreshold: z.int().positive(),
    recoverThreshold: z.int().positive(),
    hashingMode: z.literal('Standard2019'),
    guesses: z.int().min(1).max(255),
  })
  .refine(({ realms }) => new Set(realms.map(({ id }) => id)).size === realms.length)
  .refine(({ realms, registerThreshold }) => registerThreshold === realms.length)
  .refine(({ realms, recoverThreshold }) => recoverThreshold > realms.length / 2 && recoverThreshold <= realms.length);

/** A JSON array of realm sets: all realms register, a strict majority recovers, ids differ. */
export const realmSetsSchema = z.string().transform((text, context): RealmSet[] => {
  try {
    return z.array(realmSetSchema).min(1).parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'not a list of realm sets' });
    return z.NEVER;
  }
});

/** Ids of realms whose disks are gone for good, by commas: no row of theirs is waited for any more. */
export const goneRealmsVariable = z
  .string()
  .regex(/^([0-9a-f]{32}(,[0-9a-f]{32})*)?$/)
  .default('')
  .transform((text): string[] => (text === '' ? [] : text.split(',')))
  .describe('ids of realms that are gone for good, 32 hex digits each, by commas');

/** Finds a configured set by its 16-byte id. */
export type FindRealmSet = (realmSetId: Uint8Array) => RealmSet | undefined;

export function indexRealmSets(sets: readonly RealmSet[]): FindRealmSet {
  const byId = new Map(sets.map((set) => [toHex(realmSetIdOf(set)), set]));
  return (realmSetId) => byId.get(toHex(realmSetId));
}
