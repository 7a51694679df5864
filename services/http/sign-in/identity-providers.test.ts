import { describe, expect, it } from 'vitest';
import { signInNonce } from '@/lib/keyless/wire/account';
import { verifyIdToken } from '@/services/http/sign-in/id-token';
import {
  identityProviderSchema,
  identityProvidersVariable,
  openProvider,
  requireProviderKeys,
} from '@/services/http/sign-in/identity-providers';
import { createTestProvider } from '@/services/http/testing/provider';

const NOW_MS = 1_800_000_000_000;
const now = () => NOW_MS;
const parse = (...rows: object[]) => identityProvidersVariable.safeParse(JSON.stringify(rows));
const GOOGLE = { id: 'google', kind: 'google', clientIds: ['client'] };
const ISSUER = 'https://id.example.test';

describe('a table of providers', () => {
  it('needs no more than client ids for Google and Apple', () => {
    const [google, apple] = parse(GOOGLE, { id: 'apple', kind: 'apple', clientIds: ['example.wallet'] }).data ?? [];
    expect(google).toMatchObject({
      issuer: 'https://accounts.google.com',
      acceptedIssuers: ['https://accounts.google.com', 'accounts.google.com'],
      algorithms: ['RS256'],
    });
    expect(apple).toMatchObject({
      issuer: 'https://appleid.apple.com',
      acceptedIssuers: ['https://appleid.apple.com'],
    });
  });

  it('gives a stand-in none of the spellings of the real one', () => {
    const [row] = parse({ ...GOOGLE, issuer: 'http://127.0.0.1:7001' }).data ?? [];
    expect(row?.acceptedIssuers).toEqual(['http://127.0.0.1:7001']);
  });

  it.each([
    ['another provider without its issuer', [{ id: 'work', clientIds: ['client'] }]],
    ['keys at an address that is neither https nor loopback', [{ ...GOOGLE, jwksUrl: 'http://example.com/keys' }]],
    ['no client id', [{ ...GOOGLE, clientIds: [] }]],
    ['an unknown field', [{ ...GOOGLE, secret: 'x' }]],
    ['an algorithm with a shared secret', [{ ...GOOGLE, algorithms: ['HS256'] }]],
    ['two rows with one id', [GOOGLE, GOOGLE]],
    ['no row', []],
    [
      'two client ids with pairwise subjects, which would be two accounts',
      [{ id: 'work', issuer: ISSUER, clientIds: ['a', 'b'], subjects: 'client' }],
    ],
  ])('is refused with %s', (_, rows) => {
    expect(parse(...rows).success).toBe(false);
  });

  it('is refused when it is no JSON', () => {
    expect(identityProvidersVariable.safeParse('[').success).toBe(false);
  });
});

describe('a provider that describes itself', () => {
  const described = {
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    jwks_uri: 'https://keys.example.test/keys',
  };
  const asking = (document: object) => {
    const urls: string[] = [];
    const fetch = async (url: unknown) => {
      urls.push(String(url));
      return Response.json(String(url).endsWith('/openid-configuration') ? document : { keys: [] });
    };
    const row = identityProviderSchema.parse({ id: 'work', issuer: ISSUER, clientIds: ['client'] });
    return { urls, provider: openProvider(row, { fetch: fetch as typeof globalThis.fetch, now }) };
  };

  it('is asked where its keys are', async () => {
    const { urls, provider } = asking(described);
    await Promise.all([provider.warmUp(), provider.warmUp()]);
    expect(urls).toEqual([`${ISSUER}/.well-known/openid-configuration`, 'https://keys.example.test/keys']);
    await expect(requireProviderKeys([provider])).resolves.toBeUndefined();
  });

  it.each([
    ['another issuer', { ...described, issuer: `${ISSUER}/` }],
    ['keys over http', { ...described, jwks_uri: 'http://keys.example.test/keys' }],
    ['nothing', {}],
  ])('as %s is not believed', async (_, document) => {
    const { urls, provider } = asking(document);
    await expect(provider.warmUp()).rejects.toMatchObject({ code: 'temporarily-unavailable' });
    await expect(requireProviderKeys([provider])).rejects.toThrow('no usable keys');
    expect(urls.filter((url) => url.includes('keys.example'))).toEqual([]);
  });
});

it('lets in only members of a Google Workspace domain, where one is named', async () => {
  const provider = { ...(await createTestProvider(now)), hostedDomain: 'example.test' };
  const [thumbprint, random] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const check = async (claims: object) => {
    const idToken = await provider.idToken({ claims: { nonce: signInNonce(thumbprint, random), ...claims } });
    return verifyIdToken({ providers: [provider], idToken, thumbprint, random, nowMs: NOW_MS });
  };
  await expect(check({ hd: 'example.test' })).resolves.toMatchObject({ provider: { id: 'test' } });
  for (const claims of [{}, { hd: 'other.test' }, { hd: ['example.test'] }])
    await expect(check(claims)).rejects.toMatchObject({ status: 401 });
});
