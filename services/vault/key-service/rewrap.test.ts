import { beforeEach, describe, expect, it } from 'vitest';
import { createEnvelope, type EnvelopeRecord } from '@/services/kms/envelope';
import { type KeyAdmin, type KeyProvider, KmsError } from '@/services/kms/key-provider';
import { createMemoryProvider } from '@/services/kms/testing/memory-provider';
import { createMemoryStore } from '../store/memory-store';
import type { VaultStore } from '../store/store';
import { type Attempt, createRandom, signRelease } from '../testing/actors';
import { createScene, expectOk, type Scene } from '../testing/scene';
import { type KmsAdminParts, retire, rewrap, rotate, SETTLE_MS } from './kms-admin';
import { rewrapBatch } from './rewrap';
import { createShareKeeper } from './share-keeper';

const ACCOUNTS = 7;
let keys: KeyProvider & KeyAdmin;
let store: VaultStore;
let scenes: Scene[];
let backups: Attempt[];
let parts: KmsAdminParts;
let lines: Readonly<Record<string, string | number>>[];
let waitedMs: number;
let canary: EnvelopeRecord | undefined;

/** An account with a backup, every other one of them with a pending row, too. */
async function fill(scene: Scene, index: number): Promise<Attempt> {
  const [device, owner] = [scene.device(), scene.owner()];
  const first = scene.attempt(device, owner);
  await scene.create(first);
  if (index % 2 === 0) return first;
  const second = scene.attempt(device, owner, 1);
  expectOk(await scene.vault.reserve(device, second.reserve));
  expectOk(await scene.vault.putRow(device, 2, second.row));
  return first;
}

beforeEach(async () => {
  const random = createRandom(77);
  keys = createMemoryProvider(random);
  store = createMemoryStore();
  const envelope = createEnvelope(keys, random);
  const shares = createShareKeeper(envelope);
  const common = createScene(1, store, shares);
  scenes = Array.from({ length: ACCOUNTS }, () => common.sibling());
  lines = [];
  waitedMs = 0;
  canary = undefined;
  parts = {
    store,
    envelope,
    keys,
    vaultId: common.vaultId,
    canary: {
      read: async () => canary,
      write: async (record) => {
        canary ??= record;
      },
      replace: async (record) => {
        canary = record;
      },
    },
    report: (line) => void lines.push(line),
    wait: async (ms) => {
      waitedMs += ms;
    },
  };
  backups = [];
  for (const [index, scene] of scenes.entries()) backups.push(await fill(scene, index));
});

const under = (version: string) => store.countUnderKey(version);

describe('the rotation of the key service', () => {
  it('brings every share under the new version, active and pending, and the backups still open', async () => {
    expect(await under('1')).toBe(ACCOUNTS);
    await rotate(parts);
    await rewrap(parts, null, 3);
    expect([await under('1'), await under('2')]).toEqual([0, ACCOUNTS]);
    expect(lines.at(-1)).toEqual({ done: 'rewrap', version: '2', seen: ACCOUNTS, rewrapped: ACCOUNTS });
    for (const [index, scene] of scenes.entries()) {
      const [device, attempt] = [scene.device(), backups[index]];
      if (!attempt) throw new Error('no backup');
      const { challenge } = expectOk(await scene.vault.challenge(device, 1));
      const request = signRelease(attempt, scene.vaultId, device, challenge);
      const released = expectOk(await scene.vault.release(device, 1, request));
      expect(released.backendShare).toEqual(attempt.row.backendShare);
    }
  });

  it('does nothing the second time, and goes on from any place after it was stopped', async () => {
    await rotate(parts);
    const step = { ...parts, currentVersion: () => keys.currentVersion() };
    const { last } = await rewrapBatch(step, null, 3);
    expect([await under('1'), await under('2')]).toEqual([ACCOUNTS - 3, 3]);
    await rewrap(parts, last, 2);
    expect(await under('1')).toBe(0);
    lines.length = 0;
    await rewrap(parts, null, 100);
    expect(lines.at(-1)).toMatchObject({ seen: ACCOUNTS, rewrapped: 0 });
  });

  it('loses no write of a device that comes between', async () => {
    await rotate(parts);
    const [[scene], [backup]] = [scenes, backups];
    if (!scene || !backup) throw new Error('no scene');
    const device = scene.device();
    let disturbed = 0;
    const racing: VaultStore = {
      ...store,
      read: async (accountId) => {
        const stored = await store.read(accountId);
        if (disturbed < 3 && Buffer.from(accountId).equals(scene.accountId)) {
          disturbed += 1;
          expectOk(await scene.vault.reserve(device, scene.attempt(device, backup.owner, 1).reserve));
        }
        return stored;
      },
    };
    await rewrap({ ...parts, store: racing }, null, 100);
    const stored = await store.read(scene.accountId);
    expect([disturbed, stored?.state.reservations.count, await under('1')]).toEqual([3, 4, 0]);
  });

  it('refuses to retire a version while rows are behind, the current one, and one that a late process still wrote', async () => {
    const refused = { name: 'KmsError', code: 'misconfigured' };
    await expect(retire(parts, '1')).rejects.toMatchObject({ ...refused, message: expect.stringContaining('rotate') });
    await rotate(parts);
    await expect(retire(parts, '1')).rejects.toMatchObject({ ...refused, message: expect.stringContaining('rewrap') });
    await rewrap(parts, null, 100);
    const late = { ...store, countUnderKey: async () => (waitedMs === 0 ? 0 : 1) };
    await expect(retire({ ...parts, store: late }, '1')).rejects.toMatchObject(refused);
    await retire(parts, '1');
    expect(waitedMs).toBe(2 * SETTLE_MS);
    expect(lines.at(-1)).toEqual({ done: 'retire', version: '1' });
  });

  it('answers 503 while the key service is away, and never that there is nothing', async () => {
    const random = createRandom(5);
    const away = () => Promise.reject(new KmsError('unavailable', 'no answer'));
    const shares = createShareKeeper(createEnvelope({ ...keys, wrap: away, unwrap: away }, random));
    const place = { vaultId: random(32), accountId: random(32), generation: 1, slot: random(16) };
    const unavailable = { status: 503, code: 'temporarily-unavailable' };
    await expect(shares.wrap(random(33), place)).rejects.toMatchObject(unavailable);
    const record = await parts.envelope.seal(random(33), { ...place, field: 'backend-share' });
    await expect(shares.unwrap(record, place)).rejects.toMatchObject(unavailable);
  });
});
