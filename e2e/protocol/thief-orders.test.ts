/** I11: somebody who can sign in as the user, against a backup that stands: he changes nothing, and what he does is seen. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '@/lib/crypto/secret';
import { ownerKeyOf } from '@/lib/keyless/backup/generation';
import type { JournalEntry } from '@/lib/keyless/ports';
import { activateStatement, statementHashOf } from '@/lib/keyless/wire/statement';
import { orderDeletion, undoDeletion } from './owner-orders';
import { bytesOf, codeOf, create, createWorld, type Device, PIN, random, recover, rotate, type World } from './world';

const HOUR_MS = 3_600_000;

let world: World;
let account: Uint8Array;
let owner: Device;
let wallet: Secret;
let thief: Device;
/** A key of his own: he has no other. */
let hisWallet: Secret;

beforeEach(async () => {
  world = await createWorld();
  account = random(32);
  owner = await world.device(account);
  wallet = (await create(owner)).entropy;
  thief = await world.device(account);
  hisWallet = new Secret(random(32));
});

const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; details?: { reason?: string } }) => error.details?.reason ?? error.code,
  );

const active = async () => {
  const { active: found } = await thief.parties.vault.metadata();
  if (!found) throw new Error('no backup');
  return found;
};

const expectOpens = async (pin: string) =>
  expect(bytesOf((await recover(await world.device(account), pin)).entropy)).toEqual(bytesOf(wallet));

/** Half days, with what the servers do in them. */
async function pass(halfDays: number): Promise<void> {
  for (let round = 0; round < halfDays; round++) {
    world.nowMs += 12 * HOUR_MS;
    await world.vault.vault.sweep(100);
    await world.issuer.runDeletions();
  }
}

describe('a thief of the account, beside a backup that stands', () => {
  it('activates nothing: neither issuer nor vault takes an S that another key signed', async () => {
    const { slot, statement, recordHash, realmSetId } = await active();
    const his = hisWallet.use((entropy) => ownerKeyOf(entropy, account));
    const s = activateStatement({
      vaultId: world.pins.vaultId,
      accountId: account,
      from: 1,
      to: 2,
      slot,
      recordHash,
      rowHash: random(32),
      realmSetId,
      ownerPub: his.publicKey,
      previousHash: statementHashOf(statement),
    });
    const signed = { statement: s, signature: his.sign(s) };
    expect(await reasonOf(thief.parties.issuer.keep(signed))).toBe('bad-signature');
    expect(await reasonOf(thief.parties.vault.activate({ ...signed, kept: random(64) }))).toBe('slot-void');
    await expectOpens(PIN);
  });

  it('orders no deletion, and the days change nothing', async () => {
    expect(await orderDeletion(world, thief, hisWallet)).toBe(403);
    await pass(8);
    await expectOpens(PIN);
  });

  it('takes back no order of the owner’s: it is carried out', async () => {
    expect(await orderDeletion(world, owner, wallet)).toBe(200);
    expect(await undoDeletion(world, thief, hisWallet)).toBe(403);
    await pass(8);
    expect(await codeOf(recover(await world.device(account)))).toBe('backup-not-found');
  });

  it('cannot keep the owner from taking an order back', async () => {
    await orderDeletion(world, owner, wallet);
    expect(await codeOf(rotate(thief, hisWallet, '905172'))).toBe('owner-mismatch');
    expect(await undoDeletion(world, owner, wallet)).toBe(200);
    await pass(8);
    await expectOpens(PIN);
  });

  it('rolls nothing back: an old S that he overheard is answered, and changes nothing', async () => {
    const overheard: JournalEntry[] = [];
    const write = owner.journal.write.bind(owner.journal);
    const journal = {
      ...owner.journal,
      write: async (entry: JournalEntry) => {
        overheard.push(entry);
        await write(entry);
      },
    };
    await rotate({ ...owner, journal }, wallet, '905172');
    const [old] = overheard.flatMap(({ activation }) => activation ?? []);
    await rotate(owner, wallet, '618039');
    expect((await active()).generation).toBe(3);
    if (!old) throw new Error('nothing overheard');
    expect(await reasonOf(thief.parties.vault.activate(old))).toBe('done');
    expect((await active()).generation).toBe(3);
    expect((await thief.parties.issuer.witness()).current?.to).toBe(3);
    await expectOpens('618039');
  });

  it('resets no schedule: a success that another key signed is refused', async () => {
    for (const pin of ['739160', '739161', '739162']) expect(await codeOf(recover(thief, pin))).toBe('pin-wrong');
    const { slot } = await active();
    expect(await reasonOf(thief.parties.issuer.success({ slot, tryNumber: 3, signature: random(64) }))).toBe(
      'bad-signature',
    );
    expect(await codeOf(recover(thief, '739163'))).toBe('try-later');
  });

  it('is seen: each try is an event, and the owner is told of it before he types a PIN', async () => {
    for (const pin of ['739160', '739161']) expect(await codeOf(recover(thief, pin))).toBe('pin-wrong');
    const { tries, events } = await owner.parties.issuer.witness();
    expect(tries.sinceSuccess).toBe(2);
    expect(events.filter(({ kind }) => kind === 'try-granted')).toHaveLength(2);
    expect((await recover(await world.device(account))).failedTries).toBe(2);
  });

  it('is left with the tries: used up by him, the backup is dead, and an unlocked device makes the next', async () => {
    for (let tries = 0; tries < 8; tries++) {
      const { tries: schedule } = await thief.parties.issuer.witness();
      world.nowMs = Math.max(world.nowMs, schedule.nextAtMs);
      await codeOf(recover(thief, `73916${tries}`));
    }
    await pass(2);
    expect(await codeOf(recover(await world.device(account)))).toBe('pin-used-up');
    await rotate(owner, wallet, '905172');
    await expectOpens('905172');
  });
});
