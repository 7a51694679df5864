import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createServiceApp } from '@/services/http/api/app';
import { ServiceError, unavailable, validate } from '@/services/http/api/problem';
import { createLogger } from '@/services/http/server/logger';

const SECRET = 'planted-secret-5f1c';

function build() {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  const app = createServiceApp({ logger, maxBodyBytes: 100 });
  app.post('/items/:id', validate('json', z.strictObject({ name: z.string(), count: z.int() })), (c) =>
    c.json(c.req.valid('json')),
  );
  app.get('/refused', () => {
    throw new ServiceError(409, 'slot-used', {
      detail: 'The slot is used.',
      members: { nextAtMs: 5 },
      headers: { 'x-more': 'y' },
    });
  });
  app.get('/down', () => {
    throw unavailable('database', new Error('connection refused'));
  });
  app.get('/broken', () => {
    throw Object.assign(new Error('a foreseen message'), { detail: SECRET, cause: { payload: SECRET } });
  });
  app.get('/teapot', () => {
    throw new HTTPException(418, { message: SECRET });
  });
  const post = (body: string | ReadableStream, type = 'application/json') =>
    app.request('/items/account-77', {
      method: 'POST',
      body,
      headers: { 'content-type': type },
      duplex: 'half',
    } as RequestInit);
  return { app, lines, post };
}

describe('an application of a service', () => {
  it('answers a refusal as a problem with its code, members and headers', async () => {
    const response = await build().app.request('/refused');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-more')]).toEqual([
      409,
      'application/problem+json',
      'y',
    ]);
    expect(await response.json()).toEqual({
      type: 'about:blank',
      status: 409,
      code: 'slot-used',
      detail: 'The slot is used.',
      nextAtMs: 5,
    });
  });

  it('answers an unexpected error without its words, and logs it without its members', async () => {
    const { app, lines } = build();
    const response = await app.request('/broken', { headers: { 'x-request-id': 'request-9' } });
    expect([response.status, await response.json()]).toEqual([
      500,
      { type: 'about:blank', status: 500, code: 'unexpected' },
    ]);
    const logged = JSON.parse(lines.find((line) => line.includes('request failed')) ?? '{}');
    expect(logged).toMatchObject({
      service: 'test',
      requestId: 'request-9',
      code: 'unexpected',
      err: { message: 'a foreseen message' },
    });
    expect(lines.join()).not.toContain(SECRET);
  });

  it('says when something it needs is down, with the cause in the log alone', async () => {
    const { app, lines } = build();
    const response = await app.request('/down');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.text()).not.toContain('connection');
    expect(lines.join()).toContain('connection refused');
  });

  it('answers unknown paths and foreign exceptions with codes', async () => {
    const { app } = build();
    expect(await (await app.request('/nowhere')).json()).toMatchObject({ status: 404, code: 'not-found' });
    expect(await (await app.request('/teapot')).json()).toEqual({
      type: 'about:blank',
      status: 400,
      code: 'bad-request',
    });
  });

  it('names the place that is not as expected, never the value', async () => {
    const { post } = build();
    const bodies = [
      `{"name":"${SECRET}","count":"${SECRET}"}`,
      `{"${SECRET}":1}`,
      `${SECRET}`,
      '',
      '[]',
      'null',
      '{"name":1',
    ];
    for (const body of bodies) {
      const response = await post(body);
      const text = await response.text();
      expect([response.status, JSON.parse(text).code]).toEqual([400, 'bad-request']);
      expect(text).not.toContain(SECRET);
    }
    expect(await (await post(bodies[0] ?? '')).json()).toMatchObject({ detail: 'json: count is not as expected' });
    expect((await post('{"name":"a","count":1}', 'text/plain')).status).toBe(400);
    expect(await (await post('{"name":"a","count":1}')).json()).toEqual({ name: 'a', count: 1 });
  });

  it('refuses a body that is too large, declared or streamed', async () => {
    const { post } = build();
    const declared = await post('x'.repeat(101));
    const streamed = await post(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(60)) }));
    for (const response of [declared, streamed]) {
      expect([response.status, (await response.json()).code]).toEqual([413, 'too-large']);
    }
  });

  it('writes one line a request with the route, not the path, and no header', async () => {
    const { post, lines } = build();
    await post('{"name":"a","count":1}');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      msg: 'request',
      method: 'POST',
      route: '/items/:id',
      status: 200,
    });
    expect(lines[0]).not.toContain('account-77');
  });

  it('knows the route of a problem, and of what middleware was added behind it', async () => {
    const { app, lines } = build();
    app.use(async (_, next) => next());
    for (const path of ['/livez', '/refused', '/nowhere/account-77']) await app.request(path);
    const routes = lines.filter((line) => line.includes('"request"')).map((line) => JSON.parse(line).route);
    expect(routes).toEqual(['/livez', '/refused', '*']);
  });

  it('sets security headers and forbids caching', async () => {
    const { headers } = await build().app.request('/refused');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

it('replaces secrets by name in whatever is logged', () => {
  const lines: string[] = [];
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
  logger.info({
    pin: SECRET,
    request: { headers: { authorization: SECRET } },
    body: { share: SECRET },
    a: { b: { idToken: SECRET } },
  });
  const failure = new Error('outer', { cause: Object.assign(new Error('inner'), { claims: SECRET }) });
  for (const name of ['err', 'error']) logger.error({ [name]: Object.assign(failure, { detail: SECRET }) });
  expect(lines.join()).not.toContain(SECRET);
  expect(lines[1]).toContain('inner');
});
