/**
 * Keys of an issuer.
 *   npx tsx services/issuer/admin.ts init FOLDER    makes new keys and prints their public halves
 *   npx tsx services/issuer/admin.ts show FOLDER    prints the public halves
 */
import { randomBytes } from 'node:crypto';
import { toHex } from '@/lib/bytes';
import { spkiHexOf } from './app';
import { createKeys, readKeys } from './keys';
import { keyIdOf } from './realms/realm-tokens';

const [command, folder] = process.argv.slice(2);
const tenant = process.env.ISSUER_TENANT ?? 'halfkey';
const version = Number(process.env.ISSUER_TENANT_KEY_VERSION ?? 1);

try {
  if ((command !== 'init' && command !== 'show') || folder === undefined)
    throw new Error('usage: admin.ts init FOLDER | show FOLDER');
  if (command === 'init') await createKeys(folder, (length) => new Uint8Array(randomBytes(length)));
  process.stdout.write(`${JSON.stringify(await publicHalves(folder), null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** `witnessPublicKey` is for the vault, `realmTenantKeys` for the configuration of each realm. */
async function publicHalves(keysFolder: string) {
  const { witnessKey, tenantPrivateKey } = await readKeys(keysFolder, version);
  const tenantKey = { tenant, version, privateKey: tenantPrivateKey };
  const data = spkiHexOf(tenantKey);
  return {
    witnessPublicKey: toHex(witnessKey.publicKey),
    realmTenantKeys: { [keyIdOf(tenantKey)]: { data, encoding: 'Hex', algorithm: 'Edwards25519' } },
  };
}
