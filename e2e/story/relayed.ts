/**
 * A person who signs in through the relay again and again, by the bare wire. An answer that was lost may have used up a
 * handle: then the person begins again. What was answered holds, and nobody else gets anything by it.
 */
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { toBase64url, toHex } from '@/lib/bytes';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { redeemResponse } from '@/lib/keyless/wire/relay';
import { sessionResponse } from '@/lib/keyless/wire/session';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import { sessionBody } from '@/services/http/testing/provider';
import { begin, type Pending } from '@/services/relay/testing/begin';
import { EXTENSION_URL } from './servers';
import type { Ground } from './writer';

/** More than the relay is ever killed while one step waits. */
const MAX_TRIES = 200;
/** Of a notice that a killed server did not take: the relay waits longer each time. */
const DELIVERED_MS = 120_000;

export interface Relayed {
  /** One sign-in, begun again until it succeeds. */
  signIn(): Promise<void>;
  /** The provider tells that the person withdrew, and is told that it will get there. */
  withdraw(): Promise<void>;
  /** It got there: neither server lets the last device in any more. */
  expectSignedOut(): Promise<void>;
  signIns(): number;
}

type Party = 'vault' | 'issuer';

interface SignedIn {
  readonly device: TestDevice;
  /** Access tokens. */
  readonly tokens: Readonly<Record<Party, string>>;
}

export function createRelayed(name: string, { servers, onWrite, standing }: Ground): Relayed {
  const { urls, provider, providerServer } = servers;
  const account = toHex(accountIdOf(provider.issuer, name));
  let done = 0;
  let last: SignedIn | null = null;

  /** One request; null when its answer was lost. */
  const once = async (ask: () => Promise<Response>): Promise<Response | null> => {
    onWrite();
    try {
      const response = await ask();
      const body = await response.arrayBuffer();
      if (response.status < 500) return new Response(body.byteLength > 0 ? body : null, response);
    } catch {
      // As no answer.
    }
    await standing();
    return null;
  };
  const answered = async (ask: () => Promise<Response>): Promise<Response> => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const response = await once(ask);
      if (response !== null) return response;
    }
    throw new Error('the relay did not answer');
  };

  /** As a browser that is reloaded when a page does not come: to the provider, and back with a handle. */
  const handleFor = async ({ stateText: state, nonce }: Pending): Promise<{ handle: string; code: string }> => {
    const visit = (path: string, fields: Record<string, string>) =>
      answered(() => fetch(`${urls.relay}${path}?${new URLSearchParams(fields)}`, { redirect: 'manual' }));
    const started = await visit('/start/test', { state });
    const asked = new URL(started.headers.get('location') ?? '').searchParams;
    expect([started.status, asked.get('state'), asked.get('nonce')]).toEqual([303, state, nonce]);
    const code = providerServer.codeFor({ sub: name, nonce, challenge: asked.get('code_challenge') ?? '' });
    const landed = await visit('/callback/test', { state, code });
    const address = landed.headers.get('location') ?? '';
    expect([landed.status, address.startsWith(EXTENSION_URL)]).toEqual([303, true]);
    const fragment = new URLSearchParams(new URL(address).hash.slice(1));
    expect(fragment.get('state')).toBe(state);
    return { handle: fragment.get('handle') ?? '', code };
  };
  const redeem = (device: TestDevice, handle: string, verifier: Uint8Array) =>
    device.send(fetch, `${urls.relay}/redeem`, { method: 'POST', json: { handle, verifier: toBase64url(verifier) } });

  /** @returns the ID token, or null where an answer was lost that may have used up the handle */
  const idTokenFor = async (pending: Pending): Promise<string | null> => {
    const { device, verifier } = pending;
    const { handle, code } = await handleFor(pending);
    const thief = await createDevice();
    expect((await answered(() => redeem(thief, handle, verifier))).status).toBe(403);
    let lost = false;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const response = await once(() => redeem(device, handle, verifier));
      expect(providerServer.asked(code)).toBeLessThanOrEqual(1);
      if (response?.status === 200) return redeemResponse.parse(await response.json()).idToken;
      // Whatever was answered before is kept: nothing but a lost answer is a reason to begin again.
      if (response !== null) expect([response.status, lost]).toEqual([403, true]);
      if (response !== null) return null;
      lost = true;
    }
    throw new Error('the relay never redeemed a handle');
  };

  /** @returns the access token, or null where the answer was lost: an ID token opens one session only */
  const openSession = async (party: Party, device: TestDevice, json: object): Promise<string | null> => {
    const response = await once(() => device.send(fetch, `${urls[party]}/session`, { method: 'POST', json }));
    if (response?.status !== 201) return null;
    const { accessToken } = sessionResponse.parse(await response.json());
    expect(decodeJwt(accessToken)).toMatchObject({ sub: account, cnf: { jkt: device.jkt } });
    return accessToken;
  };
  const tryToSignIn = async (): Promise<SignedIn | null> => {
    const pending = await begin();
    const { device, nonce, nonceOf } = pending;
    const idToken = await idTokenFor(pending);
    if (idToken === null) return null;
    expect(decodeJwt(idToken)).toMatchObject({ sub: name, nonce });
    const json = sessionBody({ idToken, random: nonceOf });
    const vault = await openSession('vault', device, json);
    const issuer = await openSession('issuer', device, json);
    return vault !== null && issuer !== null ? { device, tokens: { vault, issuer } } : null;
  };

  return {
    signIns: () => done,
    async signIn() {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        last = await tryToSignIn();
        if (last === null) continue;
        done += 1;
        return;
      }
      throw new Error('nobody could sign in');
    },
    async withdraw() {
      const events = { type: 'consent-revoked', sub: name };
      const payload = await provider.idToken({ claims: { jti: crypto.randomUUID(), events } });
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ payload }) };
      expect((await answered(() => fetch(`${urls.relay}/notices/test`, init))).status).toBe(200);
    },
    async expectSignedOut() {
      if (last === null) throw new Error('nobody signed in');
      const { device, tokens } = last;
      for (const [party, path] of [['vault', '/backup'] as const, ['issuer', '/witness'] as const]) {
        const request = { method: 'GET', accessToken: tokens[party] };
        const status = async () => (await device.send(fetch, urls[party] + path, request)).status;
        await expect.poll(status, { timeout: DELIVERED_MS }).toBe(401);
      }
    },
  };
}
