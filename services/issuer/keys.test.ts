import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeysUnusable } from '@/services/http/config/key-files';
import { addTenantKey, createKeys, readKeys, tenantKeyVersions } from './keys';
import { countingRandom } from './testing/issuer';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfkey-issuer-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

const make = () => createKeys(join(folder, 'keys'), countingRandom());
const read = () => readKeys(join(folder, 'keys'));

it('makes keys that only their owner may read, and reads them again', async () => {
  await make();
  const names = await readdir(join(folder, 'keys'));
  expect(names.sort()).toEqual(['session.key', 'tenant.key', 'witness.key']);
  for (const name of names) expect((await stat(join(folder, 'keys', name))).mode & 0o777).toBe(0o600);
  const [once, again] = [await read(), await read()];
  expect(once.witnessKey.publicKey).toEqual(again.witnessKey.publicKey);
  expect(once.sessionSecret).toHaveLength(32);
  expect(once.tenantPrivateKey.asymmetricKeyType).toBe('ed25519');
});

it('replaces no keys', async () => {
  await make();
  const before = (await read()).witnessKey.publicKey;
  await expect(make()).rejects.toMatchObject({ code: 'EEXIST' });
  expect((await read()).witnessKey.publicKey).toEqual(before);
});

it.each(['witness.key', 'tenant.key', 'session.key'])('refuses %s if others may read it', async (name) => {
  await make();
  await chmod(join(folder, 'keys', name), 0o640);
  await expect(read()).rejects.toBeInstanceOf(KeysUnusable);
});

it('refuses a key that is a link, no file, or too long to be one', async () => {
  await make();
  const path = join(folder, 'keys', 'witness.key');
  const elsewhere = join(folder, 'elsewhere.key');
  await rename(path, elsewhere);
  await symlink(elsewhere, path);
  await expect(read()).rejects.toThrow('symbolic link');
  await rm(path);
  await mkdir(path, { mode: 0o700 });
  await expect(read()).rejects.toThrow('no file');
  await rm(path, { recursive: true });
  await writeFile(path, 'a'.repeat(5000), { mode: 0o600 });
  await expect(read()).rejects.toThrow('too long');
});

it.each(['witness.key', 'tenant.key', 'session.key'])(
  'refuses a missing or damaged %s, and quotes nothing of it',
  async (name) => {
    await make();
    const path = join(folder, 'keys', name);
    await writeFile(path, 'damaged secret');
    const error = await read().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeysUnusable);
    expect(String(error)).not.toContain('damaged secret');
    await rm(path);
    await expect(read()).rejects.toThrow('missing');
  },
);

it('adds tenant keys beside the first, and signs with the version that it is told', async () => {
  await make();
  const keys = join(folder, 'keys');
  expect(await tenantKeyVersions(keys)).toEqual([1]);
  expect([await addTenantKey(keys), await addTenantKey(keys)]).toEqual([2, 3]);
  expect(await tenantKeyVersions(keys)).toEqual([1, 2, 3]);
  const [first, second] = [await readKeys(keys), await readKeys(keys, 2)];
  expect(second.tenantPrivateKey.equals(first.tenantPrivateKey)).toBe(false);
  expect(second.witnessKey.publicKey).toEqual(first.witnessKey.publicKey);
  await expect(readKeys(keys, 4)).rejects.toThrow('tenant-4.key is missing');
});
