import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountTables } from '@/services/http/database/account-documents';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { issuerMigrations } from './store/migrations';
import { createPostgresStore } from './store/postgres-store';
import { ACCOUNT, DEVICE, OTHER_DEVICE, OWNER, REALM_SET_ID, SLOT, START_MS, startIssuer } from './testing/issuer';
import { numbered, signActivation } from './testing/model-vault';
import { wireSlot } from './testing/wire';

let database: Database<AccountTables>;
beforeAll(async () => {
  database = await openDatabase<AccountTables>({ databaseUrl: await createTestDatabase(), maxConnections: 50 });
  await migrate(database.db, issuerMigrations);
});
afterAll(() => database.close());

it('gives exactly three sets to 1,000 parallel requests', { timeout: 120_000 }, async () => {
  const issuer = startIssuer({ store: createPostgresStore(database.db) });
  const reservation = issuer.vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
  issuer.vault.activate(ACCOUNT, signActivation(issuer.vault, ACCOUNT, reservation, OWNER), OWNER);
  await issuer.send('GET', '/witness');
  const requests = Array.from({ length: 1000 }, (_, n) =>
    issuer.send('POST', '/tokens/recover', wireSlot(SLOT), n % 2 ? DEVICE : OTHER_DEVICE),
  );
  const answers = await Promise.all(requests);
  const given = answers.filter(({ status }) => status === 200);
  expect(given.map(({ body }) => body.tryNumber).sort()).toEqual([1, 2, 3]);
  const rest = answers.filter(({ status }) => status !== 200);
  for (const { status, body } of rest)
    expect({ status, code: body.code, nextAtMs: body.nextAtMs }).toEqual({
      status: 429,
      code: 'try-later',
      nextAtMs: START_MS + 600_000,
    });
  const read = (await createPostgresStore(database.db).read(ACCOUNT))?.account;
  expect(read?.tries).toMatchObject({ lastNumber: 3, sinceSuccess: 3 });
});

it('lets parallel requests of many devices take the same void in once', async () => {
  const account = numbered(32, 500);
  const issuer = startIssuer({ store: createPostgresStore(database.db) });
  issuer.vault.reserve(account, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
  await issuer.send('POST', '/tokens/register', wireSlot(SLOT), DEVICE, account);
  issuer.vault.voidOpen(account);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => issuer.send('POST', '/tokens/register', wireSlot(SLOT), DEVICE, account)),
  );
  expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set(['slot-retired']));
  const read = (await createPostgresStore(database.db).read(account))?.account;
  expect(read).toMatchObject({ place: { number: 2 }, slots: [{ slot: SLOT, state: 'retired' }], ended: [] });
});
