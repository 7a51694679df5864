import { jwtVerify } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { encodeRelayState } from '@/lib/keyless/wire/relay';
import type { TestProvider } from '@/services/http/testing/provider';
import { begin, type Pending } from './testing/begin';
import { appleKeys, createWorld, EXTENSION_URLS, ORIGIN, random, type World } from './testing/world';

let nowMs: number;
let world: World;
beforeEach(async () => {
  nowMs = 1_800_000_000_000;
  world = await createWorld(() => nowMs);
});

const request = (url: string, init: RequestInit = {}) => world.relay.app.request(url, init);
const start = (provider: string, state: string, more: Record<string, string> = {}) =>
  request(`${ORIGIN}/start/${provider}?${new URLSearchParams({ state, ...more })}`);
const post = (provider: string, fields: Record<string, string>) =>
  request(`${ORIGIN}/callback/${provider}`, { method: 'POST', body: new URLSearchParams(fields) });
const get = (provider: string, fields: Record<string, string>) =>
  request(`${ORIGIN}/callback/${provider}?${new URLSearchParams(fields)}`);
const landed = (response: Response) => {
  expect(response.status).toBe(303);
  const url = new URL(response.headers.get('location') ?? '');
  return { address: url.origin + url.pathname, fields: new URLSearchParams(url.hash.slice(1)) };
};
const redeem = (pending: Pick<Pending, 'device' | 'verifier'>, handle: string | null) => {
  const json = { handle: handle ?? '', verifier: toBase64url(pending.verifier) };
  return pending.device.send(request, `${ORIGIN}/redeem`, { method: 'POST', json });
};
const said = async (response: Response) => {
  const { code, reason } = (await response.json()) as { code: string; reason?: string };
  return [response.status, code, reason].filter((part) => part !== undefined).join(' ');
};
/** The provider's answer to a code: an ID token with the nonce of this sign-in. */
const grant = (code: string, provider: TestProvider, claims: Record<string, unknown>) =>
  world.answer(code, async () => Response.json({ id_token: await provider.idToken({ claims }), token_type: 'Bearer' }));
const landAtApple = async (pending: Pending, code = `code-${crypto.randomUUID()}`) => {
  grant(code, world.apple, { nonce: pending.nonce, sub: 'mira' });
  return landed(await post('apple', { state: pending.stateText, code })).fields.get('handle');
};

describe('the way to a provider', () => {
  it('asks Apple for a form and for nothing about the person, with its own address as the way back', async () => {
    const pending = await begin();
    const response = await start('apple', pending.stateText, { prompt: 'select_account' });
    const url = new URL(response.headers.get('location') ?? '');
    expect([response.status, url.origin + url.pathname]).toEqual([303, 'https://apple.example.test/authorize']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'extension',
      response_type: 'code',
      response_mode: 'form_post',
      redirect_uri: `${ORIGIN}/callback/apple`,
      nonce: pending.nonce,
      state: pending.stateText,
      code_challenge: toBase64url(pending.state.challenge),
      code_challenge_method: 'S256',
    });
  });

  it('asks others for who somebody is, and passes on whether a page may be shown', async () => {
    const { stateText } = await begin();
    const url = new URL((await start('google', stateText, { prompt: 'none' })).headers.get('location') ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ scope: 'openid', prompt: 'none' });
    expect(url.searchParams.has('response_mode')).toBe(false);
  });

  it.each([
    ['a state that is none', 'x'.repeat(152), {}],
    ['a state of another length', 'short', {}],
    ['a prompt that is not known', null, { prompt: 'login' }],
  ])('is not begun with %s: a page says so, in the language of the browser', async (_, state, more) => {
    const text = state ?? (await begin()).stateText;
    const headers = { 'accept-language': 'es-MX,en;q=0.5' };
    const query = new URLSearchParams({ state: text, ...more });
    const response = await request(`${ORIGIN}/start/apple?${query}`, { headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    const page = await response.text();
    expect(page).toContain('Este inicio de sesión no puede continuar');
    expect(page).not.toContain('x'.repeat(20));
  });

  it('does not lead to a provider that there is not', async () => {
    expect((await start('nobody', (await begin()).stateText)).status).toBe(404);
  });
});

describe('the way back', () => {
  it('leads to the address of the extension that the state names, with a handle in the fragment and no code', async () => {
    for (const [index, address] of EXTENSION_URLS.entries()) {
      const { stateText } = await begin(index);
      const user = '{"name":{"firstName":"Mira"}}';
      const response = await post('apple', { state: stateText, code: 'the-code', user, id_token: 'x' });
      const { address: reached, fields } = landed(response);
      expect(reached).toBe(address);
      expect([...fields.keys()].sort()).toEqual(['handle', 'state']);
      expect(fields.get('state')).toBe(stateText);
      expect(fields.get('handle')).toMatch(/^[\w-]{43}$/);
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
    expect(world.lines.join('')).not.toContain('the-code');
    expect(world.lines.join('')).not.toContain('Mira');
  });

  it.each([
    ['user_cancelled_authorize', 'access_denied'],
    ['access_denied', 'access_denied'],
    ['login_required', 'login_required'],
    ['something <else>', 'server_error'],
  ])('tells the extension of %s as %s', async (error, told) => {
    const { stateText } = await begin();
    const { fields } = landed(await post('apple', { state: stateText, error }));
    expect([fields.get('error'), fields.get('state'), fields.has('handle')]).toEqual([told, stateText, false]);
  });

  it('is one path a provider, by the method that the provider uses', async () => {
    const { stateText } = await begin();
    expect((await get('apple', { state: stateText, code: 'c' })).status).toBe(404);
    expect((await post('google', { state: stateText, code: 'c' })).status).toBe(404);
    expect((await get('google', { state: stateText, code: 'c' })).status).toBe(303);
    expect((await get('nobody', { state: stateText, code: 'c' })).status).toBe(404);
  });

  it('leads nowhere but to the list', async () => {
    const { state } = await begin();
    for (const redirectIndex of [2, 7, 255]) {
      const response = await post('apple', { state: encodeRelayState({ ...state, redirectIndex }), code: 'c' });
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    }
    const named = { redirect_uri: 'https://evil.example.test/', redirect: 'https://evil.example.test/' };
    const { address } = landed(await post('apple', { ...named, state: encodeRelayState(state), code: 'c' }));
    expect(address).toBe(EXTENSION_URLS[0]);
  });

  it.each([
    ['no state', { code: 'c' }],
    ['neither code nor error', {}],
    ['an empty code', { code: '' }],
    ['a giant code', { code: 'c'.repeat(5_000) }],
    ['the name of another issuer', { code: 'c', iss: 'https://google.example.test' }],
  ])('ends on a page with %s', async (name, fields) => {
    const state = name === 'no state' ? {} : { state: (await begin()).stateText };
    const response = await post('apple', { ...state, ...fields });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await response.text()).toContain('<!doctype html>');
  });

  it('ends where a value is given twice', async () => {
    const { stateText } = await begin();
    const response = await request(`${ORIGIN}/callback/google?state=${stateText}&code=a&code=b`);
    expect(response.status).toBe(400);
  });
});

describe('a handle', () => {
  it('is redeemed for the ID token, with a secret made for this request and the verifier', async () => {
    const pending = await begin();
    const handle = await landAtApple(pending, 'right');
    const response = await redeem(pending, handle);
    expect(response.status).toBe(200);
    const { idToken } = (await response.json()) as { idToken: string };
    expect(JSON.parse(atob(idToken.split('.')[1] ?? ''))).toMatchObject({ sub: 'mira', nonce: pending.nonce });
    const [{ url, body } = { url: '', body: '' }] = world.sent;
    expect(url).toBe('https://apple.example.test/token');
    const fields = Object.fromEntries(new URLSearchParams(body));
    expect(fields).toMatchObject({
      grant_type: 'authorization_code',
      code: 'right',
      redirect_uri: `${ORIGIN}/callback/apple`,
      client_id: 'extension',
      code_verifier: toBase64url(pending.verifier),
    });
    const { payload, protectedHeader } = await jwtVerify(fields.client_secret ?? '', appleKeys.publicKey, {
      currentDate: new Date(nowMs),
    });
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'KEY' });
    const nowS = nowMs / 1000;
    expect(payload).toEqual({ iss: 'TEAM', sub: 'extension', aud: world.apple.issuer, iat: nowS, exp: nowS + 300 });
  });

  it('is redeemed once, also when many try at the same time', async () => {
    const pending = await begin();
    const handle = await landAtApple(pending);
    await redeem(pending, null);
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await redeem(pending, handle)).status));
    expect(statuses.sort()).toEqual([200, ...Array(9).fill(403)]);
    expect(world.sent).toHaveLength(1);
    expect(await said(await redeem(pending, handle))).toBe('403 handle-unknown');
  });

  it('is worth nothing to another device, with another verifier, or after two minutes', async () => {
    const [pending, thief] = [await begin(), await begin()];
    const handle = await landAtApple(pending);
    const attempts = [
      { device: thief.device, verifier: pending.verifier },
      { device: pending.device, verifier: thief.verifier },
      { device: thief.device, verifier: thief.verifier },
    ];
    for (const attempt of attempts) expect(await said(await redeem(attempt, handle))).toBe('403 handle-unknown');
    expect(world.sent).toEqual([]);
    nowMs += 120_000;
    expect(await said(await redeem(pending, handle))).toBe('403 handle-unknown');
    nowMs -= 120_000;
    expect((await redeem(pending, handle)).status).toBe(200);
  });

  it('of somebody else does not fit one’s own sign-in', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const [, theirHandle] = [await landAtApple(mine), await landAtApple(theirs)];
    expect(await said(await redeem(mine, theirHandle))).toBe('403 handle-unknown');
    expect((await redeem(theirs, theirHandle)).status).toBe(200);
  });

  it('of a code that was put in the place of ours gives nothing, though the provider takes it', async () => {
    const [attacker, victim] = [await begin(), await begin()];
    grant('of-the-victim', world.apple, { nonce: victim.nonce, sub: 'victim' });
    const { fields } = landed(await post('apple', { state: attacker.stateText, code: 'of-the-victim' }));
    const response = await redeem(attacker, fields.get('handle'));
    expect(await said(response)).toBe('403 code-refused');
  });

  it.each([
    [
      'a code that the provider does not know',
      () => Response.json({ error: 'invalid_grant' }, { status: 400 }),
      '403 code-refused',
    ],
    [
      'a secret that the provider does not take',
      () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      '503 temporarily-unavailable provider-refused',
    ],
    [
      'a provider that fails',
      () => new Response('down', { status: 502 }),
      '503 temporarily-unavailable provider-unreachable',
    ],
    ['an answer without a token', () => Response.json({ access_token: 'x' }), '403 code-refused'],
    ['an answer with a giant token', () => Response.json({ id_token: 'x'.repeat(9000) }), '403 code-refused'],
    ['a token that is none', () => Response.json({ id_token: 'x' }), '403 code-refused'],
  ])('of %s is refused as such', async (_, answer, outcome) => {
    const pending = await begin();
    const handle = await landAtApple(pending, 'code');
    world.answer('code', answer);
    expect(await said(await redeem(pending, handle))).toBe(outcome);
  });

  it.each([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://google.example.test' }],
    ['no nonce', { nonce: undefined }],
  ])('gives no token with %s', async (_, claims) => {
    const pending = await begin();
    const handle = await landAtApple(pending, 'code');
    grant('code', world.apple, { nonce: pending.nonce, sub: 'mira', ...claims });
    expect(await said(await redeem(pending, handle))).toBe('403 code-refused');
  });

  it('is not looked at without a proof, or with one that was used', async () => {
    const pending = await begin();
    const handle = await landAtApple(pending);
    const url = `${ORIGIN}/redeem`;
    const body = JSON.stringify({ handle, verifier: toBase64url(pending.verifier) });
    const headers = { 'content-type': 'application/json' };
    const bare = await request(url, { method: 'POST', headers, body });
    expect(await said(bare)).toBe('401 unauthenticated invalid-dpop-proof');
    const nonce = bare.headers.get('dpop-nonce') ?? undefined;
    const dpop = await pending.device.proof({ method: 'POST', url, nonce });
    const other = JSON.stringify({ handle: toBase64url(random(32)), verifier: toBase64url(pending.verifier) });
    const first = await request(url, { method: 'POST', headers: { ...headers, dpop }, body: other });
    expect(await said(first)).toBe('403 handle-unknown');
    const again = await request(url, { method: 'POST', headers: { ...headers, dpop }, body });
    expect(await said(again)).toBe('401 unauthenticated invalid-dpop-proof');
  });

  it('stands in no store and no log, nor does the code', async () => {
    const pending = await begin();
    const handle = await landAtApple(pending, 'code-in-the-clear');
    await redeem(pending, handle);
    const written = world.lines.join('');
    for (const secret of [String(handle), 'code-in-the-clear', toBase64url(pending.verifier), pending.stateText])
      expect(written).not.toContain(secret);
    expect(written).toContain('/callback/:provider');
  });
});
