import { expect, it } from 'vitest';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { createMetrics } from '@/services/http/server/metrics';

it('counts requests by route and status, and tells of the process, but names nobody', async () => {
  const metrics = createMetrics('test');
  metrics.addGauge({ name: 'kms_rows_behind', help: 'Rows under an older key.', read: async () => 3 });
  const app = createServiceApp({
    logger: createLogger({ service: 'test', level: 'silent' }),
    observe: metrics.observe,
  });
  app.get('/feed/:account', (c) => c.json({}));
  for (const path of ['/feed/account-77', '/feed/account-78', '/nowhere/account-79']) await app.request(path);
  const response = await metrics.app.request('/metrics');
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(text).toMatch(
    /halfkey_http_request_duration_seconds_count\{.*method="GET",route="\/feed\/:account",status="200".*\} 2/,
  );
  expect(text).toMatch(/halfkey_http_request_duration_seconds_count\{.*status="404".*\} 1/);
  expect(text).toMatch(/halfkey_kms_rows_behind\{service="test"\} 3/);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toMatch(/account-7/);
});
