import { describe, expect, it } from 'vitest';
import { createScene } from '../testing/scene';
import { refused } from './outcome';
import { RESERVATION_LIFE_MS, RESERVATIONS, reserve, TAKE_OVER_MS } from './reserve';
import { EMPTY_STATE } from './state';

const OK = { ok: true, answer: null };

describe('a reservation (R1)', () => {
  it('needs no signature where there is no backup, and is published', async () => {
    const { vault, attempt, device, owner, facts } = createScene();
    const first = attempt(device(), owner());
    const { ownerSignature: _, ...unsigned } = first.reserve;
    expect(await vault.reserve(first.caller, unsigned)).toMatchObject(OK);
    const { slot, realmSetId } = first.reserve;
    expect(await facts()).toEqual([{ kind: 'reserved', slot, from: 0, to: 1, realmSetId, jkt: first.caller.jkt }]);
  });

  it('answers the same when the same device repeats it, and publishes nothing more', async () => {
    const { vault, attempt, device, owner, facts } = createScene();
    const first = attempt(device(), owner());
    await vault.reserve(first.caller, first.reserve);
    expect(await vault.reserve(first.caller, first.reserve)).toMatchObject(OK);
    expect(await facts()).toHaveLength(1);
  });

  it.each([
    ['the number is not the next', { to: 2 }],
    ['from is not the last number', { from: 1, to: 2 }],
    ['the number goes back', { from: 1, to: 0 }],
  ])('is refused if %s', async (_, numbers) => {
    const { vault, attempt, device, owner } = createScene();
    const first = attempt(device(), owner());
    expect(await vault.reserve(first.caller, { ...first.reserve, ...numbers })).toEqual(refused('wrong-number'));
  });

  it('may be replaced at once by the same device, and the old slot is void for ever', async () => {
    const { vault, attempt, device, owner, facts } = createScene();
    const caller = device();
    const [first, second] = [attempt(caller, owner()), attempt(caller, owner())];
    await vault.reserve(caller, first.reserve);
    expect(await vault.reserve(caller, second.reserve)).toMatchObject(OK);
    expect((await facts()).map(({ kind }) => kind)).toEqual(['reserved', 'void', 'reserved']);
    expect((await facts())[1]).toEqual({ kind: 'void', slot: first.reserve.slot });
    expect(await vault.reserve(caller, first.reserve)).toEqual(refused('slot-used'));
  });

  it('is kept from other devices for 15 minutes, told until when', async () => {
    const { vault, attempt, device, owner, now, pass, facts } = createScene();
    const [first, second] = [attempt(device(), owner()), attempt(device(), owner())];
    await vault.reserve(first.caller, first.reserve);
    const nextAtMs = now() + TAKE_OVER_MS;
    const refusal = { ok: false, code: 'reserved-elsewhere', nextAtMs };
    expect(await vault.reserve(second.caller, second.reserve)).toEqual(refusal);
    pass(TAKE_OVER_MS - 1);
    expect(await vault.reserve(second.caller, second.reserve)).toEqual(refusal);
    pass(1);
    expect(await vault.reserve(second.caller, second.reserve)).toMatchObject(OK);
    expect((await facts())[1]).toEqual({ kind: 'void', slot: first.reserve.slot });
  });

  it('does not pass to another device that names the same slot', async () => {
    const { vault, attempt, device, owner, pass } = createScene();
    const first = attempt(device(), owner());
    await vault.reserve(first.caller, first.reserve);
    pass(TAKE_OVER_MS);
    expect(await vault.reserve(device(), first.reserve)).toEqual(refused('slot-used'));
  });

  it('is void after 24 hours, and activates no more', async () => {
    const { vault, attempt, activation, device, owner, pass, facts } = createScene();
    const first = attempt(device(), owner());
    await vault.reserve(first.caller, first.reserve);
    await vault.putRow(first.caller, 1, first.row);
    pass(RESERVATION_LIFE_MS - 1);
    expect(await vault.sweep(10)).toBe(0);
    pass(1);
    expect(await vault.activate(first.caller, activation(first))).toEqual(refused('slot-void'));
    expect(await facts()).toMatchObject([{ kind: 'reserved' }, { kind: 'void', slot: first.reserve.slot }]);
    expect(await vault.reserve(first.caller, first.reserve)).toEqual(refused('slot-used'));
  });

  it('is voided by the sweep without anybody asking', async () => {
    const { vault, attempt, device, owner, pass, feed } = createScene();
    const first = attempt(device(), owner());
    await vault.reserve(first.caller, first.reserve);
    pass(RESERVATION_LIFE_MS);
    expect(await vault.sweep(10)).toBe(1);
    expect((await feed()).at(-1)?.fact.kind).toBe('void');
    expect(await vault.sweep(10)).toBe(0);
  });

  it('is bounded: fifty at once, and one more every four hours', () => {
    const { attempt, device, owner, vaultId, now } = createScene();
    const { caller, reserve: request } = attempt(device(), owner());
    const sinceMs = now();
    const { atOnce, oneMoreAfterMs } = RESERVATIONS;
    const afterCount = (count: number, nowMs: number) =>
      reserve(
        { ...EMPTY_STATE, reservations: { sinceMs, count } },
        { caller, request, fate: null },
        { nowMs, vaultId },
      );
    const usage = (outcome: ReturnType<typeof afterCount>) => outcome.ok && outcome.write?.state.reservations;
    expect([atOnce, oneMoreAfterMs]).toEqual([50, 4 * 3_600_000]);
    expect(usage(afterCount(atOnce - 1, sinceMs))).toEqual({ sinceMs, count: atOnce });
    const nextAtMs = sinceMs + oneMoreAfterMs;
    expect(afterCount(atOnce, nextAtMs - 1)).toEqual({ ok: false, code: 'too-many-requests', nextAtMs });
    expect(usage(afterCount(atOnce, nextAtMs))).toEqual({ sinceMs: nextAtMs, count: atOnce });
    expect(usage(afterCount(atOnce, nextAtMs + 2.5 * oneMoreAfterMs))).toEqual({
      sinceMs: nextAtMs + 2 * oneMoreAfterMs,
      count: atOnce - 2,
    });
    const later = sinceMs + atOnce * oneMoreAfterMs;
    expect(usage(afterCount(atOnce, later))).toEqual({ sinceMs: later, count: 1 });
    // A clock that went back, and what a server of the version before counted: it took 200.
    expect(afterCount(atOnce, sinceMs - 1)).toEqual({ ok: false, code: 'too-many-requests', nextAtMs });
    expect(usage(afterCount(200, nextAtMs))).toEqual({ sinceMs: nextAtMs, count: atOnce });
  });
});

describe('a reservation above a backup (R1)', () => {
  it('needs the signature of the pinned owner', async () => {
    const scene = createScene();
    const { vault, attempt, device, owner, create } = scene;
    const mine = owner();
    await create(attempt(device(), mine));
    const next = attempt(device(), mine, 1);
    const { ownerSignature: _, ...unsigned } = next.reserve;
    expect(await vault.reserve(next.caller, unsigned)).toEqual(refused('owner-signature-required'));
    const thief = attempt(device(), owner(), 1);
    expect(await vault.reserve(thief.caller, thief.reserve)).toEqual(refused('bad-signature'));
    expect(await vault.reserve(next.caller, next.reserve)).toMatchObject(OK);
  });

  it('cannot be opened with the signature for another device, slot or realm set', async () => {
    const { vault, attempt, device, owner, create, random } = createScene();
    const mine = owner();
    await create(attempt(device(), mine));
    const { caller, reserve } = attempt(device(), mine, 1);
    const badSignature = refused('bad-signature');
    expect(await vault.reserve(device(), reserve)).toEqual(badSignature);
    expect(await vault.reserve(caller, { ...reserve, slot: random(16) })).toEqual(badSignature);
    expect(await vault.reserve(caller, { ...reserve, realmSetId: random(16) })).toEqual(badSignature);
  });
});
