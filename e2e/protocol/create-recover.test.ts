import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBackup } from '@/lib/keyless/backup/create';
import { lookUpBackup } from '@/lib/keyless/backup/recover';
import { decodeActivation } from '@/lib/keyless/wire/statement';
import {
  bytesOf,
  codeOf,
  countRealmRows,
  create,
  createWorld,
  type Device,
  PIN,
  random,
  recover,
  rotate,
  type World,
} from './world';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => {
  world.intercept = (request, send) => send(request);
});

describe('create, then recover', () => {
  it('gives the same entropy on another device', async () => {
    const account = random(32);
    const { entropy, backup } = await create(await world.device(account));
    const other = await world.device(account);
    const recovered = await recover(other);
    expect(bytesOf(recovered.entropy)).toEqual(bytesOf(entropy));
    expect(recovered.backup).toEqual(backup);
    expect(recovered.failedTries).toBe(0);
  });

  it('names its four steps in order', async () => {
    const steps: string[] = [];
    await createBackup({ ...(await world.device(random(32))), random, onStep: (step) => steps.push(step) }, PIN);
    expect(steps).toEqual(['making-key', 'storing-realms', 'storing-vault', 'checking']);
  });

  it('says so before a PIN is asked when there is no backup', async () => {
    const device = await world.device(random(32));
    expect(await lookUpBackup(device.parties, null)).toBeNull();
  });

  it('does not create over a backup', async () => {
    const account = random(32);
    await create(await world.device(account));
    expect(await codeOf(create(await world.device(account)))).toBe('backup-exists');
  });

  it('refuses a weak PIN before anything happens', async () => {
    const device = await world.device(random(32));
    expect(await codeOf(create(device, '123456'))).toBe('pin-weak');
    expect((await device.parties.vault.metadata()).lastNumber).toBe(0);
  });

  it('counts wrong PINs down from eight, and a success resets them', async () => {
    const account = random(32);
    await create(await world.device(account));
    const device = await world.device(account);
    const wrong = await recover(device, '739104').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'pin-wrong', details: { triesLeft: 7 } });
    expect(await recover(device, '739105').catch((error: unknown) => error)).toMatchObject({
      details: { triesLeft: 6 },
    });
    const recovered = await recover(device);
    expect(recovered.failedTries).toBe(2);
    expect((await recover(device)).failedTries).toBe(0);
  });

  it('asks for a try only once the vault has answered', async () => {
    const account = random(32);
    await create(await world.device(account));
    const asked: string[] = [];
    world.intercept = async (request, send) => {
      asked.push(new URL(request.url).pathname);
      if (request.url.endsWith('/challenge')) throw new TypeError('connection refused');
      return send(request);
    };
    expect(await codeOf(recover(await world.device(account)))).toBe('vault-unreachable');
    expect(asked).toContain('/generations/1/challenge');
    expect(asked).not.toContain('/tokens/recover');
  });

  it('asks for another challenge when the first was gone after the hashing, and spends one try', async () => {
    const account = random(32);
    await create(await world.device(account));
    const device = await world.device(account);
    let releases = 0;
    world.intercept = async (request, send) => {
      if (new URL(request.url).pathname.endsWith('/release') && releases++ === 0) world.nowMs += 3 * 60_000;
      return send(request);
    };
    expect(await codeOf(recover(device))).toBe('done');
    world.intercept = (request, send) => send(request);
    expect(releases).toBe(2);
  });

  it('accepts the PIN in any script', async () => {
    const account = random(32);
    await create(await world.device(account));
    expect(await codeOf(recover(await world.device(account), '４８２９１３'))).toBe('done');
  });
});

describe('PIN reset', () => {
  it('makes the new PIN the only one, and the old slot ends deleted', async () => {
    const account = random(32);
    const device = await world.device(account);
    const { entropy, backup } = await create(device);
    const rotated = await rotate(device, entropy, '905172');
    expect(rotated.generation).toBe(backup.generation + 1);
    expect(await codeOf(recover(await world.device(account), PIN))).toBe('pin-wrong');
    const recovered = await recover(await world.device(account), '905172');
    expect(bytesOf(recovered.entropy)).toEqual(bytesOf(entropy));
    const slotOf = (statement: Uint8Array) => decodeActivation(statement).slot;
    world.nowMs += 10 * 60_000;
    expect((await world.issuer.runDeletions()).deleted).toBe(1);
    expect(await countRealmRows(world, account, slotOf(backup.statement))).toBe(0);
    expect(await countRealmRows(world, account, slotOf(rotated.statement))).toBe(3);
  });

  it('works when all tries are used up', async () => {
    const account = random(32);
    const device = await world.device(account);
    const { entropy } = await create(device);
    const thief = await world.device(account);
    for (const pin of ['111117', '222227', '333337']) expect(await codeOf(recover(thief, pin))).toBe('pin-wrong');
    expect(await codeOf(recover(thief, '444447'))).toBe('try-later');
    for (let hours = 24, tries = 0; tries < 5; tries++) {
      world.nowMs += hours * 3_600_000;
      await codeOf(recover(thief, `55555${tries}`));
    }
    world.nowMs += 24 * 3_600_000;
    expect(await codeOf(recover(thief))).toBe('pin-used-up');
    await rotate(device, entropy, '905172');
    expect(await codeOf(recover(await world.device(account), '905172'))).toBe('done');
  });
});

describe('two devices at once', () => {
  /** At its row, the first device is overtaken: another one takes the reservation over and finishes. */
  const overtake = (other: () => Promise<unknown>) => {
    let overtaken = false;
    world.intercept = async (request, send) => {
      // Nothing else of the slower one is on its way then.
      if (request.url.endsWith('/tokens/register') && !overtaken) {
        overtaken = true;
        world.nowMs += 16 * 60_000;
        await other();
      }
      return send(request);
    };
  };

  it('create: one wins, the other is told that there is a backup', async () => {
    const account = random(32);
    const winner = await world.device(account);
    overtake(() => create(winner));
    expect(await codeOf(create(await world.device(account)))).toBe('backup-exists');
    expect(bytesOf((await recover(await world.device(account))).entropy)).toEqual(winner.attempt.entropy);
  });

  it('reset the PIN: one wins, the other is told, and nobody is accused', async () => {
    const account = random(32);
    const [first, second] = [await world.device(account), await world.device(account)];
    const { entropy } = await create(first);
    overtake(() => rotate(second, entropy, '905172'));
    expect(await codeOf(rotate(first, entropy, '615243'))).toBe('slot-void');
    expect(await codeOf(recover(await world.device(account), '905172'))).toBe('done');
    expect(await codeOf(rotate(first, entropy, '615243'))).toBe('done');
  });
});

describe('what a later issuer tells', () => {
  it('that this build does not know is passed over', async () => {
    const account = random(32);
    await create(await world.device(account));
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (!request.url.endsWith('/witness')) return response;
      const witness = await response.json();
      const event = { kind: 'of-a-later-version', atMs: world.nowMs, deviceName: null };
      return Response.json({ ...witness, events: [event, ...witness.events] });
    };
    const found = await lookUpBackup((await world.device(account)).parties, null);
    expect(found?.events.map(({ kind }) => kind)).toEqual(['activated']);
  });
});

describe('what a later vault tells', () => {
  it('of an order whose kind this build does not know is that one stands', async () => {
    const account = random(32);
    await create(await world.device(account));
    const order = { order: 'of-a-later-version', orderId: 'A'.repeat(22), deadlineMs: world.nowMs };
    world.intercept = async (request, send) => {
      const response = await send(request);
      return request.url.endsWith('/backup') ? Response.json({ ...(await response.json()), order }) : response;
    };
    const { parties } = await world.device(account);
    expect((await parties.vault.metadata()).order).toMatchObject({ order: 'unknown', deadlineMs: world.nowMs });
    expect(await lookUpBackup(parties, null)).not.toBeNull();
  });
});

describe('the share that the vault released', () => {
  it('is wiped once a creation has read it back and a recovery has used it', async () => {
    const account = random(32);
    const released: Uint8Array[] = [];
    const watched = async (): Promise<Device> => {
      const device = await world.device(account);
      const { vault } = device.parties;
      const release: typeof vault.release = async (...asked) => {
        const row = await vault.release(...asked);
        released.push(row.backendShare);
        return row;
      };
      return { ...device, parties: { ...device.parties, vault: { ...vault, release } } };
    };
    await create(await watched());
    await recover(await watched());
    expect(released).toEqual([new Uint8Array(33), new Uint8Array(33)]);
  });
});
