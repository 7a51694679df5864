/** Part of I11: what somebody tries at the realms is in their own logs, and reaches the owner before a PIN is typed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { pinBytes } from '@/lib/keyless/pin/pin';
import { createRealmTokens } from '@/services/issuer/realms/realm-tokens';
import { createHome, createProfile, practise, signedIn } from './profile';
import { codeOf, createWorld, newGround, PIN, random, recover, type World } from './world';

const MINUTE_MS = 60_000;

let world: World;
let ground: ReturnType<typeof newGround>;
let account: Uint8Array;
let home: Awaited<ReturnType<typeof createHome>>;

beforeEach(async () => {
  ground = newGround();
  world = await createWorld(ground);
  home = await createHome(world);
  account = home.account;
  world.nowMs += 10 * MINUTE_MS;
});

/** Wrong PINs with tokens that the issuer does not know of: its key was stolen, or it was restored. */
async function guessBehindTheIssuer(pins: readonly string[]): Promise<void> {
  const thief = await world.device(account);
  const slot = (await thief.parties.vault.metadata()).active?.slot ?? new Uint8Array();
  const tenantKey = { tenant: 'halfkey', version: 1, privateKey: ground.tenantPrivateKey };
  const sign = createRealmTokens(tenantKey, random);
  for (const pin of pins) {
    const { realmSet } = world;
    const tokens = await sign({ accountId: account, slot, realmSet, operation: 'recover', issuedAtMs: world.nowMs });
    const access = { realmSet, tokens, pin: pinBytes(pin), info: account };
    expect(await codeOf(world.realmsClient.recover(access))).toBe('pin-wrong');
    world.nowMs += MINUTE_MS;
  }
}

describe('the realms’ own logs', () => {
  it('are read by the issuer, each line once, and served to the account alone', async () => {
    const { parties } = await world.device(account);
    expect((await parties.issuer.guesses()).realms.map(({ readAtMs }) => readAtMs)).toEqual([null, null, null]);
    expect(await codeOf(recover(await world.device(account), '739160'))).toBe('pin-wrong');
    const first = await world.issuer.readRealmLogs();
    expect(first).toEqual({ lines: expect.any(Number), failed: 0 });
    // Registered, read back (a guess and its success), and one wrong PIN, at each of three realms.
    expect(first.lines).toBe(12);
    expect(await world.issuer.readRealmLogs()).toEqual({ lines: 0, failed: 0 });
    const { realms, events } = await parties.issuer.guesses();
    expect(realms.map(({ readAtMs }) => readAtMs)).toEqual(Array(3).fill(world.nowMs));
    expect(events).toHaveLength(12);
    expect(events.slice(0, 3).map(({ kind, guessCount }) => [kind, guessCount])).toEqual(
      Array(3).fill(['guess-used', 1]),
    );
    const stranger = await world.device(random(32));
    expect(await stranger.parties.issuer.guesses()).toEqual({ realms: [], events: [] });
  });

  it('come again until they are kept: a realm that is down, or an answer that is lost, loses nothing', async () => {
    const [down] = world.realms;
    if (!down) throw new Error('no realm');
    down.health = 'down';
    expect(await world.issuer.readRealmLogs()).toEqual({ lines: 6, failed: 1 });
    down.health = 'up';
    let lost = 0;
    world.intercept = async (request, send) => {
      const response = await send(request);
      if (!request.url.endsWith('/tenant_log') || lost > 0) return response;
      lost += 1;
      throw new TypeError('connection reset');
    };
    await world.issuer.readRealmLogs();
    await world.issuer.readRealmLogs();
    const { events } = await (await world.device(account)).parties.issuer.guesses();
    expect(events).toHaveLength(9);
  });

  it('of a realm that writes rubbish are acknowledged and not believed, and the others are read', async () => {
    const acknowledged: string[] = [];
    world.intercept = async (request, send) => {
      if (request.url !== 'http://realm-0.test/tenant_log') return send(request);
      const { acks } = await request.json();
      acknowledged.push(...acks);
      const lines = [{ ack: 'x', event: 'guess_used', user_id: 'nobody' }];
      return Response.json({ events: acks.length === 0 ? lines : [] });
    };
    expect(await world.issuer.readRealmLogs()).toEqual({ lines: 6, failed: 0 });
    expect(acknowledged).toEqual(['x']);
    world.intercept = async (request, send) =>
      request.url === 'http://realm-0.test/tenant_log' ? new Response('x'.repeat(2_000_000)) : send(request);
    expect(await world.issuer.readRealmLogs()).toEqual({ lines: 0, failed: 1 });
  });

  it('are kept for ninety days', async () => {
    const { parties } = await world.device(account);
    await world.issuer.readRealmLogs();
    world.nowMs += 89 * 24 * 60 * MINUTE_MS;
    await world.issuer.readRealmLogs();
    expect((await parties.issuer.guesses()).events).toHaveLength(9);
    world.nowMs += 2 * 24 * 60 * MINUTE_MS;
    await world.issuer.readRealmLogs();
    expect((await parties.issuer.guesses()).events).toEqual([]);
  });

  it('tell a new device of wrong PINs before its owner types one', async () => {
    await guessBehindTheIssuer(['739160', '739161', '739162']);
    await world.issuer.readRealmLogs();
    const next = (await createProfile(world, account)).start();
    expect(await signedIn(next)).toBe('recover-pin');
    expect(await next.flow()).toMatchObject({ wrongTries: { count: 3, lastAtMs: world.nowMs - MINUTE_MS } });
    await next.recover(PIN);
    expect(await next.stage()).toBe('device-unlock');
    expect(await next.foreignTries()).toEqual({ count: 3, lastAtMs: world.nowMs - MINUTE_MS });
  });

  it('keep what was known before beside the question, whatever this device tries itself', async () => {
    for (const pin of ['739160', '739161']) await codeOf(recover(await world.device(account), pin));
    const lastAtMs = world.nowMs;
    const next = (await createProfile(world, account)).start();
    await signedIn(next);
    await next.recover('739163');
    expect(await next.stage()).toBe('recover-pin');
    expect(await next.flow()).toMatchObject({ wrongTries: { count: 2, lastAtMs }, error: { code: 'pin-wrong' } });
  });

  it('say nothing where nobody tried', async () => {
    await world.issuer.readRealmLogs();
    const next = (await createProfile(world, account)).start();
    await signedIn(next);
    expect(await next.flow()).toMatchObject({ stage: 'recover-pin', wrongTries: null });
  });

  it('reach other devices with the next status, and are over with a success', async () => {
    const { background } = home;
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toBeNull();
    await guessBehindTheIssuer(['739160', '739161']);
    await world.issuer.readRealmLogs();
    await background.statusWatch.poll();
    expect(await background.foreignTries()).toEqual({ count: 2, lastAtMs: world.nowMs - MINUTE_MS });
    world.nowMs += 10 * MINUTE_MS;
    expect(await practise(background, PIN)).toMatchObject({ stage: 'drilled', failedTries: 2 });
    await world.issuer.readRealmLogs();
    const { parties } = await world.device(account);
    const { events } = await parties.issuer.guesses();
    const now = events.filter(({ atMs }) => atMs === world.nowMs).map(({ kind }) => kind);
    expect(now.filter((kind) => kind === 'share-recovered')).toHaveLength(3);
    const next = (await createProfile(world, account)).start();
    await signedIn(next);
    expect(await next.flow()).toMatchObject({ wrongTries: null });
  });

  it('that a realm cannot give stop nobody', async () => {
    world.intercept = (request, send) =>
      new URL(request.url).pathname.endsWith('/guesses') ? Promise.reject(new TypeError('gone')) : send(request);
    const next = (await createProfile(world, account)).start();
    expect(await signedIn(next)).toBe('recover-pin');
    await next.recover(PIN);
    expect(await next.stage()).toBe('device-unlock');
    await home.background.statusWatch.poll();
    expect(await home.background.status()).toMatchObject({ vault: 'up', issuer: 'up', alarm: null });
  });
});
