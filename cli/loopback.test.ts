import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openLoopback } from './loopback';

const ID_TOKEN = 'header.payload.signature';

async function launch(answer: (shown: URL) => Record<string, string>, tokens = Response.json({ id_token: ID_TOKEN })) {
  const redeemed: URLSearchParams[] = [];
  let showUrl: (url: URL) => void;
  const shown = new Promise<URL>((resolve) => {
    showUrl = resolve;
  });
  const loopback = await openLoopback({
    clientId: 'command-line',
    tokenUrl: 'https://provider.example/token',
    show: (url) => showUrl(new URL(url)),
    fetch: async (_url, init) => {
      redeemed.push(init?.body as URLSearchParams);
      return tokens;
    },
    timeoutMs: 10_000,
  });
  const url = new URL('https://provider.example/auth?client_id=command-line&response_type=id_token&state=s1&nonce=n1');
  url.searchParams.set('redirect_uri', loopback.redirectUrl);
  const landed = loopback.launch(url.href);
  landed.catch(() => undefined);
  const address = await shown;
  const visit = (query: Record<string, string>) => fetch(`${loopback.redirectUrl}?${new URLSearchParams(query)}`);
  const foreign = await visit({ code: 'a thief’s', state: 'another' });
  const own = await visit(answer(address));
  return { address, foreign, own, landed: landed.finally(loopback.close), redeemed, loopback };
}

it('asks with PKCE, answers only to its own state, and gives the ID token as the direct flow does', async () => {
  const { address, foreign, own, landed, redeemed, loopback } = await launch(() => ({ code: 'c1', state: 's1' }));
  expect([foreign.status, own.status]).toEqual([400, 200]);
  expect(await landed).toBe(`${loopback.redirectUrl}#state=s1&id_token=${ID_TOKEN}`);
  expect(address.searchParams.get('response_type')).toBe('code');
  expect(redeemed).toHaveLength(1);
  const verifier = redeemed[0]?.get('code_verifier') ?? '';
  expect(verifier.length).toBeGreaterThanOrEqual(43);
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(address.searchParams.get('code_challenge'));
  expect(address.searchParams.get('code_challenge_method')).toBe('S256');
});

it('hands a refusal on, and redeems nothing for it', async () => {
  const { landed, redeemed, loopback } = await launch(() => ({ error: 'access_denied', state: 's1' }));
  expect(await landed).toBe(`${loopback.redirectUrl}#state=s1&error=access_denied`);
  expect(redeemed).toEqual([]);
});

it.each([
  ['a refusal', Response.json({ error: 'invalid_grant' }, { status: 400 })],
  ['no token', Response.json({})],
  ['no JSON', new Response('<html>')],
])('stops when the provider answers a code with %s', async (_, tokens) => {
  const { landed } = await launch(() => ({ code: 'c1', state: 's1' }), tokens);
  await expect(landed).rejects.toMatchObject({ code: 'sign-in-failed' });
});
