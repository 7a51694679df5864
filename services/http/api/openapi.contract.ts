/** What holds of every service that answers with problems: its document is the whole truth about it. */
import type { Hono } from 'hono';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ServiceEnv } from '@/services/http/api/app';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import { createLimits, type Limits } from '@/services/http/limits/limits';
import { memoryRateLimitStore } from '@/services/http/limits/rate-limit';
import { memorySessionStore } from '@/services/http/sessions/session-store';
import { createSessions, type Sessions } from '@/services/http/sessions/sessions';
import { type Conformance, conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createDevice } from '@/services/http/testing/device';
import { PROOF_ATTACKS } from '@/services/http/testing/proof-attacks';
import { createTestProvider, sessionBody } from '@/services/http/testing/provider';

const ORIGIN = 'https://service.test';
const NOW_MS = 1_800_000_000_000;
const PER_MINUTE = 20;
const NETWORK = '192.0.2.7';

export type BuildService = (parts: { sessions: Sessions; limits: Limits; now: () => number }) => Hono<ServiceEnv>;

export function openApiContract(name: string, build: BuildService): void {
  describe(`the document of the ${name}`, () => {
    let app: Hono<ServiceEnv>;
    let document: OpenApiDocument;
    let conforms: Conformance;
    let provider: Awaited<ReturnType<typeof createTestProvider>>;
    const now = () => NOW_MS;

    const rebuild = (perMinute = PER_MINUTE) => {
      const sessions = createSessions({
        audience: name,
        externalUrl: ORIGIN,
        secret: new Uint8Array(32).fill(5),
        providers: [provider],
        store: memorySessionStore(),
        now,
        random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      });
      const limits = createLimits({
        store: memoryRateLimitStore(),
        addressOf: (c) => c.req.header('x-network') ?? 'unknown',
        addressPerMinute: perMinute,
        devicePerMinute: perMinute / 2,
        now,
      });
      return build({ sessions, limits, now });
    };
    beforeAll(async () => {
      provider = await createTestProvider(now);
      app = rebuild();
      document = await documentOf(app);
      conforms = conformanceTo(document);
    });

    const operations = () =>
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, described]) => ({ method: method.toUpperCase(), path, described })),
      );
    const filled = (path: string) => path.replace('{generation}', '1').replace('{account}', '00'.repeat(32));
    const ask = async (service: Hono<ServiceEnv>, method: string, path: string, init: RequestInit = {}) => {
      const response = await service.request(ORIGIN + filled(path), { method, ...init });
      await conforms({ method, path: filled(path) }, response);
      return response;
    };
    const signedIn = async (service: Hono<ServiceEnv>) => {
      const device = await createDevice();
      const send = async (url: string, init: RequestInit) => service.request(url, init);
      const json = sessionBody(await provider.signIn('somebody', device.thumbprint));
      const answer = await device.send(send, `${ORIGIN}/session`, { method: 'POST', json });
      await conforms({ method: 'POST', path: '/session' }, answer);
      return { device, send, nonce: answer.headers.get('dpop-nonce') ?? '', ...(await answer.json()) };
    };

    it('has every route, and no other', () => {
      const routes = app.routes.filter(({ method }) => method !== 'ALL');
      const served = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
      expect(operations().map(({ method, path }) => `${method} ${path}`)).toHaveLength(new Set(served).size);
      expect(new Set(operations().map(({ method, path }) => `${method} ${path}`))).toEqual(new Set(served));
    });

    it('is OpenAPI 3.1 with an id of its own for each operation', () => {
      const ids = operations().map(({ described }) => described.operationId);
      expect(document.openapi).toBe('3.1.1');
      expect(new Set(ids).size).toBe(ids.length);
    });

    it('foretells what is answered without a token, to a giant body, and to garbage', async () => {
      for (const { method, path, described } of operations()) {
        const service = rebuild();
        const plain = await ask(service, method, path);
        const isAnswered = described.security.length === 0 && !described.requestBody;
        expect([path, plain.status]).toEqual([path, isAnswered ? 200 : expect.any(Number)]);
        if (described.security.length > 0) expect([path, [400, 401]]).toEqual([path, expect.arrayContaining([401])]);
        if (!described.requestBody) continue;
        const headers = { 'content-type': 'application/json' };
        const giant = await ask(service, method, path, { headers, body: 'x'.repeat(70_000) });
        expect([path, giant.status]).toEqual([path, 413]);
        for (const body of ['', '[', 'null', '{"slot":1}'])
          expect((await ask(service, method, path, { headers, body })).status).toBeLessThan(500);
      }
    });

    it('foretells what a device is answered, whatever it asks for', async () => {
      for (const { method, path, described } of operations()) {
        const [scheme] = described.security.flatMap(Object.keys);
        if (scheme !== 'accessToken' && scheme !== 'statusToken') continue;
        const { device, send, accessToken, statusToken } = await signedIn(rebuild());
        const token = scheme === 'accessToken' ? accessToken : statusToken;
        const request = { method, accessToken: token, ...(described.requestBody && { json: { slot: 7 } }) };
        const answer = await device.send(send, ORIGIN + filled(path), request);
        await conforms({ method, path: filled(path) }, answer);
        expect([path, answer.status]).toEqual([path, described.requestBody ? 400 : expect.any(Number)]);
        expect(answer.status).not.toBe(401);
      }
    });

    it(`lets a right proof through once, and refuses ${PROOF_ATTACKS.length} wrong ones, at every operation`, async () => {
      for (const { method, path, described } of operations()) {
        const [scheme] = described.security.flatMap(Object.keys);
        if (scheme !== 'accessToken' && scheme !== 'statusToken') continue;
        const service = rebuild(1_000);
        const [owner, thief] = [await signedIn(service), await signedIn(service)];
        const isAccess = scheme === 'accessToken';
        const [token, otherKind] = isAccess
          ? [owner.accessToken, owner.statusToken]
          : [owner.statusToken, owner.accessToken];
        const thiefsToken = isAccess ? thief.accessToken : thief.statusToken;
        const { device, nonce } = owner;
        const url = ORIGIN + filled(path);
        const facts = { device, thief: thief.device, method, url, token, otherKind, thiefsToken, nonce };
        const send = async (headers: Record<string, string>) => (await ask(service, method, path, { headers })).status;
        const right = {
          authorization: `DPoP ${token}`,
          dpop: await device.proof({ method, url, nonce, accessToken: token }),
        };
        expect([path, await send(right)]).not.toEqual([path, 401]);
        expect([path, 'used again', await send(right)]).toEqual([path, 'used again', 401]);
        for (const [attack, forge] of PROOF_ATTACKS)
          expect([path, attack, await send({ ...(await forge(facts)) })]).toEqual([path, attack, 401]);
      }
    });

    it('refuses a network that asks too often, before its token is looked at, and says when to come back', async () => {
      const guarded = operations().filter(({ described }) =>
        described.security.some((scheme) => 'proof' in scheme || 'accessToken' in scheme),
      );
      const service = rebuild();
      const headers = { 'x-network': NETWORK, 'content-type': 'application/json' };
      for (let each = 0; each < PER_MINUTE; each += 1) {
        const { method = 'GET', path = '' } = guarded[each % guarded.length] ?? {};
        const body = method === 'GET' ? null : '{}';
        expect((await ask(service, method, path, { headers, body })).status).not.toBe(429);
      }
      for (const { method, path } of guarded) {
        const refused = await ask(service, method, path, { headers, body: method === 'GET' ? null : '{}' });
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
      }
      const elsewhere = await ask(service, 'POST', '/session', { headers: { ...headers, 'x-network': 'another' } });
      expect(elsewhere.status).not.toBe(429);
    });

    it('refuses a device that asks too often, wherever it asks from, and no other of the account', async () => {
      const service = rebuild();
      const [one, two] = [await signedIn(service), await signedIn(service)];
      const path = operations().find(({ described }) => 'statusToken' in (described.security[0] ?? {}))?.path ?? '';
      const statuses: number[] = [];
      const ask = async ({ device, send, statusToken }: typeof one, each: number) => {
        const network = { 'x-network': `network-${each}` };
        const from = (url: string, init: RequestInit) =>
          send(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...network } });
        const answer = await device.send(from, ORIGIN + path, { method: 'GET', accessToken: statusToken });
        await conforms({ method: 'GET', path }, answer);
        return answer.status;
      };
      for (let each = 0; each < PER_MINUTE / 2 + 1; each += 1) statuses.push(await ask(one, each));
      expect(statuses.filter((status) => status === 429)).toHaveLength(1);
      expect(statuses.at(-1)).toBe(429);
      expect(await ask(two, 0)).not.toBe(429);
    });

    it('answers each request with its id, if that is well-formed, and with one of its own otherwise', async () => {
      for (const { method, path } of operations()) {
        const given = await ask(rebuild(), method, path, { headers: { 'x-request-id': 'story-7_a=' } });
        expect([path, given.headers.get('x-request-id')]).toEqual([path, 'story-7_a=']);
      }
      for (const bad of ['with space', 'x'.repeat(65), 'a;b', '"quoted"', 'a/b']) {
        const answer = await ask(app, 'GET', '/livez', { headers: { 'x-request-id': bad } });
        expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      }
    });
  });
}
