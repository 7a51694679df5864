/** A service whose answers take a while, to be stopped in the middle of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { createServiceApp } from '@/services/http/api/app';
import { createLogger } from '@/services/http/server/logger';
import { createReadiness } from '@/services/http/server/readiness';
import { runService } from '@/services/http/server/run-service';

const logger = createLogger({ service: 'slow' });
const readiness = createReadiness({});
const app = createServiceApp({ logger, readiness });
let accepted = 0;
app.post('/work', async (c) => {
  accepted += 1;
  const body = await c.req.text();
  await delay(5 + (accepted % 40));
  return c.text(body);
});

await runService({
  app,
  hostname: '127.0.0.1',
  port: 0,
  readiness,
  lingerMs: 300,
  startJobs: () => [],
  close: async () => logger.info({ accepted }, 'closing'),
  logger,
});
