import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { verifyNotice } from '@/services/http/sessions/notices';
import { memorySessionStore, type SessionStore } from '@/services/http/sessions/session-store';
import { createSessions } from '@/services/http/sessions/sessions';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import { createTestProvider, sessionBody, type TestProvider } from '@/services/http/testing/provider';

const URL = 'https://vault.example.test';
const NOW_S = 1_800_000_000;
/** A notice has neither. */
const WITHOUT: object = { sub: undefined, exp: undefined };
let nowMs: number;
let provider: TestProvider;
let other: TestProvider;
let store: SessionStore;
let app: ReturnType<typeof createServiceApp>;
let device: TestDevice;

beforeEach(async () => {
  nowMs = NOW_S * 1000;
  const now = () => nowMs;
  provider = await createTestProvider(now);
  other = { ...(await createTestProvider(now, 'https://other.example.test')), id: 'other' };
  store = memorySessionStore();
  device = await createDevice();
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const secret = new Uint8Array(32).fill(1);
  const providers = [provider, other];
  const sessions = createSessions({ audience: 'vault', externalUrl: URL, secret, providers, store, now, random });
  sessions.routes.get('/backup', sessions.requireAccess, (c) => c.json({}));
  sessions.routes.get('/status', sessions.requireStatus, (c) => c.json({}));
  app = createServiceApp({ logger: createLogger({ service: 'test', level: 'silent' }) });
  app.route('/', sessions.routes);
});

const request = (url: string, init: RequestInit) => app.request(url, init);
async function signIn(sub = 'mira', at = provider) {
  const json = sessionBody(await at.signIn(sub, device.thumbprint));
  const response = await device.send(request, `${URL}/session`, { method: 'POST', json });
  return (await response.json()) as { accessToken: string; statusToken: string };
}
const statusOf = async (path: string, accessToken: string) =>
  (await device.send(request, URL + path, { method: 'GET', accessToken })).status;

/** As Apple sends it: the event as text within the token, booleans as strings. */
const event = (type: string, sub = 'mira') =>
  JSON.stringify({ type, sub, event_time: nowMs, email: 'x@privaterelay.example', is_private_email: 'true' });
const noticeOf = (claims: object, from = provider) =>
  from.idToken({ claims: { jti: crypto.randomUUID(), ...WITHOUT, ...claims } });
const send = async (notice: string) => {
  const headers = { 'content-type': 'application/json' };
  return (await request(`${URL}/notices`, { method: 'POST', headers, body: JSON.stringify({ notice }) })).status;
};

describe('a notice of a provider', () => {
  it.each(['consent-revoked', 'account-delete'])(
    'of %s ends access, deletes nothing, and a new sign-in works',
    async (type) => {
      const before = await signIn();
      const foreign = await signIn('jonas');
      nowMs += 1_000;
      expect(await send(await noticeOf({ events: event(type) }))).toBe(200);
      expect(await statusOf('/backup', before.accessToken)).toBe(401);
      expect(await statusOf('/status', before.statusToken)).toBe(200);
      expect(await statusOf('/backup', foreign.accessToken)).toBe(200);
      nowMs += 1_000;
      expect(await statusOf('/backup', (await signIn()).accessToken)).toBe(200);
    },
  );

  it('counts once: who has seen it cannot end sessions with it again', async () => {
    const notice = await noticeOf({ events: event('consent-revoked') });
    expect(await send(notice)).toBe(200);
    nowMs += 1_000;
    const { accessToken } = await signIn();
    nowMs += 1_000;
    expect(await send(notice)).toBe(200);
    expect(await statusOf('/backup', accessToken)).toBe(200);
  });

  it('about e-mail addresses changes nothing', async () => {
    const { accessToken } = await signIn();
    nowMs += 1_000;
    for (const type of ['email-disabled', 'email-enabled', 'something-new'])
      expect(await send(await noticeOf({ events: event(type) }))).toBe(200);
    expect(await statusOf('/backup', accessToken)).toBe(200);
  });

  it('of one provider does not reach the user of another with the same subject', async () => {
    const { accessToken } = await signIn('mira', other);
    nowMs += 1_000;
    expect(await send(await noticeOf({ events: event('consent-revoked') }))).toBe(200);
    expect(await statusOf('/backup', accessToken)).toBe(200);
  });

  it('may come six days late, and not eight', async () => {
    expect(await send(await noticeOf({ events: event('consent-revoked'), iat: NOW_S - 6 * 86_400 }))).toBe(200);
    expect(await send(await noticeOf({ events: event('consent-revoked'), iat: NOW_S - 8 * 86_400 }))).toBe(401);
  });

  it.each([
    ['another audience', { aud: 'other-client' }],
    ['another issuer', { iss: 'https://evil.example.test' }],
    ['the issuer of a provider whose key did not sign it', { iss: 'https://other.example.test' }],
    ['no id', { jti: undefined }],
    ['no time', { iat: undefined }],
    ['a time to come', { iat: NOW_S + 600 }],
    ['no event', { events: undefined }],
    ['events that are no JSON', { events: '{' }],
    ['an event about nobody', { events: JSON.stringify({ type: 'consent-revoked' }) }],
    ['an event about a list', { events: JSON.stringify({ type: 'consent-revoked', sub: ['mira'] }) }],
    ['events that are a number', { events: 7 }],
  ])('with %s is refused, and nobody’s session ends', async (_, claims) => {
    const { accessToken } = await signIn();
    nowMs += 1_000;
    expect(await send(await noticeOf({ events: event('consent-revoked'), ...claims }))).toBe(401);
    expect(await statusOf('/backup', accessToken)).toBe(200);
  });

  it.each([
    ['an ID token', () => provider.idToken({ claims: { nonce: 'n' } })],
    ['no signature', async () => `${toBase64url(new TextEncoder().encode('{"alg":"none"}'))}.e30.`],
    ['no token', async () => 'nonsense'],
  ])('that is %s is refused', async (_, make) => {
    expect(await send(await make())).toBe(401);
  });

  it('is not refused for a fault of the server', async () => {
    const bug = new TypeError('keys of undefined');
    const broken = { ...provider, keys: () => Promise.reject(bug) };
    await expect(verifyNotice([broken], await noticeOf({ events: event('consent-revoked') }), nowMs)).rejects.toBe(bug);
  });

  it('opens no session', async () => {
    const notice = await noticeOf({ events: event('consent-revoked'), sub: 'mira' });
    const json = sessionBody({ idToken: notice, random: new Uint8Array(32) });
    expect((await device.send(request, `${URL}/session`, { method: 'POST', json })).status).toBe(401);
  });
});
