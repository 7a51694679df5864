/** The official client, over loopback, against three realms of ours; one of them on PostgreSQL, one on PGlite. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex, utf8 } from '@/lib/bytes';
import { loadJuicebox } from '@/lib/keyless/testing/juicebox-node';
import { createLogger } from '@/services/http/server/logger';
import { type RunningServer, startServer } from '@/services/http/server/server';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { createRealmApp } from './app';
import { LOCKED_ROW_LIFE_MS } from './protocol/step';
import type { Operation } from './protocol/tokens';
import { createMemoryStore } from './store/memory-store';
import { createPostgresStore } from './store/postgres-store';
import { openRealmDatabase } from './testing/database';
import { random } from './testing/device';
import { createTenant } from './testing/tenant';

const REALM_IDS = ['11'.repeat(16), '22'.repeat(16), '33'.repeat(16)] as const;
const logger = createLogger({ service: 'realm', level: 'silent' });
const INFO = utf8('account');
const SECRET = utf8('the realm share');
const GUESSES = 3;

const juicebox = await loadJuicebox();
const embedded = await openRealmDatabase();
const postgres = await openRealmDatabase(await createTestDatabase());
const tenant = createTenant();
const stores = [
  createMemoryStore(),
  createPostgresStore(embedded.db, random),
  createPostgresStore(postgres.db, random),
];
const clock = { aheadMs: 0 };
const now = () => Date.now() + clock.aheadMs;

let servers: RunningServer[] = [];
let subject = '';

beforeEach(async () => {
  clock.aheadMs = 0;
  subject = crypto.randomUUID();
  servers = await Promise.all(
    REALM_IDS.map((realmId, index) => {
      const store = stores[index] ?? createMemoryStore();
      const app = createRealmApp({ realmId, tenants: tenant.keys, store, now, random });
      return startServer(app, { hostname: '127.0.0.1', port: 0, logger });
    }),
  );
});

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

afterAll(async () => {
  await embedded.close();
  await postgres.close();
});

/** A client whose tokens allow one operation; a realm's tokens last for the client, as an issuer's set does. */
function clientFor(operation: Operation) {
  const tokens = new Map<string, Promise<string>>();
  globalThis.JuiceboxGetAuthToken = async (realmIdBytes) => {
    const realmId = toHex(realmIdBytes);
    const token = tokens.get(realmId) ?? tenant.sign({ realmId, operation, subject, nowMs: now() });
    tokens.set(realmId, token);
    return token;
  };
  const configuration = new juicebox.Configuration({
    realms: REALM_IDS.map((id, index) => ({ id, address: servers[index]?.url })),
    register_threshold: 3,
    recover_threshold: 2,
    pin_hashing_mode: 'FastInsecure',
  });
  return new juicebox.Client(configuration, []);
}

const register = (pin = '1234', operation: Operation = 'register') =>
  clientFor(operation).register(utf8(pin), SECRET, INFO, GUESSES);
const recover = (pin = '1234', operation: Operation = 'recover') => clientFor(operation).recover(utf8(pin), INFO);

/** Why recovering failed; the number of guesses left where the client says it. */
async function recoverError(pin: string, operation?: Operation): Promise<{ reason: string; left?: number }> {
  const error: unknown = await recover(pin, operation).then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof juicebox.RecoverError)) throw new Error('recovered, or failed otherwise');
  const reason = juicebox.RecoverErrorReason[error.reason] ?? 'unknown';
  return error.guesses_remaining === undefined ? { reason } : { reason, left: error.guesses_remaining };
}

describe('juicebox-sdk', () => {
  it('recovers what it registered, again and again', async () => {
    await register();
    for (const _ of [1, 2, 3, 4, 5]) expect(await recover()).toEqual(SECRET);
  });

  it('is told how many guesses are left after a wrong PIN, and has all again after the right one', async () => {
    await register();
    expect(await recoverError('9999')).toEqual({ reason: 'InvalidPin', left: 2 });
    expect(await recoverError('9998')).toEqual({ reason: 'InvalidPin', left: 1 });
    expect(await recover()).toEqual(SECRET);
    expect(await recoverError('9997')).toEqual({ reason: 'InvalidPin', left: 2 });
  });

  it('recovers with the last guess', async () => {
    await register();
    await recoverError('9999');
    await recoverError('9998');
    expect(await recover()).toEqual(SECRET);
  });

  it('is locked out when the guesses are used up, before and after the rows are erased', async () => {
    await register();
    for (const left of [2, 1, 0]) expect(await recoverError(`999${left}`)).toEqual({ reason: 'InvalidPin', left });
    expect(await recoverError('1234')).toEqual({ reason: 'InvalidPin', left: 0 });
    clock.aheadMs = LOCKED_ROW_LIFE_MS;
    expect(await recoverError('1234')).toEqual({ reason: 'InvalidPin', left: 0 });
    await clientFor('delete').delete();
    expect(await recoverError('1234')).toEqual({ reason: 'NotRegistered' });
  });

  it('cannot register over an occupied row; the first registration stays', async () => {
    await register('1234');
    await expect(register('5678')).rejects.toBe(juicebox.RegisterError.InvalidAuth);
    expect(await recover('1234')).toEqual(SECRET);
  });

  it('cannot register or delete with a recover token', async () => {
    await expect(register('1234', 'recover')).rejects.toBe(juicebox.RegisterError.InvalidAuth);
    await register();
    await expect(clientFor('recover').delete()).rejects.toBe(juicebox.DeleteError.InvalidAuth);
    await expect(clientFor('register').delete()).rejects.toBe(juicebox.DeleteError.InvalidAuth);
    expect(await recoverError('1234', 'register')).toEqual({ reason: 'InvalidAuth' });
    expect(await recover()).toEqual(SECRET);
  });

  it('deletes with a delete token, also what is not there', async () => {
    await clientFor('delete').delete();
    await register();
    await clientFor('delete').delete();
    expect(await recoverError('1234')).toEqual({ reason: 'NotRegistered' });
  });

  it('recovers with one realm down, and registers with none', async () => {
    await register();
    await servers[1]?.stop();
    expect(await recover()).toEqual(SECRET);
    subject = crypto.randomUUID();
    await expect(register()).rejects.toBe(juicebox.RegisterError.Transient);
  });

  it('cannot recover with two realms down', async () => {
    await register();
    await servers[0]?.stop();
    await servers[2]?.stop();
    expect(await recoverError('1234')).toEqual({ reason: 'Transient' });
  });

  it('has one guess with one set of tokens', async () => {
    await register();
    const client = clientFor('recover');
    await expect(client.recover(utf8('9999'), INFO)).rejects.toBeInstanceOf(juicebox.RecoverError);
    const error: unknown = await client.recover(utf8('1234'), INFO).catch((reason) => reason);
    expect(error).toMatchObject({ reason: juicebox.RecoverErrorReason.InvalidAuth });
    expect(await recover()).toEqual(SECRET);
  });
});
