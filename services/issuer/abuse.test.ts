/** Strangers and owners of other accounts at every operation that the document of the issuer names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64url, toHex } from '@/lib/bytes';
import { signOutStatement } from '@/lib/keyless/wire/statement';
import { abuseContract, operationsOfAccounts } from '@/services/http/api/abuse.contract';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import type { AccountTables } from '@/services/http/database/account-documents';
import { type Database, migrate, openDatabase, pingDatabase } from '@/services/http/database/database';
import type { SessionTables } from '@/services/http/sessions/session-database';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createDoors, createStranger, ORIGIN } from '@/services/http/testing/doors';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { issuerMigrations } from './store/migrations';
import { createPostgresStore } from './store/postgres-store';
import {
  ACCOUNT,
  countingRandom,
  DEVICE,
  OTHER_DEVICE,
  OWNER,
  REALM_SET_ID,
  SLOT,
  START_MS,
  startIssuer,
  type TestIssuer,
} from './testing/issuer';
import { numbered, signActivation, signSuccess } from './testing/model-vault';
import { wireSlot, wireStatement, wireSuccess } from './testing/wire';

const STRANGER = numbered(32, 4_711);

let database: Database<AccountTables & SessionTables>;
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
  const ask = async (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) => {
    const response = await issuer.app.request(path, { method, headers, body: body ?? null });
    await conforms({ method, path: new URL(path, 'http://issuer.test').pathname }, response);
    return response;
  };
  const now = () => START_MS;
  const random = countingRandom();
  const doors = await createDoors(database.db, { audience: 'issuer', now, random });
  const { app } = startIssuer({ store: createPostgresStore(database.db), openSessions: doors.sessions });
  const send = async (url: string, init: RequestInit) => {
    const response = await app.request(url, init);
    await conforms({ method: init.method ?? 'GET', path: new URL(url).pathname }, response);
    return response;
  };
  const atDoor = await createStranger(send, ORIGIN, '/session');
  /** A device is noted among the events of the account, too. */
  const inEvents = async (read: (path: string) => Promise<unknown>) => {
    const { events } = (await read('/status')) as { events: { deviceName: string }[] };
    expect(events).toHaveLength(1);
    return events.map(({ deviceName }) => deviceName);
  };
  return {
    document,
    right: await doors.rightFor(atDoor.device),
    ask: (method, path, body, type) =>
      ['/session', '/notices'].includes(path) ? atDoor.ask(method, path, body, type) : ask(method, path, body),
    signIn: (deviceName) => doors.signIn(send, deviceName, inEvents),
    stillWorks: async () => {
      await pingDatabase(database.db);
      expect((await doors.signIn(send, 'Laptop')).response.status).toBe(201);
    },
  };
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
