/** Strangers and owners of other accounts at every operation that the document of the issuer names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url, toHex } from '@/lib/bytes';
import { signOutStatement } from '@/lib/keyless/wire/statement';
import { abuseContract, operationsOfAccounts } from '@/services/http/api/abuse.contract';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import type { AccountTables } from '@/services/http/database/account-documents';
import { type Database, migrate, openDatabase } from '@/services/http/database/database';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { issuerMigrations } from './store/migrations';
import { createPostgresStore } from './store/postgres-store';
import {
  ACCOUNT,
  DEVICE,
  OTHER_DEVICE,
  OWNER,
  REALM_SET_ID,
  SLOT,
  startIssuer,
  type TestIssuer,
} from './testing/issuer';
import { numbered, signActivation, signSuccess } from './testing/model-vault';
import { wireSlot, wireStatement, wireSuccess } from './testing/wire';

const STRANGER = numbered(32, 4_711);

let database: Database<AccountTables>;
let issuer: TestIssuer;
let document: OpenApiDocument;

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: await createTestDatabase() });
  await migrate(database.db, issuerMigrations);
  issuer = startIssuer({ store: createPostgresStore(database.db) });
  document = await documentOf(issuer.app);
});
afterAll(() => database?.close());

abuseContract('issuer', async () => {
  const conforms = conformanceTo(document);
  const headers = {
    'x-account': toHex(STRANGER),
    'x-jkt': toBase64url(OTHER_DEVICE),
    'content-type': 'application/json',
  };
  const ask = async (method: string, path: string, body?: string) => {
    const response = await issuer.app.request(path, { method, headers, body: body ?? null });
    await conforms({ method, path: new URL(path, 'http://issuer.test').pathname }, response);
    return response;
  };
  return { document, ask };
});

/** What the owner of an account sends to each operation, word for word, in the order of a backup. */
async function ownersRequests(): Promise<Map<string, unknown>> {
  const { vault, send } = issuer;
  const reservation = vault.reserve(ACCOUNT, { slot: SLOT, realmSetId: REALM_SET_ID, jkt: DEVICE });
  const signed = signActivation(vault, ACCOUNT, reservation, OWNER);
  expect((await send('POST', '/tokens/register', wireSlot(SLOT))).status).toBe(200);
  const { tryNumber } = (await send('POST', '/tokens/recover', wireSlot(SLOT))).body;
  expect((await send('POST', '/witness', wireStatement(signed))).status).toBe(200);
  vault.activate(ACCOUNT, signed, OWNER);
  const success = wireSuccess(SLOT, tryNumber, signSuccess(OWNER, ACCOUNT, SLOT, tryNumber));
  expect((await send('POST', '/success', success)).status).toBe(200);
  const signOut = {
    jkt: toBase64url(DEVICE),
    signature: toBase64url(OWNER.sign(signOutStatement({ accountId: ACCOUNT, jkt: DEVICE }))),
  };
  return new Map<string, unknown>([
    ['GET /witness', undefined],
    ['GET /status', undefined],
    ['GET /guesses', undefined],
    ['GET /status/guesses', undefined],
    ['GET /devices', undefined],
    ['POST /tokens/register', wireSlot(SLOT)],
    ['POST /tokens/recover', wireSlot(SLOT)],
    ['POST /witness', wireStatement(signed)],
    ['POST /success', success],
    ['POST /start-over', wireSlot(SLOT)],
    ['POST /sign-out', signOut],
  ]);
}

const NOTHING_YET = { lastNumber: 0, current: null, kept: [], events: [] };
/** What somebody reads who has no backup here. */
const OF_A_STRANGER: Readonly<Record<string, object>> = {
  'GET /witness': NOTHING_YET,
  'GET /status': NOTHING_YET,
  'GET /guesses': { events: [] },
  'GET /status/guesses': { events: [] },
  'GET /devices': { devices: expect.any(Array) },
};

describe('another account', () => {
  it('gets nothing and changes nothing with the very requests of an owner, at every operation', async () => {
    const requests = await ownersRequests();
    const before = await issuer.store.read(ACCOUNT);
    const named = operationsOfAccounts(document).map(({ method, path }) => `${method} ${path}`);
    expect([...requests.keys()].sort()).toEqual(named.sort());
    for (const [name, body] of requests) {
      const [method, path = ''] = name.split(' ');
      const answer = await issuer.send(method === 'GET' ? 'GET' : 'POST', path, body, DEVICE, STRANGER);
      const text = JSON.stringify(answer.body);
      if (method === 'GET') expect(answer.body).toMatchObject(OF_A_STRANGER[name] ?? {});
      else expect([name, answer.status >= 400 && answer.status < 500]).toEqual([name, true]);
      for (const secret of [toHex(ACCOUNT), toBase64url(SLOT)]) expect(text).not.toContain(secret);
    }
    expect(await issuer.store.read(ACCOUNT)).toEqual(before);
    expect(issuer.signedOut).toEqual([]);
  });
});
