/** Vault and issuer as `halfkey recover` finds them: over HTTP, or as what their operators left. */

import type { Config } from '@/config/schema';
import { fromHex, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Issuer, Pins, Vault } from '@/lib/keyless/ports';
import { type RealmSet, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import type { SignRealmTokens } from '@/services/issuer/admin/sign-realm-tokens';
import type { ExportedBackup } from '@/services/vault/admin/read-export';

/** What the configuration of a build pins. @throws Error if no realm set is current */
export function pinsOf({ vault, issuer, realmSets }: Config): Pins {
  const currentRealmSet = realmSets.find(({ current }) => current);
  if (!currentRealmSet) throw new Error('the configuration has no current realm set');
  return {
    vaultId: fromHex(vault.id),
    witnessPub: fromHex(issuer.witnessPublicKey),
    currentRealmSet,
    realmSets: new Map(realmSets.map((set) => [toHex(realmSetIdOf(set)), set])),
  };
}

/** Nobody makes or changes a backup at a server that is gone. */
const isGone = async (): Promise<never> => {
  throw new WalletError('vault-unreachable');
};

/** The vault's export answers what recovery asks. The release is not signed for: whoever has the files has the row. */
export const vaultOfExport = (backup: ExportedBackup | null): Vault => ({
  metadata: async () => backup?.metadata ?? { lastNumber: 0, active: null, order: null },
  challenge: async () => new Uint8Array(32),
  release: async () => (backup ? backup.row() : isGone()),
  reserve: isGone,
  putRow: isGone,
  activate: isGone,
  orderDeletion: isGone,
  undoDeletion: isGone,
  objectToStartOver: isGone,
  signOut: isGone,
});

/** An issuer's key signs the tokens; the export is the only witness of the backup then, and S says whose it is. */
export function issuerOfKeys(
  backup: ExportedBackup | null,
  accountId: Uint8Array,
  realmSets: ReadonlyMap<string, RealmSet>,
  signTokens: SignRealmTokens,
  now: () => number,
): Issuer {
  const active = backup?.metadata.active ?? null;
  const lastNumber = backup?.metadata.lastNumber ?? 0;
  return {
    witness: async () => ({
      lastNumber,
      current: active && { ...active, to: active.generation },
      kept: [],
      tries: { sinceSuccess: 0, lastAtMs: null, nextAtMs: 0 },
      events: [],
    }),
    recoverTokens: async (slot) => {
      const realmSet = active && realmSets.get(toHex(active.realmSetId));
      if (!realmSet) throw new WalletError('update-the-app', { reason: 'realm-set' });
      const request = { accountId, slot, realmSet, operation: 'recover', issuedAtMs: now() } as const;
      return { tokens: await signTokens(request), tryNumber: 0 };
    },
    registerTokens: isGone,
    keep: isGone,
    guesses: isGone,
    success: isGone,
    signOut: isGone,
    startOver: isGone,
  };
}
