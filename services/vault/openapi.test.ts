import { signingKeyOf } from '@/lib/crypto/signature';
import { openApiContract } from '@/services/http/api/openapi.contract';
import { createLogger } from '@/services/http/server/logger';
import { createVaultApp } from './app';
import { createMemoryStore } from './store/memory-store';
import { createRandom } from './testing/actors';
import { challengesInMemory, SERVICE_KEY, sealWith } from './testing/in-process';

openApiContract('vault', (parts) => {
  const random = createRandom(31);
  const { app } = createVaultApp({
    ...parts,
    store: createMemoryStore(),
    envelope: sealWith(random(32), random),
    receiptKey: signingKeyOf(random(32)),
    witnessPub: signingKeyOf(random(32)).publicKey,
    serviceKey: SERVICE_KEY,
    corsOrigins: [],
    challenges: challengesInMemory(random),
    logger: createLogger({ service: 'vault', level: 'silent' }),
  });
  return app;
});
