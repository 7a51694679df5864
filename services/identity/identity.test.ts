import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { accountIdOf, signInNonce } from '@/lib/keyless/wire/account';
import { createLogger } from '@/services/http/server/logger';
import { verifyIdToken } from '@/services/http/sign-in/id-token';
import { identityProviderSchema, openProvider } from '@/services/http/sign-in/identity-providers';
import { subjectOf } from '@/services/identity/accounts';
import { type RunningIdentity, startIdentity } from '@/services/identity/identity';
import { type AuthorizationRequest, createSignInBrowser, signIn } from '@/services/identity/testing/sign-in';

const CLIENT_ID = 'extension';
const COMMAND_LINE = 'command-line';
const REDIRECT_URI = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';
const CLIENTS = [
  { id: CLIENT_ID, redirectUris: [REDIRECT_URI] },
  { id: COMMAND_LINE, redirectUris: ['http://127.0.0.1/'] },
];
const logger = createLogger({ service: 'identity', level: 'silent' });

describe('the development identity provider', () => {
  let dataDir: string;
  let identity: RunningIdentity;
  let request: AuthorizationRequest;
  const start = (port: number) => startIdentity({ port, clients: CLIENTS, dataDir, logger });
  const verified = async (idToken: string | null) => {
    const keys = createRemoteJWKSet(new URL(identity.jwksUrl));
    const { payload } = await jwtVerify(idToken ?? '', keys, {
      issuer: identity.issuer,
      audience: CLIENT_ID,
      algorithms: ['RS256'],
    });
    return payload;
  };

  beforeAll(async () => {
    dataDir = join(await mkdtemp(join(tmpdir(), 'halfkey-identity-')), 'identity');
    identity = await start(0);
    request = { issuer: identity.issuer, clientId: CLIENT_ID, redirectUri: REDIRECT_URI, nonce: 'nonce-1' };
  });
  afterAll(() => identity.stop());

  it('answers a sign-in with an ID token in the fragment, as Google does', async () => {
    const answer = await createSignInBrowser().authorize(request, { account: 'Mira' });
    expect([...answer.keys()].sort()).toEqual(['id_token', 'state']);
    const idToken = answer.get('id_token');
    expect(decodeProtectedHeader(idToken ?? '')).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    const claims = await verified(idToken);
    expect(claims).toMatchObject({ iss: identity.issuer, aud: CLIENT_ID, sub: subjectOf('Mira'), nonce: 'nonce-1' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3600);
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'nonce', 'sub']);
  });

  it('gives tokens that vault and issuer accept for the device they were made for', async () => {
    const [thumbprint, random] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))];
    const idToken = await signIn({ ...request, nonce: signInNonce(thumbprint, random), account: 'Jonas' });
    const row = { id: 'local', issuer: identity.issuer, clientIds: [CLIENT_ID], jwksUrl: identity.jwksUrl };
    const providers = [openProvider(identityProviderSchema.parse(row), { fetch, now: Date.now })];
    const check = { providers, idToken, thumbprint, random, nowMs: Date.now() };
    expect((await verifyIdToken(check)).accountId).toEqual(accountIdOf(identity.issuer, subjectOf('Jonas')));
    await expect(verifyIdToken({ ...check, random: thumbprint })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('renews silently with prompt=none while the browser is signed in', async () => {
    const browser = createSignInBrowser();
    await browser.authorize(request, { account: 'Mira' });
    const answer = await browser.authorize({ ...request, nonce: 'nonce-2', prompt: 'none' });
    expect(await verified(answer.get('id_token'))).toMatchObject({ sub: subjectOf('Mira'), nonce: 'nonce-2' });
  });

  it('refuses prompt=none in a browser that is not signed in', async () => {
    const answer = await createSignInBrowser().authorize({ ...request, prompt: 'none' });
    expect([answer.get('error'), answer.get('id_token')]).toEqual(['login_required', null]);
  });

  it('answers a cancelled sign-in with access_denied in the fragment', async () => {
    const answer = await createSignInBrowser().authorize(request, 'cancel');
    expect([answer.get('error'), answer.get('id_token')]).toEqual(['access_denied', null]);
    await expect(createSignInBrowser().authorize(request, 'cancel')).resolves.toBeDefined();
  });

  it.each(['login', 'select_account'] as const)('asks again with prompt=%s', async (prompt) => {
    const browser = createSignInBrowser();
    await browser.authorize(request, { account: 'Mira' });
    await expect(browser.authorize({ ...request, prompt })).rejects.toThrow('/interaction/');
    const answer = await browser.authorize({ ...request, prompt }, { account: 'Mira' });
    expect(await verified(answer.get('id_token'))).toMatchObject({ sub: subjectOf('Mira') });
  });

  it('changes to another account, which is then the one that is signed in', async () => {
    const browser = createSignInBrowser();
    await browser.authorize(request, { account: 'Mira' });
    const answer = await browser.authorize({ ...request, prompt: 'select_account' }, { account: 'Jonas' });
    expect(await verified(answer.get('id_token'))).toMatchObject({ sub: subjectOf('Jonas') });
    const silent = await browser.authorize({ ...request, prompt: 'none' });
    expect(await verified(silent.get('id_token'))).toMatchObject({ sub: subjectOf('Jonas') });
  });

  it('answers the code flow with PKCE, for a relay', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = toBase64url(new Uint8Array(createHash('sha256').update(verifier).digest()));
    const parameters = { code_challenge: challenge, code_challenge_method: 'S256' };
    const answer = await createSignInBrowser().authorize(
      { ...request, responseType: 'code', parameters },
      { account: 'Mira' },
    );
    const body = {
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      code: answer.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
    };
    const redeem = (codeVerifier: string) =>
      fetch(`${identity.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({ ...body, code_verifier: codeVerifier }),
      });
    expect((await redeem('x'.repeat(43))).status).toBe(400);
    const tokens = (await (await redeem(verifier)).json()) as { id_token: string };
    expect(await verified(tokens.id_token)).toMatchObject({ sub: subjectOf('Mira'), nonce: 'nonce-1' });
  });

  it('answers a program on loopback at any port with a code, and gives its token without another question', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const challenge = toBase64url(new Uint8Array(createHash('sha256').update(verifier).digest()));
    const redirectUri = 'http://127.0.0.1:49152/';
    const parameters = { code_challenge: challenge, code_challenge_method: 'S256' };
    const asked = { ...request, clientId: COMMAND_LINE, redirectUri, responseType: 'code', parameters } as const;
    const answer = await createSignInBrowser().authorize(asked, { account: 'Mira' });
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: COMMAND_LINE,
      code: answer.get('code') ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    const answered = await fetch(`${identity.issuer}/token`, { method: 'POST', body });
    const { id_token: idToken } = (await answered.json()) as { id_token: string };
    const keys = createRemoteJWKSet(new URL(identity.jwksUrl));
    const { payload } = await jwtVerify(idToken, keys, { issuer: identity.issuer, audience: COMMAND_LINE });
    expect(payload).toMatchObject({ sub: subjectOf('Mira'), nonce: 'nonce-1' });
    const direct = await createSignInBrowser().authorize({ ...asked, responseType: 'id_token' }, { account: 'Mira' });
    expect([direct.get('error'), direct.get('id_token')]).toEqual(['invalid_request', null]);
  });

  it('shows a page with stable ids that says what it is, names escaped', async () => {
    const browser = createSignInBrowser();
    await browser.authorize(request, { account: '<i>Zoë & "Ann"' });
    await createSignInBrowser().authorize(request, { account: 'Zoë' });
    await browser.authorize({ ...request, prompt: 'login' }, 'cancel');
    const page = browser.lastPage() ?? '';
    expect(page).toContain('<strong>Local development provider</strong>, plays Google');
    for (const part of [
      'data-account="Mira"',
      'Continue as Jonas',
      'Continue as Zoë',
      'id="account-name"',
      'id="account-continue"',
      'id="cancel"',
    ]) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain('<i>');
    expect(page).not.toContain('<script');
  });

  it.each(['', '   ', 'n'.repeat(41), 'a\u0007b'])('refuses the name "%s" and says why', async (account) => {
    await expect(createSignInBrowser().authorize(request, { account })).rejects.toThrow(
      'A name has 1 to 40 characters.',
    );
  });

  it('refuses unknown clients, foreign redirects and a missing nonce', async () => {
    const browser = createSignInBrowser();
    await expect(browser.authorize({ ...request, clientId: 'other' })).rejects.toThrow('data-code="invalid_client"');
    await expect(browser.authorize({ ...request, redirectUri: 'https://evil.example.test/' })).rejects.toThrow(
      'invalid_redirect_uri',
    );
    expect((await browser.authorize({ ...request, nonce: '' })).get('error')).toBe('invalid_request');
  });

  it('refuses a sign-in page of another browser', async () => {
    const first = await fetch(
      `${identity.issuer}/auth?${new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, response_type: 'id_token', scope: 'openid', nonce: 'n' })}`,
      { redirect: 'manual' },
    );
    const page = new URL(first.headers.get('location') ?? '', identity.issuer);
    expect(page.pathname).toMatch(/^\/interaction\//);
    expect((await fetch(page)).status).toBe(400);
    expect((await fetch(page, { method: 'POST', body: new URLSearchParams({ account: 'Mira' }) })).status).toBe(400);
    const answers = await Promise.all([fetch(`${identity.issuer}/interaction/`), fetch(`${identity.issuer}/nowhere`)]);
    expect(answers.every(({ status }) => status >= 400 && status < 500)).toBe(true);
  });

  it('keeps its keys, accounts and sessions over a restart', async () => {
    const browser = createSignInBrowser();
    await browser.authorize(request, { account: 'Kept' });
    await identity.stop();
    identity = await start(identity.port);
    const answer = await browser.authorize({ ...request, prompt: 'none' });
    expect(await verified(answer.get('id_token'))).toMatchObject({ sub: subjectOf('Kept') });
    await createSignInBrowser().authorize(request, 'cancel');
    expect((await stat(join(dataDir, 'keys.json'))).mode & 0o077).toBe(0);
    await expect(start(identity.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('can be reached from this machine alone', () => {
    expect(new URL(identity.issuer).hostname).toBe('127.0.0.1');
  });
});
