/** Strings that are meant to be something else, in every place of what anybody may send to open a session, on PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountIdOf } from '@/lib/keyless/wire/account';
import { createServiceApp } from '@/services/http/api/app';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createLogger } from '@/services/http/server/logger';
import {
  addSignedOut,
  createSessionTables,
  databaseSessionStore,
  type SessionTables,
} from '@/services/http/sessions/session-database';
import type { SessionStore } from '@/services/http/sessions/session-store';
import { createSessions } from '@/services/http/sessions/sessions';
import { INJECTIONS } from '@/services/http/testing/bodies';
import { createDevice, type TestDevice } from '@/services/http/testing/device';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createTestProvider, sessionBody, type TestProvider } from '@/services/http/testing/provider';

const URL = 'https://vault.example.test';
const now = () => 1_800_000_000_123;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let database: Database<SessionTables>;
let store: SessionStore;
let provider: TestProvider;
let device: TestDevice;
let post: (path: string, json: unknown) => Promise<Response>;
beforeAll(async () => {
  database = await openDatabase<SessionTables>({ databaseUrl: await createTestDatabase() });
  await migrate(database.db, { '0001-sessions': createSessionTables, '0002-signed-out': addSignedOut });
  store = databaseSessionStore(database.db);
  provider = await createTestProvider(now);
  device = await createDevice();
  const secret = new Uint8Array(32).fill(1);
  const sessions = createSessions({
    audience: 'vault',
    externalUrl: URL,
    secret,
    providers: [provider],
    store,
    now,
    random,
  });
  const app = createServiceApp({ logger: createLogger({ service: 'test', level: 'silent' }) });
  app.route('/', sessions.routes);
  post = (path, json) => device.send((to, init) => app.request(to, init), URL + path, { method: 'POST', json });
});
afterAll(() => database?.close());

const signedIn = async () => sessionBody(await provider.signIn('mira', device.thumbprint));

describe(`each of ${INJECTIONS.length} strings`, { timeout: 240_000 }, () => {
  it('as the name of a device is refused, or kept as it was written, without spaces around it', async () => {
    expect(INJECTIONS.length).toBeGreaterThanOrEqual(500);
    const accountId = accountIdOf(provider.issuer, 'mira');
    let kept = 0;
    for (const deviceName of INJECTIONS) {
      const { status } = await post('/session', { ...(await signedIn()), deviceName });
      expect([deviceName, status]).toEqual([deviceName, status === 201 ? 201 : 400]);
      if (status !== 201) continue;
      kept += 1;
      expect(await store.listDevices(accountId, 10)).toMatchObject([{ deviceName: deviceName.trim() }]);
    }
    expect(kept).toBeGreaterThan(100);
  });

  it.each(['idToken', 'random'] as const)('as %s opens nothing', async (field) => {
    const good = await signedIn();
    for (const text of INJECTIONS) {
      const { status } = await post('/session', { ...good, [field]: text });
      expect([text, status]).toEqual([text, status === 401 ? 401 : 400]);
    }
    expect((await post('/session', good)).status).toBe(201);
  });

  it('as a notice ends nothing', async () => {
    for (const notice of INJECTIONS) {
      const { status } = await post('/notices', { notice });
      expect([notice, status]).toEqual([notice, status === 401 ? 401 : 400]);
    }
  });
});
