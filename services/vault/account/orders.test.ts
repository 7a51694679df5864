import { describe, expect, it } from 'vitest';
import type { SigningKey } from '@/lib/crypto/signature';
import { deleteStatement, objectionStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import type { DeletionRequest, WithdrawalRequest } from '@/lib/keyless/wire/vault';
import { signRelease } from '../testing/actors';
import { createScene, expectOk, HOUR_MS } from '../testing/scene';
import { confirmStartOver, DELETION_DELAY_MS, orderStartOver, START_OVER_DELAY_MS } from './orders';
import { refused } from './outcome';

async function withBackup() {
  const scene = createScene();
  const { vaultId, accountId } = scene;
  const owner = scene.owner();
  const backup = scene.attempt(scene.device(), owner);
  const s = await scene.create(backup);
  const deletion = (changes: Partial<DeletionRequest> = {}, key: SigningKey = owner): DeletionRequest => {
    const { slot } = backup.reserve;
    const statementHash = statementHashOf(s.statement);
    const order = { generation: 1, slot, statementHash, orderId: scene.random(16), notBeforeS: 0, ...changes };
    return { ...order, signature: key.sign(deleteStatement({ ...order, vaultId, accountId })) };
  };
  const undo = (orderId: Uint8Array, key: SigningKey = owner): WithdrawalRequest => ({
    orderId,
    signature: key.sign(undoStatement({ vaultId, accountId, orderId })),
  });
  const objection = (orderId: Uint8Array, key: SigningKey = owner): WithdrawalRequest => ({
    orderId,
    signature: key.sign(objectionStatement({ vaultId, accountId, orderId })),
  });
  const startOver = (orderId: Uint8Array, slot = backup.reserve.slot) =>
    scene.run((state, context) => orderStartOver(state, { orderId, slot }, context));
  const confirm = (orderId: Uint8Array) => scene.run((state, context) => confirmStartOver(state, orderId, context));
  const caller = backup.caller;
  return { ...scene, key: owner, backup, s, caller, deletion, undo, objection, startOver, confirm };
}

describe('an order to delete (R7)', () => {
  it('stands for 72 hours, then the backup is gone and its number is used (R6)', async () => {
    const { vault, caller, deletion, now, pass, accountId, facts } = await withBackup();
    const request = deletion();
    const order = expectOk(await vault.orderDeletion(caller, request));
    expect(order).toEqual({ order: 'delete', orderId: request.orderId, deadlineMs: now() + DELETION_DELAY_MS });
    expect(expectOk(await vault.metadata(accountId)).order).toEqual(order);
    pass(DELETION_DELAY_MS - 1);
    expect(expectOk(await vault.metadata(accountId)).active).not.toBeNull();
    pass(1);
    expect(expectOk(await vault.metadata(accountId))).toEqual({ lastNumber: 2, active: null, order: null });
    expect((await facts()).slice(-2)).toMatchObject([
      { kind: 'ordered', order: 'delete', generation: 1, deadlineMs: order.deadlineMs },
      { kind: 'erased', number: 2, orderId: request.orderId },
    ]);
  });

  it('is carried out by the sweep, and leaves no byte of the row', async () => {
    const { vault, caller, deletion, pass, store, accountId } = await withBackup();
    await vault.challenge(caller, 1);
    await vault.orderDeletion(caller, deletion());
    pass(DELETION_DELAY_MS);
    expect(await vault.sweep(10)).toBe(1);
    const stored = await store.read(accountId);
    expect(stored?.state).toMatchObject({ lastNumber: 2, active: null, reservation: null });
  });

  it('stands until notBefore if that is later', async () => {
    const { vault, caller, deletion, now } = await withBackup();
    const notBeforeS = Math.floor(now() / 1000) + 100 * 24 * 3600;
    const order = expectOk(await vault.orderDeletion(caller, deletion({ notBeforeS })));
    expect(order.deadlineMs).toBe(notBeforeS * 1000);
  });

  it('answers a repeat the same and counts nothing anew', async () => {
    const { vault, caller, deletion, pass, facts } = await withBackup();
    const request = deletion();
    const order = expectOk(await vault.orderDeletion(caller, request));
    pass(HOUR_MS);
    expect(expectOk(await vault.orderDeletion(caller, request))).toEqual(order);
    expect((await facts()).filter(({ kind }) => kind === 'ordered')).toHaveLength(1);
    expect(await vault.orderDeletion(caller, deletion())).toEqual(refused('deletion-pending'));
  });

  it('is refused unless the owner signed it, for exactly this backup', async () => {
    const { vault, caller, deletion, owner, random } = await withBackup();
    expect(await vault.orderDeletion(caller, deletion({}, owner()))).toEqual(refused('bad-signature'));
    expect(await vault.orderDeletion(caller, { ...deletion(), notBeforeS: 1 })).toEqual(refused('bad-signature'));
    const wrongNumber = refused('wrong-number');
    expect(await vault.orderDeletion(caller, deletion({ generation: 2 }))).toEqual(wrongNumber);
    expect(await vault.orderDeletion(caller, deletion({ slot: random(16) }))).toEqual(wrongNumber);
    expect(await vault.orderDeletion(caller, deletion({ statementHash: random(32) }))).toEqual(wrongNumber);
  });

  it('is bounded: ten at once and one more a day, and each can still be taken back', async () => {
    const { vault, caller, deletion, undo, now, pass } = await withBackup();
    for (let made = 0; made < 10; made += 1) {
      const request = deletion();
      expectOk(await vault.orderDeletion(caller, request));
      expectOk(await vault.undoDeletion(caller, undo(request.orderId)));
    }
    const nextAtMs = now() + 24 * HOUR_MS;
    expect(await vault.orderDeletion(caller, deletion())).toEqual({ ok: false, code: 'too-many-requests', nextAtMs });
    pass(24 * HOUR_MS);
    const last = deletion();
    expectOk(await vault.orderDeletion(caller, last));
    expectOk(await vault.orderDeletion(caller, last));
    expectOk(await vault.undoDeletion(caller, undo(last.orderId)));
    expect(await vault.orderDeletion(caller, deletion())).toMatchObject({ code: 'too-many-requests' });
  });

  it('is refused where there is nothing to delete', async () => {
    const { vault, caller, deletion, pass } = await withBackup();
    const request = deletion();
    await vault.orderDeletion(caller, request);
    pass(DELETION_DELAY_MS);
    expect(await vault.orderDeletion(caller, request)).toEqual(refused('not-found'));
  });

  it('makes an open reservation void in the same transaction', async () => {
    const scene = await withBackup();
    const next = scene.attempt(scene.caller, scene.key, 1);
    await scene.vault.reserve(next.caller, next.reserve);
    await scene.vault.putRow(next.caller, 2, next.row);
    await scene.vault.orderDeletion(scene.caller, scene.deletion());
    expect((await scene.facts()).slice(-2)).toMatchObject([
      { kind: 'void', slot: next.reserve.slot },
      { kind: 'ordered' },
    ]);
    const request = scene.activation(next, scene.s.statement);
    expect(await scene.vault.activate(next.caller, request)).toEqual(refused('slot-void'));
  });

  it('refuses reservations and activations while it stands, and still releases', async () => {
    const scene = await withBackup();
    const { vault, caller, vaultId } = scene;
    await vault.orderDeletion(caller, scene.deletion());
    const next = scene.attempt(caller, scene.key, 1);
    expect(await vault.reserve(caller, next.reserve)).toEqual(refused('deletion-pending'));
    const request = scene.activation(next, scene.s.statement);
    expect(await vault.activate(caller, request)).toEqual(refused('deletion-pending'));
    const { challenge } = expectOk(await vault.challenge(caller, 1));
    expectOk(await vault.release(caller, 1, signRelease(scene.backup, vaultId, caller, challenge)));
  });

  it('after it, the next backup has the next number, any owner, and no S before', async () => {
    const scene = await withBackup();
    await scene.vault.orderDeletion(scene.caller, scene.deletion());
    scene.pass(DELETION_DELAY_MS);
    await scene.create(scene.attempt(scene.device(), scene.owner(), 2));
    expect(expectOk(await scene.vault.metadata(scene.accountId))).toMatchObject({
      lastNumber: 3,
      active: { generation: 3 },
    });
  });
});

describe('an undo (R7)', () => {
  it('takes the order back until its deadline, and not after', async () => {
    const { vault, caller, deletion, undo, pass, facts } = await withBackup();
    const first = deletion();
    await vault.orderDeletion(caller, first);
    pass(DELETION_DELAY_MS - 1);
    expectOk(await vault.undoDeletion(caller, undo(first.orderId)));
    expect((await facts()).at(-1)).toEqual({ kind: 'undone', orderId: first.orderId });
    const second = deletion();
    await vault.orderDeletion(caller, second);
    pass(DELETION_DELAY_MS + 1000);
    expect(await vault.undoDeletion(caller, undo(second.orderId))).toEqual(refused('not-found'));
    expect((await facts()).at(-1)?.kind).toBe('erased');
  });

  it('needs the owner, and the order that stands', async () => {
    const { vault, caller, deletion, undo, objection, owner, random } = await withBackup();
    const { orderId } = deletion();
    expect(await vault.undoDeletion(caller, undo(orderId))).toEqual(refused('not-found'));
    await vault.orderDeletion(caller, deletion({ orderId }));
    expect(await vault.undoDeletion(caller, undo(orderId, owner()))).toEqual(refused('bad-signature'));
    expect(await vault.undoDeletion(caller, undo(random(16)))).toEqual(refused('not-found'));
    const mixed = { orderId, signature: objection(orderId).signature };
    expect(await vault.undoDeletion(caller, mixed)).toEqual(refused('bad-signature'));
    expect(await vault.objectToStartOver(caller, objection(orderId))).toEqual(refused('not-found'));
  });

  it('uses the order id up', async () => {
    const { vault, caller, deletion, undo, facts } = await withBackup();
    const request = deletion();
    await vault.orderDeletion(caller, request);
    await vault.undoDeletion(caller, undo(request.orderId));
    expect(await vault.orderDeletion(caller, request)).toEqual(refused('bad-request'));
    expect((await facts()).at(-1)?.kind).toBe('undone');
  });
});

describe('a start-over', () => {
  it('is counted by the vault and erases only when the issuer confirms after seven days', async () => {
    const { vault, startOver, confirm, random, now, pass, accountId, facts } = await withBackup();
    const orderId = random(16);
    const deadlineMs = now() + START_OVER_DELAY_MS;
    expect(expectOk(await startOver(orderId))).toEqual({ order: 'start-over', orderId, deadlineMs });
    expect(await confirm(orderId)).toEqual({ ok: false, code: 'deletion-pending', nextAtMs: deadlineMs });
    pass(START_OVER_DELAY_MS);
    expect(await vault.sweep(10)).toBe(0);
    expect(expectOk(await vault.metadata(accountId)).active).not.toBeNull();
    expect(await confirm(random(16))).toEqual(refused('not-found'));
    expectOk(await confirm(orderId));
    expect(expectOk(await vault.metadata(accountId))).toEqual({ lastNumber: 2, active: null, order: null });
    expect((await facts()).at(-1)).toEqual({ kind: 'erased', number: 2, orderId });
    expect(await confirm(orderId)).toEqual(refused('not-found'));
  });

  it('ends with an objection of the owner, and of nobody else', async () => {
    const { vault, caller, startOver, confirm, objection, owner, random, pass } = await withBackup();
    const orderId = random(16);
    await startOver(orderId);
    expect(await vault.objectToStartOver(caller, objection(orderId, owner()))).toEqual(refused('bad-signature'));
    expectOk(await vault.objectToStartOver(caller, objection(orderId)));
    pass(START_OVER_DELAY_MS);
    expect(await confirm(orderId)).toEqual(refused('not-found'));
    expect(await startOver(orderId)).toEqual(refused('bad-request'));
  });

  it('ends with a reservation signed by the owner, and not with a thief’s', async () => {
    const { vault, attempt, device, key, owner, startOver, confirm, random, pass, facts, accountId } =
      await withBackup();
    const orderId = random(16);
    await startOver(orderId);
    const thief = attempt(device(), owner(), 1);
    expect(await vault.reserve(thief.caller, thief.reserve)).toEqual(refused('bad-signature'));
    const next = attempt(device(), key, 1);
    expectOk(await vault.reserve(next.caller, next.reserve));
    expect((await facts()).slice(-2)).toMatchObject([{ kind: 'undone', orderId }, { kind: 'reserved' }]);
    expect(expectOk(await vault.metadata(accountId)).order).toBeNull();
    pass(START_OVER_DELAY_MS);
    expect(await confirm(orderId)).toEqual(refused('not-found'));
  });

  it('is refused for another slot, without a backup, and while another order stands', async () => {
    const { vault, caller, deletion, startOver, random, pass } = await withBackup();
    expect(await startOver(random(16), random(16))).toEqual(refused('wrong-number'));
    await vault.orderDeletion(caller, deletion());
    expect(await startOver(random(16))).toEqual(refused('deletion-pending'));
    pass(DELETION_DELAY_MS);
    expect(await startOver(random(16))).toEqual(refused('not-found'));
  });

  it('is bounded as deletions are, and uses up none of them: whoever signs in may ask for it', async () => {
    const { vault, caller, deletion, undo, objection, startOver, now, random } = await withBackup();
    for (let made = 0; made < 10; made += 1) {
      const orderId = random(16);
      expectOk(await startOver(orderId));
      expectOk(await vault.objectToStartOver(caller, objection(orderId)));
    }
    const nextAtMs = now() + 24 * HOUR_MS;
    expect(await startOver(random(16))).toEqual({ ok: false, code: 'too-many-requests', nextAtMs });
    for (let made = 0; made < 10; made += 1) {
      const request = deletion();
      expectOk(await vault.orderDeletion(caller, request));
      expectOk(await vault.undoDeletion(caller, undo(request.orderId)));
    }
    expect(await vault.orderDeletion(caller, deletion())).toMatchObject({ code: 'too-many-requests' });
  });

  it('makes an open reservation void', async () => {
    const scene = await withBackup();
    const next = scene.attempt(scene.caller, scene.key, 1);
    await scene.vault.reserve(next.caller, next.reserve);
    await scene.startOver(scene.random(16));
    expect((await scene.facts()).slice(-2)).toMatchObject([
      { kind: 'void', slot: next.reserve.slot },
      { kind: 'ordered', order: 'start-over' },
    ]);
  });
});
