import { beforeEach, describe, expect, it } from 'vitest';
import { signInNonce } from '@/lib/keyless/wire/account';
import { verifyIdToken } from '@/services/http/sign-in/id-token';
import { identityProviderSchema, openProvider, type RemoteProvider } from '@/services/http/sign-in/identity-providers';
import { createKeyServer, JWKS_URL, type KeyServer } from '@/services/http/testing/key-server';

const ISSUER = 'https://provider.example.test';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const thumbprint = new Uint8Array(32).fill(7);

let nowMs: number;
let server: KeyServer;
let provider: RemoteProvider;
beforeEach(async () => {
  nowMs = 1_800_000_000_000;
  server = await createKeyServer();
  const row = { id: 'test', issuer: ISSUER, clientIds: ['app'], jwksUrl: JWKS_URL, algorithms: ['ES256'] };
  provider = openProvider(identityProviderSchema.parse(row), { fetch: server.fetch, now: () => nowMs });
});

/** Signs in as the provider's user would, at this moment. @returns what the check says: `in`, or why not */
async function logIn(header: Record<string, unknown> = {}): Promise<string> {
  const random = crypto.getRandomValues(new Uint8Array(32));
  const nowS = Math.floor(nowMs / 1000);
  const claims = { iss: ISSUER, aud: 'app', sub: 'mira', iat: nowS, exp: nowS + 600 };
  const idToken = await server.sign({ ...claims, nonce: signInNonce(thumbprint, random) }, header);
  return verifyIdToken({ providers: [provider], idToken, thumbprint, random, nowMs }).then(
    () => 'in',
    (error) => String(error.options?.members?.reason ?? error),
  );
}

const logInMany = (times: number, header?: Record<string, unknown>) =>
  Promise.all(Array.from({ length: times }, () => logIn(header)));
const refusedAmong = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome !== 'in');

describe('the keys of a provider', () => {
  it('are fetched by one request for all who wait, and then kept', async () => {
    const release = server.hold();
    const waiting = logInMany(50);
    await expect.poll(() => server.asked()).toBe(1);
    release();
    expect(refusedAmong(await waiting)).toEqual([]);
    nowMs += 9 * MINUTE_MS;
    expect(await logIn()).toBe('in');
    expect(server.asked()).toBe(1);
  });

  it('are asked for again after ten minutes, or after what the provider names', async () => {
    await logIn();
    nowMs += 10 * MINUTE_MS;
    server.cacheControl = 'public, max-age=7200, must-revalidate';
    await logIn();
    expect(server.asked()).toBe(2);
    nowMs += 2 * HOUR_MS - 1;
    await logIn();
    expect(server.asked()).toBe(2);
    nowMs += 1;
    server.cacheControl = 'max-age=0';
    await logIn();
    expect(server.asked()).toBe(3);
    // A provider that wants to be asked each time is asked once a minute.
    nowMs += MINUTE_MS - 1;
    await logIn();
    expect(server.asked()).toBe(3);
  });

  it('may change while people sign in: none of them is refused, though the new key is used at once', async () => {
    const outcomes = await logInMany(20);
    for (let round = 0; round < 20; round += 1) {
      nowMs += 31_000;
      const before = logInMany(10);
      await server.rotate();
      outcomes.push(...(await before), ...(await logInMany(20)));
    }
    expect(outcomes.length).toBe(620);
    expect(refusedAmong(outcomes)).toEqual([]);
  });

  it('may change in the middle of a flood of unknown key ids, if they are published half a minute before', async () => {
    const outcomes: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      await server.publish();
      for (let step = 0; step < 4; step += 1) {
        nowMs += 10_000;
        await logInMany(50, { kid: `unknown-${round}-${step}` });
        outcomes.push(...(await logInMany(5)));
      }
      server.signWithNewest();
      outcomes.push(...(await logInMany(5)));
    }
    expect(refusedAmong(outcomes)).toEqual([]);
    expect(outcomes.length).toBe(250);
  });

  it('are asked for once in 30 seconds, however many unknown key ids come', async () => {
    await logIn();
    const outcomes: string[] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      const kids = Array.from({ length: 500 }, (_, index) => logIn({ kid: `flood-${batch}-${index}` }));
      outcomes.push(...(await Promise.all(kids)));
      nowMs += 1_000;
    }
    expect(outcomes.length).toBe(10_000);
    expect(new Set(outcomes)).toEqual(new Set(['id-token-invalid']));
    expect(server.asked()).toBe(2);
    expect(await logIn()).toBe('in');
    nowMs += 10_000;
    await logIn({ kid: 'flood' });
    expect(server.asked()).toBe(3);
  });

  it('serve for hours while the provider does not answer, and it is asked once in 30 seconds', async () => {
    await logIn();
    server.set('down');
    const outcomes: string[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      nowMs += MINUTE_MS;
      outcomes.push(...(await logInMany(20)));
    }
    expect(refusedAmong(outcomes)).toEqual([]);
    // Fresh for ten minutes; from then on once a minute, which is when somebody came.
    expect(server.asked()).toBe(1 + 51);
    server.set('up');
    nowMs += MINUTE_MS;
    await server.rotate();
    expect(await logIn()).toBe('in');
  });

  it('that nobody can ask for are no ground to call a token wrong', async () => {
    await logIn();
    server.set('down');
    nowMs += MINUTE_MS;
    expect(await logIn({ kid: 'maybe-new' })).toBe('provider-unreachable');
    expect(await logIn({ kid: 'maybe-new-2' })).toBe('provider-unreachable');
    expect(server.asked()).toBe(2);
    expect(await logIn()).toBe('in');
  });

  it('let nobody in once the provider has been silent for a day', async () => {
    await logIn();
    server.set('down');
    nowMs += 24 * HOUR_MS + 1;
    expect(await logIn()).toBe('provider-unreachable');
    expect(provider.keysAgeMs()).toBeGreaterThan(24 * HOUR_MS);
    await expect(provider.warmUp()).rejects.toMatchObject({ status: 503 });
  });

  it('are looked for again two seconds after a start at which the provider was down', async () => {
    server.set('down');
    expect(await logIn()).toBe('provider-unreachable');
    server.set('up');
    nowMs += 1_999;
    expect(await logIn()).toBe('provider-unreachable');
    nowMs += 1;
    expect(await logIn()).toBe('in');
  });

  it.each([
    ['an error', () => new Response('busy', { status: 503 })],
    ['no JSON', () => new Response('<html>')],
    ['no keys', () => Response.json({ keys: 7 })],
    ['more than 256 KiB', () => Response.json({ keys: [], filler: 'x'.repeat(300_000) })],
  ])('are not taken from an answer that is %s', async (_, answer) => {
    const row = { id: 'test', issuer: ISSUER, clientIds: ['app'], jwksUrl: JWKS_URL };
    const open = openProvider(identityProviderSchema.parse(row), { fetch: async () => answer(), now: () => nowMs });
    await expect(open.warmUp()).rejects.toMatchObject({ code: 'temporarily-unavailable' });
    expect(open.keysAgeMs()).toBeUndefined();
  });
});
