/** Sign-ins through the relay, with every server as a process of its own, and a browser that is a program. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTENSION_REDIRECT_URL } from '@/config/extension-id';
import { toHex } from '@/lib/bytes';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { appleSubjectOf, signNotice } from '@/services/identity/apple';
import { openKeys } from '@/services/identity/files';
import { createSignInBrowser } from '@/services/identity/testing/sign-in';
import { type Stack, startStack } from '../stack';
import { create, openDevice, recover } from './device';

const TEAM = 'DEVTEAM001';
const PIN = '482913';
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 240_000);
afterAll(() => stack?.stop());

const atApple = { providerId: 'apple' } as const;
/** Google by the way that Firefox takes. */
const asFirefox = () => ({
  config: {
    ...stack.config,
    identityProviders: stack.config.identityProviders.map(({ firefox, ...one }) => ({ ...one, ...firefox })),
  },
});

describe('signing in with Apple', { timeout: 240_000 }, () => {
  it('makes a wallet that another device finds again with the same account', async () => {
    const created = await create(await openDevice(stack, 'Mira', atApple), PIN);
    const second = await openDevice(stack, 'Mira', atApple);
    const { bytes } = await recover(second, PIN);
    expect(toHex(bytes)).toBe(toHex(created));
    const { accountId } = await second.signIn();
    expect(toHex(accountId)).toBe(toHex(accountIdOf(stack.urls.apple, appleSubjectOf('Mira', TEAM))));
  });

  it('that is cancelled says so', async () => {
    const device = await openDevice(stack, 'cancel', atApple);
    await expect(device.signIn()).rejects.toMatchObject({ code: 'sign-in-cancelled' });
  });

  it('takes nothing that another window answered: neither its handle nor its state', async () => {
    let theirs = '';
    const keep = (address: string) => {
      theirs = address;
      return address;
    };
    const other = await openDevice(stack, 'Other', { ...atApple, onLanding: keep });
    const mine = (bend: (own: string) => string) => openDevice(stack, 'Mira', { ...atApple, onLanding: bend });
    const handleOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(1)).get('handle') ?? '';
    await other.signIn();
    const whole = await mine(() => theirs);
    await expect(whole.signIn()).rejects.toMatchObject({ code: 'sign-in-failed', details: { reason: 'state' } });
    const handleAlone = await mine((own) => own.replace(handleOf(own), handleOf(theirs)));
    const failed = { code: 'sign-in-failed', details: { party: 'relay', reason: 'handle-unknown' } };
    await expect(handleAlone.signIn()).rejects.toMatchObject(failed);
    const elsewhere = await mine((own) => own.replace(EXTENSION_REDIRECT_URL, 'https://evil.example.test/'));
    await expect(elsewhere.signIn()).rejects.toMatchObject({ details: { reason: 'redirect' } });
  });

  it('ends its sessions when the user withdraws, and the backup stays', async () => {
    const device = await openDevice(stack, 'Leaving', atApple);
    await create(device, PIN);
    const parties = await device.signIn();
    await expect(parties.vault.metadata()).resolves.toMatchObject({ lastNumber: 1 });
    const { signingKey } = await openKeys(`${stack.dataOf('apple')}/keys.json`);
    const sub = appleSubjectOf('Leaving', TEAM);
    const about = { issuer: stack.urls.apple, clientId: 'halfkey-relay', sub, type: 'consent-revoked' };
    const payload = await signNotice(signingKey, about);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ payload });
    const told = await fetch(`${stack.urls.relay}/notices/apple`, { method: 'POST', headers, body });
    expect(told.status).toBe(200);
    // Apple cannot be asked silently, so that the session is over.
    const metadata = () =>
      parties.vault.metadata().then(
        () => 'open',
        (error) => error.code,
      );
    await expect.poll(metadata, { timeout: 60_000 }).toBe('sign-in-expired');
    const again = await openDevice(stack, 'Leaving', atApple);
    await expect((await again.signIn()).vault.metadata()).resolves.toMatchObject({ lastNumber: 1 });
  });
});

describe('signing in with Google through the relay', { timeout: 120_000 }, () => {
  it('is the same account as without it, and renewed without a window', async () => {
    const direct = await (await openDevice(stack, 'Both')).signIn();
    const device = await openDevice(asFirefox(), 'Both');
    const relayed = await device.signIn();
    expect(toHex(relayed.accountId)).toBe(toHex(direct.accountId));
    const silent = await device.sessions.open('google', 'silent', relayed.accountId);
    expect(toHex(silent.jkt)).toBe(toHex(relayed.jkt));
  });
});

describe('the stand-in for Apple', { timeout: 60_000 }, () => {
  const authorize = (parameters: Record<string, string>) => {
    const url = new URL(`${stack.urls.apple}/auth/authorize`);
    const redirect_uri = `${stack.urls.relay}/callback/apple`;
    const common = { client_id: 'halfkey-relay', redirect_uri, response_type: 'code', nonce: 'n', state: 's' };
    url.search = new URLSearchParams({ ...common, ...parameters }).toString();
    return url;
  };

  it('insists on a form as soon as there is a scope, and tells the name once', async () => {
    const refused = await fetch(authorize({ scope: 'name email' }));
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('form_post')]);
    const asked = authorize({ scope: 'name email', response_mode: 'form_post' });
    const browser = createSignInBrowser();
    const posted: (URLSearchParams | undefined)[] = [];
    for (const _ of ['first', 'second']) {
      // The relay knows no such state, and ends on a page.
      await expect(browser.visit(asked, EXTENSION_REDIRECT_URL, { account: 'Named' })).rejects.toThrow(
        '/callback/apple',
      );
      posted.push(browser.lastForm());
    }
    expect(JSON.parse(posted[0]?.get('user') ?? '')).toEqual({ name: { firstName: 'Mira', lastName: 'Example' } });
    expect([posted[0]?.has('code'), posted[1]?.has('code'), posted[1]?.has('user')]).toEqual([true, true, false]);
  });

  it('takes no secret but one that the developer’s key signed for it', async () => {
    const token = (client_secret: string) =>
      fetch(`${stack.urls.apple}/auth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: 'x',
          client_id: 'halfkey-relay',
          client_secret,
        }),
      }).then((answer) => answer.json());
    expect(await token('development-only')).toMatchObject({ error: 'invalid_client' });
    expect(await token('a.b.c')).toMatchObject({ error: 'invalid_client' });
  });
});
