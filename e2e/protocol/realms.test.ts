/** I2 and I6: realms that are down, slow, wrong or stolen. */
import { decode, encode } from 'cborg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openGeneration } from '@/lib/keyless/backup/generation';
import { decodePayload } from '@/lib/keyless/wire/payload';
import { juiceboxUserOf } from '@/lib/keyless/wire/realm-set';
import { recordId } from '@/services/realm/protocol/record';
import {
  bytesOf,
  codeOf,
  create,
  createWorld,
  GUESSES,
  PIN,
  type RealmHealth,
  random,
  recover,
  type World,
} from './world';

let world: World;
let account: Uint8Array;
let wallet: Uint8Array;

beforeAll(async () => {
  world = await createWorld();
  account = random(32);
  wallet = bytesOf((await create(await world.device(account))).entropy);
});

afterEach(() => {
  world.intercept = (request, send) => send(request);
  for (const realm of world.realms) realm.health = 'up';
});

function setHealth(index: number, health: RealmHealth): void {
  const realm = world.realms[index];
  if (realm) realm.health = health;
}

const ills: readonly RealmHealth[] = ['down', 'hanging', 'garbage', 'mute'];

describe.each([0, 1, 2])('with realm %i', (index) => {
  it.each(ills)('%s, recovery works', async (health) => {
    setHealth(index, health);
    expect(bytesOf((await recover(await world.device(account))).entropy)).toEqual(wallet);
  });

  it.each(ills)('%s, creation fails cleanly and works afterwards', async (health) => {
    setHealth(index, health);
    const user = random(32);
    const device = await world.device(user);
    expect(await codeOf(create(device))).toBe(health === 'mute' ? 'register-failed' : 'realms-unreachable');
    expect((await device.parties.vault.metadata()).active).toBeNull();
    setHealth(index, 'up');
    expect(await codeOf(create(device))).toBe('done');
    expect(await codeOf(recover(await world.device(user)))).toBe('done');
  });
});

const kindOf = async (request: Request): Promise<string> => {
  if (request.method === 'GET') return 'GET';
  return /Register[12]|Recover[123]/.exec(await request.clone().text())?.[0] ?? '';
};

describe('reading back', () => {
  it('asks every realm: one that keeps its part to itself is no part of a backup', async () => {
    world.intercept = async (request, send) => {
      if (new URL(request.url).hostname === 'realm-0.test' && (await kindOf(request)) === 'Recover3')
        throw new TypeError('connection reset');
      return send(request);
    };
    const device = await world.device(random(32));
    expect(await codeOf(create(device))).toBe('read-back-failed');
    expect((await device.parties.vault.metadata()).active).toBeNull();
  });
});

describe('a guess', () => {
  it('is sent once to each realm, whatever is lost of the answers', async () => {
    const sent: string[] = [];
    world.intercept = async (request, send) => {
      const kind = await kindOf(request);
      const response = await send(request);
      if (kind !== 'Recover2') return response;
      sent.push(new URL(request.url).hostname);
      throw new TypeError('connection reset');
    };
    expect(await codeOf(recover(await world.device(account)))).toBe('try-may-be-used');
    expect(sent.sort()).toEqual(['realm-0.test', 'realm-1.test', 'realm-2.test']);
    world.intercept = (request, send) => send(request);
    await recover(await world.device(account));
  });
});

describe('with a realm that lies about the guesses counted', () => {
  it.each([1.5, -3, 1e300, 2 ** 60, 200])('as %d, recovery tells whole numbers that can be', async (lie) => {
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (new URL(request.url).hostname !== 'realm-0.test' || request.method === 'GET') return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const reply: { Recover2?: { Ok?: { guess_count: number } } } = decode(bytes);
      if (!reply.Recover2?.Ok) return new Response(bytes);
      reply.Recover2.Ok.guess_count = lie;
      return new Response(encode(reply) as Uint8Array<ArrayBuffer>);
    };
    const { entropy, failedTries } = await recover(await world.device(account));
    expect(bytesOf(entropy)).toEqual(wallet);
    expect(Number.isInteger(failedTries)).toBe(true);
    expect(failedTries).toBeGreaterThanOrEqual(0);
    expect(failedTries).toBeLessThan(GUESSES);
  });
});

describe('with two realms down', () => {
  it('recovery says so, and neither a guess nor a try of the schedule is spent', async () => {
    setHealth(0, 'down');
    setHealth(1, 'down');
    const device = await world.device(account);
    for (let times = 0; times < 5; times++) expect(await codeOf(recover(device))).toBe('realms-unreachable');
    expect((await device.parties.issuer.witness()).tries.sinceSuccess).toBe(0);
    setHealth(0, 'up');
    setHealth(1, 'up');
    const wrong = await recover(device, '739104').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'pin-wrong', details: { triesLeft: 7 } });
    await recover(device);
  });
});

describe('a lost answer to a guess', () => {
  it('spends one guess, not two, and is said', async () => {
    const device = await world.device(account);
    world.intercept = async (request, send) => {
      const isGuess = request.url.includes('realm-') && (await request.clone().text()).includes('Recover2');
      const response = await send(request);
      if (isGuess) throw new TypeError('connection reset');
      return response;
    };
    expect(await codeOf(recover(device))).toBe('try-may-be-used');
    world.intercept = (request, send) => send(request);
    const wrong = await recover(device, '739104').catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'pin-wrong', details: { triesLeft: 6 } });
    world.nowMs += 24 * 3_600_000;
    await recover(device);
  });
});

describe('I2: stolen realms', () => {
  it('all of them, with the right PIN, give a share that opens nothing without the vault’s', async () => {
    const device = await world.device(account);
    const { active } = await device.parties.vault.metadata();
    if (!active) throw new Error('no backup');
    const { tokens } = await device.parties.issuer.recoverTokens(active.slot);
    const pin = new TextEncoder().encode(PIN);
    const { secret } = await device.parties.realms.recover({ realmSet: world.realmSet, tokens, pin, info: account });
    const payload = decodePayload(secret);
    const row = (await world.vaultStore.read(account))?.state.active?.row;
    if (!row) throw new Error('no row');
    const expected = { accountId: account, ...active, activation: null };
    // Even with the record in hand: any guess at the other share fails at the commitment, which fixes one key of 2^256.
    for (let guess = 0; guess < 256; guess++) {
      const backendShare = random(33);
      backendShare[32] = ((payload.realmShare[32] ?? 0) % 255) + 1;
      expect(await codeOf(openGeneration(payload, { record: row.record, backendShare }, expected))).toBe(
        'commitment-mismatch',
      );
    }
  });

  it('a realm keeps neither PIN nor share nor key in clear', async () => {
    const device = await world.device(account);
    const { active } = await device.parties.vault.metadata();
    if (!active) throw new Error('no backup');
    const id = recordId('halfkey', juiceboxUserOf(account, active.slot));
    for (const { store } of world.realms) {
      const row = await store.read(id);
      const dump = JSON.stringify(row, (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      );
      expect(dump).toContain('registered');
      for (const piece of [Buffer.from(PIN).toString('hex'), Buffer.from(wallet).toString('hex')])
        expect(dump).not.toContain(piece);
    }
  });
});
