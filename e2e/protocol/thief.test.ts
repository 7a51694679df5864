/** I3 and I11: somebody who can sign in as the user, without PIN and without a device. */
import { beforeAll, describe, expect, it } from 'vitest';
import { signingKeyOf } from '@/lib/crypto/signature';
import { resumeBackUp } from '@/lib/keyless/backup/activation';
import { releaseKeyOf } from '@/lib/keyless/backup/generation';
import { juiceboxUserOf, realmSetIdOf } from '@/lib/keyless/wire/realm-set';
import { releaseStatement, reserveStatement } from '@/lib/keyless/wire/statement';
import { eventUserId } from '@/services/realm/protocol/record';
import { runUntilCut } from './power';
import {
  bytesOf,
  codeOf,
  create,
  createWorld,
  type Device,
  GUESSES,
  random,
  recover,
  rotate,
  type World,
} from './world';

const HOUR_MS = 3_600_000;

let world: World;
let account: Uint8Array;
let wallet: Uint8Array;
let thief: Device;
let slot: Uint8Array;

beforeAll(async () => {
  world = await createWorld();
  account = random(32);
  const device = await world.device(account);
  wallet = bytesOf((await create(device)).entropy);
  thief = await world.device(account);
  const { active } = await thief.parties.vault.metadata();
  if (!active) throw new Error('no backup');
  slot = active.slot;
});

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; details?: { reason?: string } }) => error.details?.reason ?? error.code,
  );

describe('a thief of the account', () => {
  it('reads nothing: not even the ciphertext leaves without the PIN', async () => {
    const challenge = await thief.parties.vault.challenge(1);
    const { vaultId } = world.pins;
    const statement = releaseStatement({
      vaultId,
      accountId: account,
      generation: 1,
      slot,
      challenge,
      jkt: thief.parties.jkt,
    });
    const signature = releaseKeyOf(random(33)).sign(statement);
    expect(await reasonOf(thief.parties.vault.release(1, { challenge, signature }))).toBe('bad-signature');
  });

  it('cannot replace: a reservation over a live backup needs the owner’s signature', async () => {
    const request = { from: 1, to: 2, slot: random(16), realmSetId: realmSetIdOf(world.realmSet) };
    expect(await reasonOf(thief.parties.vault.reserve(request))).toBe('owner-signature-required');
    const { vaultId } = world.pins;
    const statement = reserveStatement({ vaultId, accountId: account, ...request, jkt: thief.parties.jkt });
    const ownerSignature = signingKeyOf(random(32)).sign(statement);
    expect(await reasonOf(thief.parties.vault.reserve({ ...request, ownerSignature }))).toBe('bad-signature');
  });

  it('gets no token that could overwrite or delete', async () => {
    expect(await codeOf(thief.parties.issuer.registerTokens(slot))).toBe('slot-void');
    expect(await codeOf(thief.parties.issuer.registerTokens(random(16)))).toBe('slot-void');
  });

  it('has three tries at once, then waits ten minutes, an hour, and a day each; the owner is told', async () => {
    for (const pin of ['111117', '222227', '333337']) expect(await codeOf(recover(thief, pin))).toBe('pin-wrong');
    const waits: number[] = [];
    for (let tries = 3; tries < GUESSES; tries++) {
      const { tries: schedule } = await thief.parties.issuer.witness();
      waits.push(schedule.nextAtMs - world.nowMs);
      world.nowMs = schedule.nextAtMs - 1;
      expect(await codeOf(recover(thief, '444447'))).toBe('try-later');
      world.nowMs += 1;
      await codeOf(recover(thief, `55555${tries}`));
    }
    expect(waits.map((ms) => Math.round(ms / 60_000))).toEqual([10, 60, 24 * 60, 24 * 60, 24 * 60]);
    const { events } = await thief.parties.issuer.witness();
    expect(events.filter((event) => event.kind === 'try-granted').length).toBeGreaterThanOrEqual(GUESSES);
  });

  it('who used the tries up has destroyed the backup, not the wallet: an unlocked device makes a new one', async () => {
    world.nowMs += 25 * HOUR_MS;
    const owner = await world.device(account);
    expect(await codeOf(recover(owner))).toBe('pin-used-up');
    const { Secret } = await import('@/lib/crypto/secret');
    await rotate(owner, new Secret(wallet.slice()), '905172');
    expect(bytesOf((await recover(await world.device(account), '905172')).entropy)).toEqual(wallet);
  });
});

/** Counted so far, at each realm. */
function countGuesses(user: Uint8Array, of: Uint8Array): number[] {
  const userId = eventUserId('halfkey', juiceboxUserOf(user, of));
  return world.realms.map(
    ({ store }) => store.events.filter((one) => one.event === 'guess_used' && one.userId === userId).length,
  );
}

describe('the guess limit', () => {
  it('holds for a thousand requests at once: three sets of tokens, and as many guesses a realm', async () => {
    const user = random(32);
    await create(await world.device(user));
    const device = await world.device(user);
    const found = (await device.parties.vault.metadata()).active;
    if (!found) throw new Error('no backup');
    const guesses = () => countGuesses(user, found.slot);
    const before = guesses();
    const asked = Array.from({ length: 1_000 }, () => device.parties.issuer.recoverTokens(found.slot));
    const sets = (await Promise.allSettled(asked)).flatMap((one) =>
      one.status === 'fulfilled' ? [one.value.tokens] : [],
    );
    expect(sets).toHaveLength(3);
    // Each set is shown to all realms again and again, with another PIN each time.
    for (const tokens of sets)
      for (let tries = 0; tries < 4; tries++) {
        const pin = new TextEncoder().encode(`73910${tries}`);
        const access = { realmSet: world.realmSet, tokens, pin, info: user };
        expect(await codeOf(device.parties.realms.recover(access))).toBe(tries === 0 ? 'pin-wrong' : 'try-may-be-used');
      }
    expect(guesses()).toEqual(before.map((count) => count + 3));
  }, 120_000);
});

describe('an attempt that a thief races', () => {
  it('of a first creation belongs to whoever reserved, for fifteen minutes', async () => {
    const user = random(32);
    const owner = await world.device(user);
    const other = await world.device(user);
    await runUntilCut(world, owner, 8, 'after', (device) => create(device));
    expect(await codeOf(create(other))).toBe('reserved-elsewhere');
    world.nowMs += 16 * 60_000;
    expect(await codeOf(create(other))).toBe('done');
    expect(['dropped', 'none']).toContain(await resumeBackUp(owner.parties, owner.journal));
  });
});
