import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toBase64url } from '@/lib/bytes';
import { encodeRecord } from '@/lib/keyless/wire/record';
import type { Activation } from '@/lib/keyless/wire/statement';
import { type Attempt, signActivation, signRelease, statementOf } from '../testing/actors';
import { createScene, expectOk, type Scene } from '../testing/scene';
import { refused } from './outcome';
import { accountState } from './state';

async function pending(scene: Scene, attempt: Attempt = scene.attempt(scene.device(), scene.owner())) {
  expectOk(await scene.vault.reserve(attempt.caller, attempt.reserve));
  expectOk(await scene.vault.putRow(attempt.caller, attempt.reserve.to, attempt.row));
  return attempt;
}

describe('activation (R2)', () => {
  it('makes the pending row the backup and publishes S', async () => {
    const scene = createScene();
    const first = await pending(scene);
    const request = scene.activation(first);
    expectOk(await scene.vault.activate(first.caller, request));
    const { statement, signature } = request;
    expect(await scene.facts()).toMatchObject([{ kind: 'reserved' }, { kind: 'activated', statement, signature }]);
    const metadata = expectOk(await scene.vault.metadata(scene.accountId));
    const { slot } = first.reserve;
    expect(metadata).toMatchObject({ lastNumber: 1, active: { generation: 1, slot, statement, signature } });
  });

  it('answers the same S the same, also after a later one', async () => {
    const scene = createScene();
    const mine = scene.owner();
    const first = scene.attempt(scene.device(), mine);
    const s1 = await scene.create(first);
    expectOk(await scene.vault.activate(first.caller, s1));
    await scene.create(scene.attempt(scene.device(), mine, 1), s1.statement);
    expectOk(await scene.vault.activate(first.caller, s1));
    expect((await scene.facts()).filter(({ kind }) => kind === 'activated')).toHaveLength(2);
  });

  it.each<[string, Partial<Activation>, string]>([
    ['vault', { vaultId: new Uint8Array(32) }, 'bad-request'],
    ['account', { accountId: new Uint8Array(32) }, 'bad-request'],
    ['slot', { slot: new Uint8Array(16) }, 'no-reservation'],
    ['number before', { from: 7 }, 'wrong-number'],
    ['number', { to: 2 }, 'wrong-number'],
    ['S before', { previousHash: new Uint8Array(32) }, 'wrong-number'],
    ['record', { recordHash: new Uint8Array(32) }, 'row-differs'],
    ['row', { rowHash: new Uint8Array(32) }, 'row-differs'],
    ['realm set', { realmSetId: new Uint8Array(16) }, 'row-differs'],
    ['owner', { ownerPub: new Uint8Array(32) }, 'row-differs'],
  ])('refuses an S that names another %s', async (_, changes, code) => {
    const scene = createScene();
    const first = await pending(scene);
    const lie = statementOf(first, scene.vaultId, null, changes);
    const request = signActivation(first, scene.vaultId, lie, scene.witness);
    expect(await scene.vault.activate(first.caller, request)).toMatchObject({ ok: false, code });
    expectOk(await scene.vault.activate(first.caller, scene.activation(first)));
  });

  it('refuses what is no S', async () => {
    const scene = createScene();
    const first = await pending(scene);
    const request = scene.activation(first);
    const statement = request.statement.map((byte, index) => (index === 3 ? byte ^ 1 : byte));
    expect(await scene.vault.activate(first.caller, { ...request, statement })).toEqual(refused('bad-request'));
  });

  it('refuses an S of which the row was never put', async () => {
    const scene = createScene();
    const first = scene.attempt(scene.device(), scene.owner());
    await scene.vault.reserve(first.caller, first.reserve);
    expect(await scene.vault.activate(first.caller, scene.activation(first))).toEqual(refused('row-differs'));
  });

  it('refuses a signature that is not the owner’s', async () => {
    const scene = createScene();
    const first = await pending(scene);
    const request = scene.activation(first);
    const forged = { ...request, signature: scene.owner().sign(request.statement) };
    expect(await scene.vault.activate(first.caller, forged)).toEqual(refused('bad-signature'));
  });

  it('refuses without the issuer’s kept for exactly this S', async () => {
    const scene = createScene();
    const first = await pending(scene);
    const request = scene.activation(first);
    const bySomebody = signActivation(first, scene.vaultId, request.statement, scene.owner());
    expect(await scene.vault.activate(first.caller, bySomebody)).toEqual(refused('not-kept'));
    const other = scene.activation(scene.attempt(first.caller, scene.owner()));
    expect(await scene.vault.activate(first.caller, { ...request, kept: other.kept })).toEqual(refused('not-kept'));
  });

  it('refuses a replaced slot for ever', async () => {
    const scene = createScene();
    const first = await pending(scene);
    await pending(scene, scene.attempt(first.caller, scene.owner()));
    expect(await scene.vault.activate(first.caller, scene.activation(first))).toEqual(refused('slot-void'));
  });
});

describe('activation above a backup (R2)', () => {
  it('refuses an owner key other than the pinned one, even kept and signed by it', async () => {
    const scene = createScene();
    const mine = scene.owner();
    const { statement } = await scene.create(scene.attempt(scene.device(), mine));
    const signedByMe = scene.attempt(scene.device(), mine, 1);
    const thiefs = scene.attempt(signedByMe.caller, scene.owner(), 1);
    const { slot } = signedByMe.reserve;
    const smuggled: Attempt = { ...thiefs, reserve: signedByMe.reserve };
    const record = { ...thiefs.record, fields: { ...thiefs.record.fields, slot } };
    await pending(scene, { ...smuggled, record, row: { ...thiefs.row, record: encodeRecord(record) } });
    const request = scene.activation({ ...smuggled, record }, statement);
    expect(await scene.vault.activate(smuggled.caller, request)).toEqual(refused('bad-signature'));
  });

  it('erases record and share of the generation before', async () => {
    const scene = createScene();
    const mine = scene.owner();
    const old = scene.attempt(scene.device(), mine);
    const { statement } = await scene.create(old);
    const oldRow = (await scene.store.read(scene.accountId))?.state.active?.row;
    await scene.create(scene.attempt(scene.device(), mine, 1), statement);
    const stored = await scene.store.read(scene.accountId);
    const text = JSON.stringify(stored && z.encode(accountState, stored.state));
    expect(text).toContain('wrappedShare');
    for (const erased of [
      oldRow?.record,
      oldRow?.wrappedShare.ct,
      oldRow?.wrappedShare.wrappedDek,
      oldRow?.rowHash,
      oldRow?.releasePub,
    ])
      expect(text).not.toContain(toBase64url(erased ?? new Uint8Array(1)));
    expect(await scene.vault.challenge(scene.device(), 1)).toEqual(refused('not-found'));
  });

  it('ends the challenges of the generation before', async () => {
    const scene = createScene();
    const [mine, device] = [scene.owner(), scene.device()];
    const first = scene.attempt(scene.device(), mine);
    const { statement } = await scene.create(first);
    const { challenge } = expectOk(await scene.vault.challenge(device, 1));
    const second = scene.attempt(scene.device(), mine, 1);
    await scene.create(second, statement);
    const late = signRelease(first, scene.vaultId, device, challenge);
    expect(await scene.vault.release(device, 1, late)).toEqual(refused('not-found'));
    const renamed = signRelease(second, scene.vaultId, device, challenge);
    expect(await scene.vault.release(device, 2, renamed)).toEqual(refused('challenge-unknown'));
  });
});
