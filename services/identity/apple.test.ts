import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '@/services/http/server/logger';
import { appleSubjectOf } from '@/services/identity/apple';
import { type RunningIdentity, startIdentity } from '@/services/identity/identity';
import { createSignInBrowser, type SignInBrowser } from '@/services/identity/testing/sign-in';

const CLIENT_ID = 'example.wallet.signin';
const REDIRECT_URI = 'https://relay.example.test/callback/apple';
const HALF_A_YEAR_S = 15_777_000;
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
let identity: RunningIdentity;
let browser: SignInBrowser;

beforeAll(async () => {
  identity = await startIdentity({
    port: 0,
    clients: [{ id: CLIENT_ID, redirectUris: [REDIRECT_URI] }],
    dataDir: join(await mkdtemp(join(tmpdir(), 'halfkey-apple-')), 'identity'),
    role: { plays: 'apple', team: { teamId: 'TEAM', keyId: 'KEY', publicKey: pair.publicKey } },
    logger: createLogger({ service: 'identity', level: 'silent' }),
  });
  browser = createSignInBrowser();
});
afterAll(() => identity.stop());

/** Signs in, as far as the form that would go to the relay, whose address leads nowhere. */
async function formOf(account: string, parameters: Record<string, string> = {}): Promise<URLSearchParams> {
  const url = new URL(`${identity.issuer}/auth/authorize`);
  const common = {
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    nonce: 'n-1',
    state: 's-1',
  };
  url.search = new URLSearchParams({ ...common, response_mode: 'form_post', ...parameters }).toString();
  await expect(browser.visit(url, 'https://extension.example.test/', { account })).rejects.toThrow('fetch failed');
  return browser.lastForm() ?? new URLSearchParams();
}

interface Secret {
  readonly claims?: Record<string, unknown>;
  readonly kid?: string;
  readonly key?: KeyObject;
}

async function secretOf({ claims, kid = 'KEY', key = pair.privateKey }: Secret = {}): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000);
  const usual = { iss: 'TEAM', sub: CLIENT_ID, aud: identity.issuer, iat: nowS, exp: nowS + 300 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
}

async function redeem(code: string | null, client_secret: string) {
  const fields = {
    grant_type: 'authorization_code',
    code: code ?? '',
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
  };
  const body = new URLSearchParams({ ...fields, client_secret });
  return (await fetch(`${identity.issuer}/auth/token`, { method: 'POST', body })).json();
}

describe('the development provider as Apple', () => {
  it('posts a code without being asked for any scope, and gives an ID token that says who, and no more', async () => {
    const form = await formOf('Mira');
    expect([form.get('state'), form.has('code'), form.has('user')]).toEqual(['s-1', true, false]);
    const { id_token } = await redeem(form.get('code'), await secretOf());
    const keys = createRemoteJWKSet(new URL(identity.jwksUrl));
    const { payload } = await jwtVerify(id_token, keys, { issuer: identity.issuer, audience: CLIENT_ID });
    expect(payload).toMatchObject({ sub: appleSubjectOf('Mira', 'TEAM'), nonce: 'n-1' });
    expect(payload.sub).toMatch(/^\d{6}\.[0-9a-f]{32}\.\d{4}$/);
    expect(payload).not.toHaveProperty('email');
    expect(appleSubjectOf('Mira', 'ANOTHER')).not.toBe(payload.sub);
  });

  it('tells an address with booleans as text, and the name in the first form alone', async () => {
    const [first, second] = [
      await formOf('Zoë', { scope: 'name email' }),
      await formOf('Zoë', { scope: 'name email' }),
    ];
    expect(JSON.parse(first.get('user') ?? '')).toEqual({ name: { firstName: 'Mira', lastName: 'Example' } });
    expect(second.has('user')).toBe(false);
    const { id_token } = await redeem(second.get('code'), await secretOf());
    expect(decodeJwt(id_token)).toMatchObject({ email_verified: 'true', is_private_email: 'true' });
  });

  it('shows no page to somebody who asks for a scope without a form', async () => {
    const url = `${identity.issuer}/auth/authorize?client_id=${CLIENT_ID}&response_type=code&scope=email`;
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('form_post')]);
  });

  it('calls a cancelled sign-in by Apple’s own name', async () => {
    const stranger = createSignInBrowser();
    const url = new URL(`${identity.issuer}/auth/authorize`);
    const common = { client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, response_type: 'code', state: 's-2' };
    url.search = new URLSearchParams({ ...common, response_mode: 'form_post' }).toString();
    await expect(stranger.visit(url, 'https://extension.example.test/', 'cancel')).rejects.toThrow('fetch failed');
    expect(stranger.lastForm()?.get('error')).toBe('user_cancelled_authorize');
  });

  it.each([
    ['of another team', { claims: { iss: 'ANOTHER' } }],
    ['for another client', { claims: { sub: 'another' } }],
    ['for another provider', { claims: { aud: 'https://appleid.apple.com' } }],
    ['that has expired', { claims: { exp: 1_700_000_000 } }],
    ['that lives longer than half a year', { claims: { exp: Math.floor(Date.now() / 1000) + HALF_A_YEAR_S + 600 } }],
    ['by a key of another name', { kid: 'ANOTHER' }],
    ['by another key', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
  ])('refuses a secret %s', async (_, secret: Secret) => {
    const form = await formOf('Mira');
    expect(await redeem(form.get('code'), await secretOf(secret))).toMatchObject({ error: 'invalid_client' });
  });

  it('refuses a secret that is none, and a code that was used', async () => {
    const form = await formOf('Mira');
    const text = randomBytes(32).toString('hex');
    expect(await redeem(form.get('code'), text)).toMatchObject({ error: 'invalid_client' });
    expect(await redeem(form.get('code'), await secretOf())).toHaveProperty('id_token');
    expect(await redeem(form.get('code'), await secretOf())).toMatchObject({ error: 'invalid_grant' });
  });

  it('signs notices as it signs ID tokens, with the event as text', async () => {
    const notice = await identity.signNotice({ account: 'Mira', clientId: CLIENT_ID, type: 'consent-revoked' });
    const keys = createRemoteJWKSet(new URL(identity.jwksUrl));
    const { payload } = await jwtVerify(notice, keys, { issuer: identity.issuer, audience: CLIENT_ID });
    const event = JSON.parse(String(payload.events));
    expect(event).toMatchObject({ type: 'consent-revoked', sub: appleSubjectOf('Mira', 'TEAM') });
  });
});
