import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { type RunningServer, startServer } from '@/services/http/server/server';
import { beRude, type Rudeness } from '@/services/http/testing/rude-clients';

const CROWD = 100;
const logger = createLogger({ service: 'test', level: 'silent' });
const PATIENCE = { headersMs: 800, requestMs: 1_200 };

let server: RunningServer;
let read = 0;
beforeAll(async () => {
  const app = createServiceApp({ logger, maxBodyBytes: 16 * 1024 });
  app.post('/work', async (c) => {
    read = Math.max(read, (await c.req.arrayBuffer()).byteLength);
    return c.text('done');
  });
  server = await startServer(app, { hostname: '127.0.0.1', port: 0, logger, patience: PATIENCE });
});
afterAll(() => server.stop());

const crowd = (how: Rudeness) =>
  Promise.all(Array.from({ length: CROWD }, () => beRude(how, { port: server.port, path: '/work', headers: {} })));

describe('a hundred clients at once with', () => {
  it.each<[Rudeness, number]>([
    ['slow headers', 408],
    ['slow body', 408],
    ['giant header', 431],
    ['giant body', 413],
    ['endless body', 413],
    ['gzip bomb', 413],
  ])('%s are ended by the server with %i, while others are answered', async (how, status) => {
    const ends = crowd(how);
    for (let asked = 0; asked < 5; asked += 1) expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    const statuses = (await ends).map((end) => end.status);
    expect(statuses).toContain(status);
    // Who is not heard in time on a busy machine is too slow; and who still sends may lose the answer with the connection.
    for (const each of statuses) expect([status, 408, 0]).toContain(each);
    expect(read).toBeLessThanOrEqual(16 * 1024);
  });
});
