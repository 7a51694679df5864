import { describe, expect, it } from 'vitest';
import { memoryArea } from '@/lib/platform/memory-area';
import { type Area, migrate } from '@/lib/platform/storage';
import { openCells } from './cells';
import v1 from './cells.v1.json';
import v2 from './cells.v2.json';
import v3 from './cells.v3.json';
import { migrations } from './migrations';

/** Cells of `storage.local`: what a device has after its browser was closed. */
const LOCAL = [
  'profile',
  'sealed',
  'sealedNext',
  'device',
  'journal',
  'statusTokens',
  'foreignTries',
  'settings',
  'slowDown',
  'activity',
  'incoming',
  'addressBook',
  'networks',
  'tokens',
] as const;

const random = (length: number) => new Uint8Array(length).fill(13);

/** A device that an older build has left, under this one. */
async function deviceWith(stored: Record<string, unknown>) {
  const local = memoryArea();
  await local.set(stored);
  await migrate(local, migrations(random));
  return { local, cells: openCells(local, memoryArea()) };
}

/** What came after version 2 was written down, which needs no migration. */
const LATER = [
  'utxo',
  'reminder',
  'drilledAt',
  'drillOffer',
  'status',
  'ownTryAt',
  'ownRecoveries',
  'signedOut',
  'pinSlowDown',
  'secondJournal',
  'secondSignIns',
  'sites',
  'batches',
  'grants',
];

describe('storage on disk', () => {
  it('has only cells of which the threat model says what they give away: content scripts of Firefox read them', async () => {
    const asked = new Set<string>();
    const local: Area = {
      ...memoryArea(),
      get: async (keys) => {
        for (const key of keys ?? []) asked.add(key);
        return {};
      },
    };
    const { local: _, ...cells } = openCells(local, memoryArea());
    for (const one of Object.values(cells)) await one.read();
    expect([...asked].sort()).toEqual([...LOCAL, ...LATER].sort());
  });
});

describe.each([
  [2, v2],
  [3, v3],
])('storage of version %i', (_, stored) => {
  it('has every key that this build keeps on disk, and no other', () => {
    expect(Object.keys(stored).sort()).toEqual(['schemaVersion', ...LOCAL].sort());
  });

  it.each(LOCAL)('is read and written back unchanged: %s', async (name) => {
    const { local, cells } = await deviceWith(stored);
    const value = await cells[name].read();
    expect(value).not.toBeNull();
    await cells[name].write(value as never);
    expect((await local.get([name]))[name]).toEqual(stored[name]);
  });

  it('says afterwards that it is of version 3, which an older build does not touch', async () => {
    const { local } = await deviceWith(stored);
    expect(await local.get(['schemaVersion'])).toEqual({ schemaVersion: 3 });
    const older = migrations(random).slice(0, -1);
    await expect(migrate(local, older)).rejects.toMatchObject({ code: 'update-the-app' });
  });
});

describe('storage of version 1', () => {
  const walletId = v2.profile.wallets[0]?.id;

  it('becomes that of this build: one keyless wallet in a profile, and its activity', async () => {
    const { local, cells } = await deviceWith(v1);
    expect(await cells.profile.read()).toEqual({
      wallets: [{ id: walletId, type: 'keyless', name: '', accounts: v1.wallet.accounts }],
      selected: { walletId, index: 1 },
      unlock: ['password'],
    });
    expect(await cells.activity.read()).toEqual(v2.activity);
    expect(await local.get(['wallet', 'schemaVersion'])).toEqual({ schemaVersion: 3 });
  });

  it('keeps everything else as it was, the sealed record first of all', async () => {
    const { local } = await deviceWith(v1);
    const { wallet: _, activity: __, schemaVersion: ___, ...rest } = v1;
    expect(await local.get(Object.keys(rest))).toEqual(rest);
  });

  it.each([
    ['chosen, the PIN', 'pin', ['pin']],
    ['not chosen yet', null, []],
  ])('knows how it opens: %s', async (_, unlock, expected) => {
    const { cells } = await deviceWith({ schemaVersion: 1, wallet: { ...v1.wallet, unlock } });
    expect((await cells.profile.read())?.unlock).toEqual(expected);
  });

  it('can be that of a device without a wallet', async () => {
    const { local } = await deviceWith({ schemaVersion: 1, settings: v1.settings });
    expect(await local.get(null)).toEqual({ schemaVersion: 3, settings: v1.settings });
  });
});
