import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '@/lib/bytes';
import { type CanaryStore, checkCanary, rewrapCanary } from '@/services/kms/canary';
import {
  createEnvelope,
  type Envelope,
  type EnvelopeRecord,
  type RecordPlace,
  recordAad,
} from '@/services/kms/envelope';
import { type KeyProvider, KmsError } from '@/services/kms/key-provider';
import { flips, keyProviderContract } from '@/services/kms/key-provider.contract';
import { addKey } from '@/services/kms/key-ring';
import { openLocalProvider } from '@/services/kms/local';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const refused = { name: 'KmsError', code: 'refused' };
const misconfigured = { name: 'KmsError', code: 'misconfigured' };

const openRing = (folder: string): Promise<KeyProvider> =>
  openLocalProvider({ folder, mode: 'development', acknowledged: 'no', random });

async function newFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'halfkey-kms-')), 'keys');
}

async function newRing(): Promise<string> {
  const folder = await newFolder();
  await addKey(folder);
  return folder;
}

keyProviderContract('local', async () => {
  const folder = await newRing();
  return {
    provider: await openRing(folder),
    rotate: async () => {
      await addKey(folder);
      return openRing(folder);
    },
    stranger: async () => openRing(await newRing()),
  };
});

describe('a local key ring', () => {
  it('is created for its owner alone', async () => {
    const folder = await newRing();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, '1.key'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(folder, '1.key'))).length).toBe(32);
  });

  it.each([0o640, 0o604, 0o620, 0o601])('is refused with a key of mode %o', async (mode) => {
    const folder = await newRing();
    await chmod(join(folder, '1.key'), mode);
    await expect(openRing(folder)).rejects.toMatchObject({
      ...misconfigured,
      message: expect.stringContaining('chmod 600'),
    });
  });

  it('is refused without a key, with a key of another size, and with a link for a key', async () => {
    const folder = await newFolder();
    await expect(openRing(folder)).rejects.toMatchObject(misconfigured);
    await addKey(folder);
    await rm(join(folder, '1.key'));
    await expect(openRing(folder)).rejects.toMatchObject(misconfigured);
    await writeFile(join(folder, '1.key'), random(31), { mode: 0o600 });
    await expect(openRing(folder)).rejects.toMatchObject({
      ...misconfigured,
      message: expect.stringContaining('32 bytes'),
    });
    const elsewhere = await newRing();
    await rm(join(folder, '1.key'));
    await symlink(join(elsewhere, '1.key'), join(folder, '1.key'));
    await expect(openRing(folder)).rejects.toMatchObject(misconfigured);
    await rm(join(elsewhere, 'ring.id'));
    await expect(openRing(elsewhere)).rejects.toMatchObject({
      ...misconfigured,
      message: expect.stringContaining('ring.id'),
    });
  });

  it('is refused in production unless acknowledged', async () => {
    const folder = await newRing();
    const production = { folder, mode: 'production', random } as const;
    await expect(openLocalProvider({ ...production, acknowledged: 'no' })).rejects.toMatchObject(misconfigured);
    await expect(openLocalProvider({ ...production, acknowledged: 'yes' })).resolves.toMatchObject({
      id: expect.stringMatching(/^local:/),
    });
  });

  it('is unhealthy once its files are gone', async () => {
    const folder = await newRing();
    const provider = await openRing(folder);
    await rm(folder, { recursive: true });
    await expect(provider.health()).rejects.toMatchObject(misconfigured);
  });

  it('is read again when a record names a version that another process added', async () => {
    const folder = await newRing();
    const [here, elsewhere] = [await openRing(folder), await openRing(folder)];
    await addKey(folder);
    const [dek, aad] = [random(32), random(80)];
    const rotated = await openRing(folder);
    const wrapped = await rotated.wrap(dek, aad);
    expect(wrapped.version).toBe('2');
    expect(await here.unwrap(wrapped, aad)).toEqual(dek);
    await elsewhere.health();
    expect(await elsewhere.currentVersion()).toBe('2');
  });

  it('keeps a retired key aside, and never gives its number again', async () => {
    const folder = await newRing();
    const provider = await openLocalProvider({ folder, mode: 'development', acknowledged: 'no', random });
    const [dek, aad] = [random(32), random(80)];
    const wrapped = await provider.wrap(dek, aad);
    expect(await provider.addVersion()).toBe('2');
    await provider.retireVersion('1');
    await expect(provider.unwrap(wrapped, aad)).rejects.toMatchObject({ code: 'key-missing' });
    await rename(join(folder, '1.key.retired'), join(folder, '1.key'));
    expect(await provider.unwrap(wrapped, aad)).toEqual(dek);
    await provider.retireVersion('1');
    expect(await provider.addVersion()).toBe('3');
    for (const version of ['1', '../3', '']) await expect(provider.retireVersion(version)).rejects.toThrow(KmsError);
  });

  it('takes its first key from the command line, once', async () => {
    const folder = await newFolder();
    const admin = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', 'services/kms/admin.ts', ...words]);
    expect((await admin('init', folder)).stdout).toContain('1.key');
    const before = await readFile(join(folder, '1.key'));
    await expect(admin('init', folder)).rejects.toMatchObject({ code: 1 });
    expect(await readFile(join(folder, '1.key'))).toEqual(before);
    await expect(admin('nonsense')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') });
  });
});

const place: RecordPlace = {
  vaultId: random(32),
  accountId: random(32),
  generation: 3,
  slot: random(16),
  field: 'backend-share',
};

describe('an encrypted record', () => {
  let envelope: Envelope;
  let record: EnvelopeRecord;
  const share = random(33);
  beforeEach(async () => {
    envelope = createEnvelope(await openRing(await newRing()), random);
    record = await envelope.seal(share, place);
  });

  it('opens in its place', async () => {
    expect(await envelope.open(record, place)).toEqual(share);
    expect(record).toMatchObject({ v: 1, kver: '1' });
    expect([record.iv.length, record.tag.length, record.ct.length]).toEqual([12, 16, 33]);
  });

  it('has a data key and an IV of its own', async () => {
    const again = await envelope.seal(share, place);
    for (const part of ['wrappedDek', 'iv', 'ct', 'tag'] as const) expect(again[part]).not.toEqual(record[part]);
  });

  it('does not open in the place of another vault, account, generation, slot or field', async () => {
    const others: Array<Partial<RecordPlace>> = [
      { vaultId: random(32) },
      { accountId: random(32) },
      { generation: 2 },
      { slot: random(16) },
      { field: 'record' },
    ];
    for (const other of others)
      await expect(envelope.open(record, { ...place, ...other })).rejects.toMatchObject(refused);
  });

  it('is refused with one and the same error for every flipped bit, truncation and exchange of parts', async () => {
    const other = await envelope.seal(share, place);
    const messages = new Set<string>();
    for (const part of ['wrappedDek', 'iv', 'ct', 'tag'] as const) {
      for (const changed of [...flips(record[part]), record[part].slice(1), new Uint8Array(), other[part]]) {
        const outcome = await envelope.open({ ...record, [part]: changed }, place).catch((error: Error) => error);
        expect(outcome).toMatchObject(refused);
        if (outcome instanceof Error) messages.add(outcome.message);
      }
    }
    await expect(envelope.open({ ...record, kid: 'local:0' }, place)).rejects.toMatchObject(refused);
    expect(messages.size).toBe(1);
  });

  it('keeps its ciphertext when its data key is wrapped again', async () => {
    const folder = await newRing();
    const old = await createEnvelope(await openRing(folder), random).seal(share, place);
    await addKey(folder);
    const rotated = createEnvelope(await openRing(folder), random);
    const renewed = await rotated.rewrap(old, place);
    expect({ ...renewed, wrappedDek: old.wrappedDek }).toEqual({ ...old, kver: '2' });
    expect(await rotated.open(renewed, place)).toEqual(share);
    await rm(join(folder, '1.key'));
    const retired = createEnvelope(await openRing(folder), random);
    expect(await retired.open(renewed, place)).toEqual(share);
    await expect(retired.open(old, place)).rejects.toMatchObject({ code: 'key-missing' });
  });

  it('authenticates the encoding that the design fixes', () => {
    const fixed = {
      vaultId: new Uint8Array(32).fill(1),
      accountId: new Uint8Array(32).fill(2),
      generation: 258,
      slot: new Uint8Array(16).fill(3),
      field: 'f',
    };
    const expected = `0000000e${toHex(new TextEncoder().encode('halfkey/kms/v1'))}00000020${'01'.repeat(32)}00000020${'02'.repeat(32)}000000040000010200000010${'03'.repeat(16)}0000000166`;
    expect(toHex(recordAad(fixed))).toBe(expected);
  });
});

describe('the canary', () => {
  function memoryCanary(): CanaryStore {
    let kept: EnvelopeRecord | undefined;
    return {
      read: async () => kept,
      write: async (record) => {
        kept ??= record;
      },
      replace: async (record) => {
        kept = record;
      },
    };
  }
  const vaultId = random(32);

  it('is written at the first start and opens at the next', async () => {
    const folder = await newRing();
    const store = memoryCanary();
    await checkCanary(createEnvelope(await openRing(folder), random), store, vaultId);
    const first = await store.read();
    await addKey(folder);
    await checkCanary(createEnvelope(await openRing(folder), random), store, vaultId);
    expect(await store.read()).toBe(first);
  });

  it('refuses a start with the keys, or as the vault, of another database', async () => {
    const store = memoryCanary();
    const envelope = createEnvelope(await openRing(await newRing()), random);
    await checkCanary(envelope, store, vaultId);
    const stranger = createEnvelope(await openRing(await newRing()), random);
    await expect(checkCanary(stranger, store, vaultId)).rejects.toMatchObject(misconfigured);
    await expect(checkCanary(envelope, store, random(32))).rejects.toMatchObject(misconfigured);
  });

  it('survives that the version it was written under is retired, once it was rewrapped', async () => {
    const folder = await newRing();
    const provider = await openLocalProvider({ folder, mode: 'development', acknowledged: 'no', random });
    const [store, envelope] = [memoryCanary(), createEnvelope(provider, random)];
    await checkCanary(envelope, store, vaultId);
    await provider.addVersion();
    await rewrapCanary(envelope, store, vaultId);
    await provider.retireVersion('1');
    await expect(checkCanary(envelope, store, vaultId)).resolves.toBeUndefined();
  });

  it('refuses a store that keeps nothing', async () => {
    const envelope = createEnvelope(await openRing(await newRing()), random);
    const forgetful = { ...memoryCanary(), write: async () => undefined };
    await expect(checkCanary(envelope, forgetful, vaultId)).rejects.toMatchObject(misconfigured);
  });

  it('says that the provider does not answer, which is no reason to change keys', async () => {
    const provider = await openRing(await newRing());
    const store = memoryCanary();
    await checkCanary(createEnvelope(provider, random), store, vaultId);
    const unwrap = () => Promise.reject(new KmsError('unavailable', 'no answer'));
    const down = createEnvelope({ ...provider, unwrap }, random);
    await expect(checkCanary(down, store, vaultId)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
