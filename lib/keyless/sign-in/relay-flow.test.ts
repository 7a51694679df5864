import { exportJWK, generateKeyPair as generateJoseKeys, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '@/lib/bytes';
import { accountIdOf } from '../wire/account';
import { codeChallengeOf, decodeRelayState, redeemRequest } from '../wire/relay';
import { type DeviceKey, deviceKeyOf, generateKeyPair } from './device-key';
import { type IdentityProvider, signIn } from './sign-in';

const APPLE = 'https://appleid.example.test';
const RELAY = 'https://relay.example.test';
const REDIRECT = 'https://extension.example.test/';
const keys = await generateJoseKeys('RS256');
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const provider: IdentityProvider = {
  id: 'apple',
  kind: 'apple',
  issuer: APPLE,
  authorizationUrl: `${APPLE}/auth/authorize`,
  jwksUrl: `${APPLE}/auth/keys`,
  clientId: 'example.wallet',
  flow: 'relay',
};

let deviceKey: DeviceKey;
let world: ReturnType<typeof createWorld>;
beforeEach(async () => {
  deviceKey = await deviceKeyOf(await generateKeyPair(crypto.subtle));
  world = createWorld();
});

/** A relay that is there as answers only, each of which a test can bend. */
function createWorld() {
  const facts = {
    opened: [] as string[],
    handle: toBase64url(random(32)),
    landing: (fields: Record<string, string>): string => `${REDIRECT}#${new URLSearchParams(fields)}`,
    claims: {} as Record<string, unknown>,
    answer: null as (() => Response) | null,
    redeemed: [] as { handle: string; verifier: string; proof: string | null }[],
    state: '',
  };
  const launch = async (address: string) => {
    facts.opened.push(address);
    facts.state = new URL(address).searchParams.get('state') ?? '';
    return facts.landing({ handle: facts.handle, state: facts.state });
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin === APPLE && pathname === '/auth/keys') {
      const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k', alg: 'RS256' };
      return Response.json({ keys: [jwk] });
    }
    if (request.url !== `${RELAY}/redeem`) throw new TypeError('fetch failed');
    facts.redeemed.push({ ...(await request.json()), proof: request.headers.get('dpop') });
    if (facts.answer) return facts.answer();
    const nonce = toBase64url(decodeRelayState(facts.state).nonce);
    const idToken = await new SignJWT({ sub: 'mira', iss: APPLE, aud: 'example.wallet', nonce, ...facts.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(keys.privateKey);
    return Response.json({ idToken });
  };
  const relay = { url: RELAY, extensionUrls: ['https://another.example.test/', REDIRECT] };
  const dependencies = { launch, fetch, random, now: Date.now, redirectUrl: REDIRECT, relay };
  return { facts, dependencies };
}

const run = (mode: 'window' | 'silent' = 'window', expected: Uint8Array | null = null) =>
  signIn(world.dependencies, provider, deviceKey, mode, expected);

describe('a sign-in through the relay', () => {
  it('begins at the relay, shows what the state was made of, and ends with an account', async () => {
    const { facts } = world;
    const signedIn = await run();
    expect(signedIn.accountId).toEqual(accountIdOf(APPLE, 'mira'));
    const url = new URL(facts.opened[0] ?? '');
    expect([url.origin + url.pathname, url.searchParams.get('prompt')]).toEqual([
      `${RELAY}/start/apple`,
      'select_account',
    ]);
    const state = decodeRelayState(facts.state);
    expect([state.redirectIndex, state.thumbprint]).toEqual([1, deviceKey.thumbprint]);
    const [{ handle, verifier, proof } = { handle: '', verifier: '', proof: null }] = facts.redeemed;
    expect(handle).toBe(facts.handle);
    expect(codeChallengeOf(redeemRequest.parse({ handle, verifier }).verifier)).toEqual(state.challenge);
    expect(proof).not.toBeNull();
  });

  it('never uses state, nonce, verifier or handle of another one', async () => {
    const [first, second] = [await run(), await run()];
    const states = world.facts.opened.map((address) => new URL(address).searchParams.get('state'));
    expect(new Set(states).size).toBe(2);
    expect(new Set(world.facts.redeemed.map(({ verifier }) => verifier)).size).toBe(2);
    expect(first.random).not.toEqual(second.random);
  });

  it('asks a provider for its window that cannot be asked silently', async () => {
    await expect(run('silent')).rejects.toMatchObject({ code: 'sign-in-expired' });
    expect(world.facts.opened).toEqual([]);
  });

  it('is not begun by a build whose address the relay does not know', async () => {
    const dependencies = { ...world.dependencies, redirectUrl: 'https://third.example.test/' };
    const unknown = signIn(dependencies, provider, deviceKey, 'window', null);
    await expect(unknown).rejects.toMatchObject({ code: 'sign-in-failed', details: { reason: 'relay' } });
    const without = signIn({ ...world.dependencies, relay: null }, provider, deviceKey, 'window', null);
    await expect(without).rejects.toMatchObject({ details: { reason: 'relay' } });
    expect(world.facts.opened).toEqual([]);
  });

  it.each([
    ['another state', (fields: Record<string, string>) => ({ ...fields, state: 'x'.repeat(152) }), 'state'],
    ['no state', ({ handle = '' }: Record<string, string>) => ({ handle }), 'state'],
    ['no handle', ({ state = '' }: Record<string, string>) => ({ state }), 'no-token'],
    ['a handle that is none', (fields: Record<string, string>) => ({ ...fields, handle: '../redeem' }), 'handle'],
    ['an error', ({ state = '' }: Record<string, string>) => ({ state, error: 'server_error' }), 'no-token'],
  ])('that lands with %s redeems nothing', async (_, bend, reason) => {
    const { facts } = world;
    facts.landing = (fields) => `${REDIRECT}#${new URLSearchParams(bend(fields))}`;
    await expect(run()).rejects.toMatchObject({ code: 'sign-in-failed', details: { reason } });
    expect(facts.redeemed).toEqual([]);
  });

  it('that lands elsewhere, or was cancelled, redeems nothing', async () => {
    const { facts } = world;
    facts.landing = (fields) => `https://evil.example.test/#${new URLSearchParams(fields)}`;
    await expect(run()).rejects.toMatchObject({ details: { reason: 'redirect' } });
    facts.landing = ({ state = '' }) => `${REDIRECT}#${new URLSearchParams({ state, error: 'access_denied' })}`;
    await expect(run()).rejects.toMatchObject({ code: 'sign-in-cancelled' });
    expect(facts.redeemed).toEqual([]);
  });

  it.each([
    ['for another client', { aud: 'another.app' }],
    ['of another provider', { iss: 'https://accounts.example.test' }],
    ['with the nonce of another sign-in', { nonce: toBase64url(random(32)) }],
    ['without a nonce', { nonce: undefined }],
    ['for another party', { azp: 'another.app' }],
    ['about nobody', { sub: undefined }],
  ])('is not believed with a token %s', async (_, claims) => {
    world.facts.claims = claims;
    await expect(run()).rejects.toMatchObject({ code: 'sign-in-failed', details: { reason: 'token' } });
  });

  it('of Google is the same account, whichever of its two names a token has, and no other name is Google’s', async () => {
    const google = { ...provider, id: 'google', kind: 'google', issuer: 'https://accounts.google.com' } as const;
    const accountOf = async (iss: string) => {
      world.facts.claims = { iss };
      return (await signIn(world.dependencies, google, deviceKey, 'window', null)).accountId;
    };
    const account = accountIdOf('https://accounts.google.com', 'mira');
    for (const iss of ['https://accounts.google.com', 'accounts.google.com'])
      expect(await accountOf(iss)).toEqual(account);
    for (const iss of ['https://accounts.google.com/', 'http://accounts.google.com', APPLE])
      await expect(accountOf(iss)).rejects.toMatchObject({ details: { reason: 'token' } });
  });

  it('into another account than this device knows is said before a PIN is asked', async () => {
    await expect(run('window', accountIdOf(APPLE, 'jonas'))).rejects.toMatchObject({ code: 'other-account' });
  });

  it.each([
    ['handle-unknown', 403, 'sign-in-failed'],
    ['code-refused', 403, 'sign-in-failed'],
    ['unauthenticated', 401, 'sign-in-failed'],
    ['too-many-requests', 429, 'too-many-requests'],
    ['temporarily-unavailable', 503, 'relay-unreachable'],
    ['something-new', 418, 'party-misbehaved'],
  ])('that the relay refuses with %s says so', async (code, status, said) => {
    world.facts.answer = () => Response.json({ code }, { status });
    await expect(run()).rejects.toMatchObject({ code: said });
  });

  it('whose relay does not answer, or answers nonsense, says so', async () => {
    world.facts.answer = () => {
      throw new TypeError('fetch failed');
    };
    await expect(run()).rejects.toMatchObject({ code: 'relay-unreachable' });
    world.facts.answer = () => Response.json({ token: 'x' });
    await expect(run()).rejects.toMatchObject({ code: 'party-misbehaved', details: { party: 'relay' } });
  });
});
