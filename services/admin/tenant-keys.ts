import { z } from 'zod';
import { spkiHexOf } from '@/services/issuer/app';
import { addTenantKey, readTenantKey, tenantKeyVersions } from '@/services/issuer/keys';
import { keyIdOf } from '@/services/issuer/realms/realm-tokens';
import { AdminError } from './targets';

/** A tenant's name at the realms. */
export const tenantName = z.string().regex(/^(test-)?[a-zA-Z0-9]+$/);

export interface TenantKeysReport {
  versions: number[];
  /** The value of `REALM_TENANT_KEYS`: every version that the folder has. */
  realmTenantKeys: Record<string, { data: string; encoding: 'Hex'; algorithm: 'Edwards25519' }>;
}

/** The public halves of every version in an issuer's folder of keys. @throws AdminError if there is none */
export async function showTenantKeys(folder: string, tenant: string): Promise<TenantKeysReport> {
  const versions = await tenantKeyVersions(folder).catch(() => []);
  if (versions.length === 0) throw new AdminError(`${folder} holds no tenant key.`);
  const realmTenantKeys: TenantKeysReport['realmTenantKeys'] = {};
  for (const version of versions) {
    const key = { tenant, version, privateKey: await readTenantKey(folder, version) };
    realmTenantKeys[keyIdOf(key)] = { data: spkiHexOf(key), encoding: 'Hex', algorithm: 'Edwards25519' };
  }
  return { versions, realmTenantKeys };
}

/** Adds a version. It signs nothing before ISSUER_TENANT_KEY_VERSION names it. @throws AdminError */
export async function rotateTenantKey(folder: string, tenant: string): Promise<TenantKeysReport> {
  await showTenantKeys(folder, tenant);
  await addTenantKey(folder);
  return showTenantKeys(folder, tenant);
}
