/** Runs against SoftHSM2, and fails where that is not installed: an HSM driver that never saw a token proves nothing. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyProviderContract } from '@/services/kms/key-provider.contract';
import { openPkcs11Provider, type Pkcs11Provider } from '@/services/kms/pkcs11';

const run = promisify(execFile);
const PLACES = [
  process.env.SOFTHSM2_MODULE,
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];
const module = PLACES.find((path) => path !== undefined && existsSync(path)) ?? '';
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
let folder = '';
const opened: Pkcs11Provider[] = [];

const open = async (label: string, changes: { token?: string; pin?: string; module?: string } = {}) => {
  const provider = await openPkcs11Provider({
    module,
    token: 'halfkey-test',
    pin: '482913',
    label,
    random,
    ...changes,
  });
  opened.push(provider);
  return provider;
};

const newRing = async () => {
  const label = `ring-${crypto.randomUUID()}`;
  await (await open(label)).addVersion();
  return label;
};

beforeAll(async () => {
  if (module === '') throw new Error('SoftHSM2 is not installed: apt-get install softhsm2, or set SOFTHSM2_MODULE.');
  folder = await mkdtemp(join(tmpdir(), 'halfkey-softhsm-'));
  await mkdir(join(folder, 'tokens'));
  await writeFile(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`);
  process.env.SOFTHSM2_CONF = join(folder, 'softhsm2.conf');
  const init = ['--init-token', '--free', '--label', 'halfkey-test', '--so-pin', '00000000', '--pin', '482913'];
  await run('softhsm2-util', init, { env: process.env });
});
afterAll(async () => {
  for (const provider of opened) provider.close();
  await rm(folder, { recursive: true, force: true });
});

keyProviderContract('PKCS#11 on SoftHSM2', async () => {
  const label = await newRing();
  const provider = await open(label);
  return {
    provider,
    rotate: async () => {
      await provider.addVersion();
      return open(label);
    },
    stranger: async () => open(await newRing()),
  };
});

describe('a PKCS#11 token', () => {
  it('serves many requests at once, and leaves the event loop free', async () => {
    const provider = await open(await newRing());
    const aad = random(80);
    const deks = Array.from({ length: 200 }, () => random(32));
    const wrapped = await Promise.all(deks.map((dek) => provider.wrap(dek, aad)));
    expect(await Promise.all(wrapped.map((each) => provider.unwrap(each, aad)))).toEqual(deks);
  });

  it('goes on after refusals', async () => {
    const provider = await open(await newRing());
    const [aad, dek] = [random(80), random(32)];
    const wrapped = await provider.wrap(dek, aad);
    const attempts = Array.from({ length: 20 }, () => provider.unwrap(wrapped, random(80)));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.every((one) => one.status === 'rejected' && one.reason.code === 'refused')).toBe(true);
    expect(await provider.unwrap(wrapped, aad)).toEqual(dek);
  });

  it('sees the version that another process made', async () => {
    const label = await newRing();
    const [one, other] = [await open(label), await open(label)];
    const aad = random(80);
    await one.currentVersion();
    expect(await other.addVersion()).toBe('2');
    const wrapped = await other.wrap(random(32), aad);
    expect(wrapped.version).toBe('2');
    expect(await one.unwrap(wrapped, aad)).toHaveLength(32);
  });

  it('has no use for a retired version, and never gives its number again', async () => {
    const provider = await open(await newRing());
    const aad = random(80);
    const old = await provider.wrap(random(32), aad);
    await provider.addVersion();
    await provider.retireVersion('1');
    await expect(provider.unwrap(old, aad)).rejects.toMatchObject({ code: 'key-missing' });
    await provider.retireVersion('2');
    expect(await provider.addVersion()).toBe('3');
  });

  it.each([
    ['module', { module: '/nowhere/libpkcs11.so' }],
    ['token', { token: 'another-token' }],
  ])('is refused with a wrong %s', async (_, changes) => {
    await expect(open('any', changes)).rejects.toMatchObject({ name: 'KmsError', code: 'misconfigured' });
  });

  it('is refused without a key', async () => {
    await expect((await open('no-such-ring')).health()).rejects.toMatchObject({ code: 'misconfigured' });
  });
});
