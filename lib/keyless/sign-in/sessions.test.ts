import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import type { Pins, Realms } from '../ports';
import { sessionRecord, statusTokensRecord } from '../stored';
import { accountIdOf } from '../wire/account';
import { createSessions, type KeyPairs } from './sessions';

const ISSUER = 'https://accounts.example.test';
const REDIRECT = 'https://extension.example.test/';
const CLIENT = 'extension';
const HOUR_MS = 3_600_000;
const keys = await generateKeyPair('ES256');
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const idOf = (subject: string) => accountIdOf(ISSUER, subject);

/** A provider with its window, and a vault and an issuer that open sessions and answer who is signed in. */
async function createWorld() {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'ES256' };
  const world = {
    deviceNowMs: Date.now(),
    serverNowMs: Date.now(),
    /** Who the window answers for, and who the provider takes silently; null: the user has to be seen. */
    chosen: 'mira',
    remembered: 'mira' as string | null,
    /** What comes in the place of the answer. */
    landing: (answer: string) => answer,
    silentRefusal: 'login_required',
    /** The window waits for this. */
    window: Promise.resolve(),
    opened: { window: 0, silent: 0 },
    /** What they say to others. */
    refusal: {},
    /** Tokens that the servers take. */
    valid: new Set<string>(),
  };

  const launch = async (address: string, mode: 'window' | 'silent') => {
    world.opened[mode] += 1;
    const asked = new URL(address).searchParams;
    const state = asked.get('state') ?? '';
    const subject = mode === 'silent' ? world.remembered : world.chosen;
    if (mode === 'window') await world.window;
    if (subject === null) return `${REDIRECT}#${new URLSearchParams({ state, error: world.silentRefusal })}`;
    const iat = Math.floor(world.serverNowMs / 1000);
    const idToken = await new SignJWT({ sub: subject, nonce: asked.get('nonce'), iat, exp: iat + 3600 })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(ISSUER)
      .setAudience(CLIENT)
      .sign(keys.privateKey);
    return world.landing(`${REDIRECT}#${new URLSearchParams({ state, id_token: idToken })}`);
  };
  const answer: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname, hostname } = new URL(request.url);
    if (pathname === '/jwks') return Response.json({ keys: [jwk] });
    if (pathname === '/session') {
      const accessToken = `${hostname}-${crypto.randomUUID()}`;
      world.valid.add(accessToken);
      return Response.json({ accessToken, expiresInS: 1200, statusToken: `status-${hostname}` }, { status: 201 });
    }
    const token = request.headers.get('authorization')?.replace('DPoP ', '') ?? '';
    if (!world.valid.has(token)) return Response.json(world.refusal, { status: 401 });
    return Response.json(pathname === '/backup' ? { lastNumber: 0, active: null, order: null } : {});
  };

  const pairs = new Map<string, CryptoKeyPair>();
  const keyPairs: KeyPairs = {
    get: async (name) => pairs.get(name) ?? null,
    put: async (name, pair) => void pairs.set(name, pair),
    clear: async () => pairs.clear(),
  };
  const [local, session] = [memoryArea(), memoryArea()];
  const provider = { id: 'google', issuer: ISSUER, authorizationUrl: `${ISSUER}/auth`, jwksUrl: `${ISSUER}/jwks` };
  /** The sessions of a background that just started on this profile. */
  const start = () =>
    createSessions({
      launch,
      redirectUrl: REDIRECT,
      fetch: answer,
      random,
      now: () => world.deviceNowMs,
      relay: null,
      providers: [{ ...provider, kind: 'google', flow: 'direct', clientId: CLIENT }],
      vaultUrl: 'https://vault.example.test',
      issuerUrl: 'https://issuer.example.test',
      pins: {} as Pins,
      realms: {} as Realms,
      keyPairs,
      subtle: crypto.subtle,
      session: cell(session, 'session', sessionRecord),
      statusTokens: cell(local, 'statusTokens', statusTokensRecord),
      signedOut: cell(local, 'signedOut', z.literal(true)),
      deviceName: async () => 'a device',
    });
  return { world, start, pairs, local, session };
}

let profile: Awaited<ReturnType<typeof createWorld>>;
beforeEach(async () => {
  profile = await createWorld();
});

describe('signing in', () => {
  it('binds a session to one key of the account, again and again', async () => {
    const { start, pairs, world } = profile;
    const first = await start().open('google', 'window', null);
    const second = await start().open('google', 'window', null);
    expect(first.accountId).toEqual(idOf('mira'));
    expect(second.jkt).toEqual(first.jkt);
    expect([pairs.size, world.opened]).toEqual([1, { window: 2, silent: 1 }]);
  });

  it('keeps the chosen account where the provider remembers another', async () => {
    const { start, world } = profile;
    await start().open('google', 'window', null);
    world.remembered = 'tom';
    expect((await start().open('google', 'window', null)).accountId).toEqual(idOf('mira'));
  });

  it.each([
    ['to another address', (url: string) => url.replace(REDIRECT, 'https://elsewhere.example.test/'), 'redirect'],
    ['to no address', () => 'nowhere', 'redirect'],
    ['with another state', (url: string) => url.replace('state=', 'state=x'), 'state'],
    ['without a token', (url: string) => url.replace('id_token', 'token'), 'no-token'],
    ['with a token that was changed', (url: string) => url.replace(/.{4}$/, 'AAAA'), 'token'],
  ])('refuses an answer %s', async (_, landing, reason) => {
    const { start, world, session } = profile;
    world.landing = landing;
    await expect(start().open('google', 'window', null)).rejects.toMatchObject({
      code: 'sign-in-failed',
      details: { reason },
    });
    expect(await session.get(null)).toEqual({});
  });

  it('refuses the answer to an earlier window: its nonce is another', async () => {
    const { start, world } = profile;
    let earlier = '';
    world.landing = (url) => {
      earlier = url;
      return url;
    };
    await start().open('google', 'window', null);
    const token = new URLSearchParams(new URL(earlier).hash.slice(1)).get('id_token') ?? '';
    world.landing = (url) => url.replace(/id_token=.*$/, `id_token=${token}`);
    await expect(start().open('google', 'window', null)).rejects.toMatchObject({ details: { reason: 'token' } });
  });

  it('says that it is another account than the device knows', async () => {
    const { start, session } = profile;
    await expect(start().open('google', 'window', idOf('tom'))).rejects.toMatchObject({ code: 'other-account' });
    expect(await session.get(null)).toEqual({});
  });

  it.each([-24, 24])('works with a clock that is %i hours off', async (hours) => {
    const { start, world } = profile;
    world.deviceNowMs += hours * HOUR_MS;
    expect((await start().open('google', 'window', null)).accountId).toEqual(idOf('mira'));
  });

  it('drops an earlier window that is answered after a later one', async () => {
    const { start, world } = profile;
    const sessions = start();
    let answer = () => {};
    world.window = new Promise((resolve) => (answer = resolve));
    const earlier = sessions.open('google', 'window', null).catch((error: unknown) => error);
    world.window = Promise.resolve();
    world.chosen = 'tom';
    world.remembered = 'tom';
    await sessions.open('google', 'window', null);
    answer();
    expect(await earlier).toMatchObject({ code: 'sign-in-cancelled' });
    expect((await sessions.resume('google', null)).accountId).toEqual(idOf('tom'));
  });
});

describe('going on with a sign-in', () => {
  it('needs neither window nor provider while it lasts, and a silent one afterwards', async () => {
    const { start, world } = profile;
    const { jkt } = await start().open('google', 'window', null);
    expect((await start().resume('google', null)).jkt).toEqual(jkt);
    expect(world.opened.silent).toBe(0);
    world.deviceNowMs += HOUR_MS;
    world.serverNowMs += HOUR_MS;
    expect((await start().resume('google', null)).jkt).toEqual(jkt);
    expect(world.opened).toEqual({ window: 1, silent: 1 });
  });

  it.each(['login_required', 'access_denied', 'temporarily_unavailable'])(
    'asks for a window when silence is answered with %s',
    async (refusal) => {
      const { start, world } = profile;
      await start().open('google', 'window', null);
      Object.assign(world, { remembered: null, silentRefusal: refusal, deviceNowMs: world.deviceNowMs + HOUR_MS });
      await expect(start().resume('google', null)).rejects.toMatchObject({ code: 'sign-in-expired' });
    },
  );

  it('asks for a window when the provider remembers another account only', async () => {
    const { start, world } = profile;
    await start().open('google', 'window', null);
    Object.assign(world, { remembered: 'tom', deviceNowMs: world.deviceNowMs + HOUR_MS });
    await expect(start().resume('google', null)).rejects.toMatchObject({ code: 'sign-in-expired' });
  });

  it('renews refused tokens once, however many requests were refused', async () => {
    const { start, world } = profile;
    const { vault } = await start().open('google', 'window', null);
    world.valid.clear();
    await Promise.all([vault.metadata(), vault.metadata(), vault.metadata()]);
    expect(world.opened.silent).toBe(1);
  });

  it('never takes the tokens of another account', async () => {
    const { start, world } = profile;
    const { vault } = await start().open('google', 'window', null);
    Object.assign(world, { chosen: 'tom', remembered: 'tom' });
    await start().open('google', 'window', null);
    await expect(vault.metadata()).rejects.toMatchObject({ code: 'sign-in-expired' });
  });

  it('waits for its window once the owner has signed this device out, and goes on after it', async () => {
    const { start, world, local } = profile;
    const { vault } = await start().open('google', 'window', null);
    await start().barred();
    await expect(start().resume('google', null)).rejects.toMatchObject({ code: 'sign-in-expired' });
    await expect(vault.metadata()).rejects.toMatchObject({ code: 'sign-in-expired' });
    expect(world.opened.silent).toBe(0);
    await start().open('google', 'window', null);
    expect(Object.keys(await local.get(null))).not.toContain('signedOut');
    world.deviceNowMs += HOUR_MS;
    await start().resume('google', null);
    expect(world.opened).toEqual({ window: 2, silent: 2 });
  });

  it('does not renew tokens that are refused because it was signed out', async () => {
    const { start, world } = profile;
    const { vault } = await start().open('google', 'window', null);
    world.refusal = { code: 'unauthenticated', reason: 'signed-out', signature: 'A'.repeat(86) };
    world.valid.clear();
    await expect(vault.metadata()).rejects.toMatchObject({
      code: 'sign-in-expired',
      details: { reason: 'signed-out' },
    });
    expect(world.opened.silent).toBe(0);
  });

  it('is over once it was ended, and nothing is left once it was wiped', async () => {
    const { start, world, local, session, pairs } = profile;
    const { vault } = await start().open('google', 'window', null);
    await start().end();
    expect(await session.get(null)).toEqual({});
    await expect(vault.metadata()).rejects.toMatchObject({ code: 'sign-in-expired' });
    await start().wipe();
    expect([await local.get(null), pairs.size, world.opened.silent]).toEqual([{}, 0, 0]);
  });
});
