import { config } from '@/config';
import { fromHex, toHex } from '@/lib/bytes';
import type { Pins } from '@/lib/keyless/ports';
import { realmSetIdOf } from '@/lib/keyless/wire/realm-set';

const currentRealmSet = config.realmSets.find(({ current }) => current);
if (!currentRealmSet) throw new Error('no current realm set');

/** What this build pins. */
export const pins: Pins = {
  vaultId: fromHex(config.vault.id),
  witnessPub: fromHex(config.issuer.witnessPublicKey),
  currentRealmSet,
  realmSets: new Map(config.realmSets.map((set) => [toHex(realmSetIdOf(set)), set])),
};
