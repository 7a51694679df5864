/** Realm tokens signed with an issuer's keys, for an issuer that is gone. */
import { readTenantKey } from '../keys';
import { createRealmTokens, type SignRealmTokens } from '../realms/realm-tokens';

export type { SignRealmTokens } from '../realms/realm-tokens';

export interface TenantKeyPlace {
  /** The issuer's folder of keys (`ISSUER_KEYS_DIR`). */
  readonly folder: string;
  /** `ISSUER_TENANT` and `ISSUER_TENANT_KEY_VERSION`. */
  readonly tenant: string;
  readonly version: number;
  readonly random: (length: number) => Uint8Array;
}

/** @throws KeysUnusable */
export async function openRealmTokens({ folder, tenant, version, random }: TenantKeyPlace): Promise<SignRealmTokens> {
  return createRealmTokens({ tenant, version, privateKey: await readTenantKey(folder, version) }, random);
}
