/** The issuer's own keys: a folder of files that only their owner may read. */
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { toHex } from '@/lib/bytes';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { KeysUnusable, readKeyFile, readSeedFile, writeKeyFiles } from '@/services/http/config/key-files';

export interface IssuerKeys {
  /** Signs *kept*; the vault pins its public half. */
  readonly witnessKey: SigningKey;
  /** Signs realm tokens; realms hold its public half. */
  readonly tenantPrivateKey: KeyObject;
  /** 32 bytes, for access tokens and DPoP nonces. */
  readonly sessionSecret: Uint8Array;
}

const FILES = { witness: 'witness.key', tenant: 'tenant.key', session: 'session.key' };
const LATER_TENANT_KEY = /^tenant-([1-9]\d{0,8})\.key$/;

/** The first tenant key is version 1; later ones have their version in the name. */
const tenantFile = (version: number) => (version === 1 ? FILES.tenant : `tenant-${version}.key`);

const newTenantKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/**
 * Makes a folder of new keys. Existing files are never replaced.
 * @throws Error with code EEXIST if the folder holds keys.
 */
export const createKeys = (folder: string, random: (length: number) => Uint8Array): Promise<void> =>
  writeKeyFiles(folder, {
    [FILES.witness]: toHex(random(32)),
    [FILES.tenant]: newTenantKey(),
    [FILES.session]: toHex(random(32)),
  });

/** Versions of the tenant key that a folder has, the oldest first. */
export async function tenantKeyVersions(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  const later = names.flatMap((name) => Number(LATER_TENANT_KEY.exec(name)?.[1] ?? []) || []);
  return [...(names.includes(FILES.tenant) ? [1] : []), ...later].sort((a, b) => a - b);
}

/**
 * Adds a tenant key. Realms must know its public half before the issuer signs with it.
 * @returns its version
 */
export async function addTenantKey(folder: string): Promise<number> {
  const version = Math.max(...(await tenantKeyVersions(folder)), 0) + 1;
  await writeKeyFiles(folder, { [tenantFile(version)]: newTenantKey() });
  return version;
}

/** The private half of one version. @throws KeysUnusable */
export async function readTenantKey(folder: string, version: number): Promise<KeyObject> {
  const name = tenantFile(version);
  return privateKeyFrom(name, await readKeyFile(folder, name));
}

/** @throws KeysUnusable */
export async function readKeys(folder: string, tenantKeyVersion = 1): Promise<IssuerKeys> {
  const [witness, tenantPrivateKey, sessionSecret] = await Promise.all([
    readSeedFile(folder, FILES.witness),
    readTenantKey(folder, tenantKeyVersion),
    readSeedFile(folder, FILES.session),
  ]);
  return { witnessKey: signingKeyOf(witness), tenantPrivateKey, sessionSecret };
}

function privateKeyFrom(name: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The message could quote the key.
  }
  throw new KeysUnusable(`${name} should hold an Ed25519 private key in PEM (PKCS #8).`);
}
