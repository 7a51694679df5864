import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryArea } from './memory-area';
import { cell, type Migration, migrate } from './storage';

const renameWords: Migration = ({ word, ...rest }) => ({ ...rest, name: word });
const countFromOne: Migration = (items) => ({ ...items, count: Number(items.count) + 1 });

describe('migrate', () => {
  it('marks an empty area with the newest version', async () => {
    const area = memoryArea();
    await migrate(area, [renameWords]);
    expect(await area.get(null)).toEqual({ schemaVersion: 2 });
  });

  it('runs every step that is missing, in order, and drops what no longer exists', async () => {
    const area = memoryArea();
    await area.set({ schemaVersion: 1, word: 'a', count: 0 });
    await migrate(area, [renameWords, countFromOne]);
    expect(await area.get(null)).toEqual({ schemaVersion: 3, name: 'a', count: 1 });
  });

  it('runs only the steps that are missing', async () => {
    const area = memoryArea();
    await area.set({ schemaVersion: 2, name: 'a', count: 0 });
    await migrate(area, [renameWords, countFromOne]);
    await migrate(area, [renameWords, countFromOne]);
    expect(await area.get(null)).toEqual({ schemaVersion: 3, name: 'a', count: 1 });
  });

  it('takes content without a version for the first one', async () => {
    const area = memoryArea();
    await area.set({ word: 'a' });
    await migrate(area, [renameWords]);
    expect(await area.get(null)).toEqual({ schemaVersion: 2, name: 'a' });
  });

  it('touches nothing that a newer build has written', async () => {
    const area = memoryArea();
    await area.set({ schemaVersion: 9, word: 'a' });
    await expect(migrate(area, [renameWords])).rejects.toMatchObject({ code: 'update-the-app' });
    expect(await area.get(null)).toEqual({ schemaVersion: 9, word: 'a' });
  });

  it.each(['2', 0, 1.5, null])('refuses the version %j', async (schemaVersion) => {
    const area = memoryArea();
    await area.set({ schemaVersion });
    await expect(migrate(area, [])).rejects.toMatchObject({ code: 'storage-failed' });
  });

  it('keeps the old content if the new one does not fit', async () => {
    const area = memoryArea(40);
    await area.set({ schemaVersion: 1, word: 'a' });
    const grow: Migration = (items) => ({ ...items, word: 'a'.repeat(100) });
    await expect(migrate(area, [grow])).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await area.get(null)).toEqual({ schemaVersion: 1, word: 'a' });
  });
});

describe('cell', () => {
  const schema = z.object({ count: z.int() });

  it('gives back what was written, and null for nothing', async () => {
    const stored = cell(memoryArea(), 'counter', schema);
    expect(await stored.read()).toBeNull();
    await stored.write({ count: 3 });
    expect(await stored.read()).toEqual({ count: 3 });
    await stored.remove();
    expect(await stored.read()).toBeNull();
  });

  it('says which key has another shape and leaves it alone', async () => {
    const area = memoryArea();
    await area.set({ counter: { count: 'three' } });
    await expect(cell(area, 'counter', schema).read()).rejects.toMatchObject({
      code: 'storage-failed',
      details: { reason: 'counter' },
    });
    expect(await area.get(null)).toEqual({ counter: { count: 'three' } });
  });
});
