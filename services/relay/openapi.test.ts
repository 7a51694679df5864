import { describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import { createLimits } from '@/services/http/limits/limits';
import { memoryRateLimitStore } from '@/services/http/limits/rate-limit';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createDevice } from '@/services/http/testing/device';
import { begin } from './testing/begin';
import { createWorld, ORIGIN, type World } from './testing/world';

const NOW_MS = 1_800_000_000_000;
const now = () => NOW_MS;

async function open(perMinute = 1_000) {
  const limits = createLimits({
    store: memoryRateLimitStore(),
    addressOf: (c) => c.req.header('x-network') ?? 'unknown',
    addressPerMinute: perMinute,
    devicePerMinute: perMinute,
    now,
  });
  const world = await createWorld(now, limits);
  const document = await documentOf(world.relay.app);
  return { world, document, conforms: conformanceTo(document) };
}

const operationsOf = (document: OpenApiDocument) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
  );
const filled = (path: string) => path.replace('{provider}', 'apple');
const ask = ({ relay }: World, method: string, path: string, init: RequestInit = {}) =>
  relay.app.request(ORIGIN + filled(path), { method, ...init });

describe('the document of the relay', () => {
  it('has every route, and no other', async () => {
    const { world, document } = await open();
    const routes = world.relay.app.routes.filter(({ method }) => method !== 'ALL');
    const served = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    const described = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(described)).toEqual(new Set(served));
    expect(new Set(operationsOf(document).map(({ described: one }) => one.operationId)).size).toBe(described.length);
  });

  it('foretells what is answered to nothing, to a giant body and to garbage', async () => {
    const { world, document, conforms } = await open();
    for (const { method, path, described } of operationsOf(document)) {
      await conforms({ method, path: filled(path) }, await ask(world, method, path));
      const [type] = Object.keys(described.requestBody?.content ?? {});
      if (type === undefined) continue;
      const headers = { 'content-type': type };
      for (const body of ['x'.repeat(20_000), '', '[', 'null', 'a=b', '{"handle":7}']) {
        const answer = await ask(world, method, path, { headers, body });
        await conforms({ method, path: filled(path) }, answer);
        expect([path, answer.status]).toEqual([path, body.length > 16_384 ? 413 : expect.any(Number)]);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });

  it('foretells a whole sign-in', async () => {
    const { world, conforms } = await open();
    const pending = await begin();
    const state = pending.stateText;
    const path = `/start/apple`;
    await conforms({ method: 'GET', path }, await ask(world, 'GET', `${path}?state=${state}`));
    world.answer('code', async () =>
      Response.json({ id_token: await world.apple.idToken({ claims: { nonce: pending.nonce } }) }),
    );
    const body = new URLSearchParams({ state, code: 'code' });
    const landed = await ask(world, 'POST', '/callback/apple', { body });
    expect(await conforms({ method: 'POST', path: '/callback/apple' }, landed)).toMatchObject({ status: 303 });
    const handle = new URLSearchParams(new URL(landed.headers.get('location') ?? '').hash.slice(1)).get('handle');
    const json = { handle, verifier: Buffer.from(pending.verifier).toString('base64url') };
    const send = (url: string, init: RequestInit) => world.relay.app.request(url, init);
    const redeemed = await pending.device.send(send, `${ORIGIN}/redeem`, { method: 'POST', json });
    expect(await conforms({ method: 'POST', path: '/redeem' }, redeemed)).toMatchObject({ status: 200 });
    const stranger = await (await createDevice()).send(send, `${ORIGIN}/redeem`, { method: 'POST', json });
    expect(await conforms({ method: 'POST', path: '/redeem' }, stranger)).toMatchObject({ status: 403 });
  });

  it('foretells the refusal of a network that asks too often, at every door', async () => {
    const { world, document, conforms } = await open(20);
    const doors = operationsOf(document).filter(({ path }) => !/^\/(livez|readyz|openapi)/.test(path));
    expect(doors).toHaveLength(5);
    const headers = { 'x-network': '192.0.2.7' };
    for (let each = 0; each < 20; each += 1) {
      const { method = '', path = '' } = doors[each % doors.length] ?? {};
      expect((await ask(world, method, path, { headers })).status).not.toBe(429);
    }
    for (const { method, path } of doors) {
      const refused = await ask(world, method, path, { headers });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
      await conforms({ method, path: filled(path) }, refused);
    }
    const { method = '', path = '' } = doors[0] ?? {};
    expect((await ask(world, method, path, { headers: { 'x-network': 'other' } })).status).not.toBe(429);
  });
});
