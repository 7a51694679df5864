import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toBase64url } from '@/lib/bytes';
import { encodeRecord } from '@/lib/keyless/wire/record';
import { createScene, type Scene } from '../testing/scene';
import { refused } from './outcome';
import { accountState } from './state';

async function reserved(scene: Scene) {
  const first = scene.attempt(scene.device(), scene.owner());
  await scene.vault.reserve(first.caller, first.reserve);
  return first;
}

describe('a row', () => {
  it('is put by the device that reserved; a repeat must be byte-identical', async () => {
    const scene = createScene();
    const { vault, random } = scene;
    const { caller, row } = await reserved(scene);
    expect(await vault.putRow(caller, 1, row)).toMatchObject({ ok: true });
    const version = (await scene.store.read(scene.accountId))?.version;
    expect(await vault.putRow(caller, 1, row)).toMatchObject({ ok: true });
    expect((await scene.store.read(scene.accountId))?.version).toBe(version);
    const share = Uint8Array.of(...random(32), 1);
    expect(await vault.putRow(caller, 1, { ...row, backendShare: share })).toEqual(refused('row-differs'));
    expect(await vault.putRow(caller, 1, { ...row, releasePub: random(32) })).toEqual(refused('row-differs'));
  });

  it('differs if only the ciphertext does', async () => {
    const scene = createScene();
    const { caller, row, record } = await reserved(scene);
    await scene.vault.putRow(caller, 1, row);
    const other = encodeRecord({ ...record, ciphertext: scene.random(48) });
    expect(await scene.vault.putRow(caller, 1, { ...row, record: other })).toEqual(refused('row-differs'));
  });

  it('is refused without a reservation, and from another device', async () => {
    const scene = createScene();
    const early = scene.attempt(scene.device(), scene.owner());
    expect(await scene.vault.putRow(early.caller, 1, early.row)).toEqual(refused('no-reservation'));
    const { row } = await reserved(scene);
    expect(await scene.vault.putRow(scene.device(), 1, row)).toEqual(refused('no-reservation'));
  });

  it('is refused for a slot that was replaced', async () => {
    const scene = createScene();
    const first = await reserved(scene);
    const second = scene.attempt(first.caller, scene.owner());
    await scene.vault.reserve(second.caller, second.reserve);
    expect(await scene.vault.putRow(first.caller, 1, first.row)).toEqual(refused('slot-void'));
  });

  it('is refused unless every field of its record is that of the reservation', async () => {
    const scene = createScene();
    const { vault, random } = scene;
    const { caller, row, record } = await reserved(scene);
    const withFields = (fields: Partial<typeof record.fields>) => ({
      ...row,
      record: encodeRecord({ ...record, fields: { ...record.fields, ...fields } }),
    });
    const put = (fields: Partial<typeof record.fields>, to = 1) => vault.putRow(caller, to, withFields(fields));
    expect(await put({ accountId: random(32) })).toEqual(refused('bad-request'));
    expect(await put({ slot: random(16) })).toEqual(refused('no-reservation'));
    expect(await put({ realmSetId: random(16) })).toEqual(refused('bad-request'));
    expect(await put({ generation: 2 })).toEqual(refused('wrong-number'));
    expect(await put({}, 2)).toEqual(refused('wrong-number'));
    expect(await put({ generation: 2 }, 2)).toEqual(refused('wrong-number'));
    expect(await put({})).toMatchObject({ ok: true });
  });

  it('is refused if the record does not decode or the share is none', async () => {
    const scene = createScene();
    const { caller, row } = await reserved(scene);
    const badRequest = refused('bad-request');
    expect(await scene.vault.putRow(caller, 1, { ...row, record: row.record.slice(1) })).toEqual(badRequest);
    expect(await scene.vault.putRow(caller, 1, { ...row, record: scene.random(200) })).toEqual(badRequest);
    expect(await scene.vault.putRow(caller, 1, { ...row, backendShare: new Uint8Array(33) })).toEqual(badRequest);
  });

  it('is stored without its share in clear', async () => {
    const scene = createScene();
    const { caller, row } = await reserved(scene);
    await scene.vault.putRow(caller, 1, row);
    const stored = (await scene.store.read(scene.accountId))?.state.reservation?.row;
    expect(stored?.wrappedShare.ct).toHaveLength(33);
    const text = JSON.stringify(stored && z.encode(accountState.shape.reservation.unwrap().shape.row.unwrap(), stored));
    expect(text).toContain(toBase64url(row.record));
    for (const offset of [0, 1, 2]) expect(text).not.toContain(toBase64url(row.backendShare.slice(offset, offset + 9)));
  });
});
