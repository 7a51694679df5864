import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createLogger } from '@/services/http/server/logger';
import { startServer } from '@/services/http/server/server';

const options = { hostname: '127.0.0.1', port: 0, logger: createLogger({ service: 'test', level: 'silent' }) };

/** An application with one route that answers only when told. */
function slowApp() {
  const waiting: { arrived?: () => void; answer?: () => void } = {};
  const arrived = new Promise<void>((resolve) => {
    waiting.arrived = resolve;
  });
  const mayAnswer = new Promise<void>((resolve) => {
    waiting.answer = resolve;
  });
  const app = new Hono();
  app.get('/slow', async (c) => {
    waiting.arrived?.();
    await mayAnswer;
    return c.text('done');
  });
  return { app, arrived, answer: () => waiting.answer?.() };
}

describe('a server', () => {
  it('lets requests in flight finish, accepts no more, and then is gone', async () => {
    const { app, arrived, answer } = slowApp();
    const server = await startServer(app, options);
    const inFlight = fetch(`${server.url}/slow`);
    await arrived;
    const stopped = server.stop();
    expect(server.stop()).toBe(stopped);
    await expect(fetch(`${server.url}/slow`)).rejects.toThrow();
    answer();
    expect(await (await inFlight).text()).toBe('done');
    await stopped;
  });

  it('closes what does not finish in time', async () => {
    const { app, arrived } = slowApp();
    const server = await startServer(app, { ...options, drainTimeoutMs: 20 });
    const inFlight = fetch(`${server.url}/slow`).catch(() => 'cut off');
    await arrived;
    await server.stop();
    expect(await inFlight).toBe('cut off');
  });

  it('is not held open by a connection that is kept alive', async () => {
    const app = new Hono().get('/', (c) => c.text('hello'));
    const server = await startServer(app, options);
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await server.stop();
    await closed;
  });

  it('keeps an idle connection longer than a slow device hashes between two requests', async () => {
    const app = new Hono().get('/', (c) => c.text('hello'));
    const server = await startServer(app, options);
    const { headers } = await fetch(server.url);
    expect(Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1])).toBeGreaterThanOrEqual(60);
    await server.stop();
  });

  it('says that an address is taken', async () => {
    const first = await startServer(new Hono(), options);
    await expect(startServer(new Hono(), { ...options, port: first.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await first.stop();
  });
});
