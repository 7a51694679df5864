import { describe, expect, it } from 'vitest';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { createReadiness } from '@/services/http/server/readiness';

const works = async () => undefined;
const fails = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'));

describe('readiness', () => {
  it('names what is not in order, and nothing of why', async () => {
    const readiness = createReadiness({ database: fails, keys: works, providers: fails });
    const app = createServiceApp({ logger: createLogger({ service: 'test', level: 'silent' }), readiness });
    const response = await app.request('/readyz');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({
      code: 'temporarily-unavailable',
      detail: 'Not in order: database, providers.',
    });
  });

  it('is given up when the server stops, while the process still lives', async () => {
    const readiness = createReadiness({ database: works });
    const app = createServiceApp({ logger: createLogger({ service: 'test', level: 'silent' }), readiness });
    expect((await app.request('/readyz')).status).toBe(200);
    readiness.stop();
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await app.request('/livez')).status).toBe(200);
  });

  it('asks at most once a second, however many want to know', async () => {
    let [asked, nowMs] = [0, 1_000];
    const check = async () => {
      asked += 1;
    };
    const readiness = createReadiness({ check }, () => nowMs);
    await Promise.all(Array.from({ length: 100 }, () => readiness.failing()));
    expect(asked).toBe(1);
    nowMs += 1_000;
    await readiness.failing();
    expect(asked).toBe(2);
  });

  it('does not wait for ever', async () => {
    const readiness = createReadiness({ stuck: () => new Promise(() => undefined), fine: works });
    expect(await readiness.failing()).toEqual(['stuck']);
  });
});
