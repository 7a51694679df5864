/** Strangers and owners of other accounts at every operation that the document of the vault names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toBase64url, toHex } from '@/lib/bytes';
import { type SigningKey, signingKeyOf } from '@/lib/crypto/signature';
import { signOutRequest } from '@/lib/keyless/wire/session';
import { deleteStatement, signOutStatement, statementHashOf, undoStatement } from '@/lib/keyless/wire/statement';
import {
  activateRequest,
  deletionRequest,
  releaseRequest,
  reserveRequest,
  rowRequest,
  withdrawalRequest,
} from '@/lib/keyless/wire/vault';
import { abuseContract, operationsOfAccounts } from '@/services/http/api/abuse.contract';
import type { OpenApiDocument } from '@/services/http/api/openapi';
import { type Database, migrate, openDatabase, pingDatabase } from '@/services/http/database/database';
import type { SessionTables } from '@/services/http/sessions/session-database';
import { documentOf } from '@/services/http/testing/conformance';
import { createDoors, createStranger, ORIGIN } from '@/services/http/testing/doors';
import { createTestDatabase } from '@/services/http/testing/postgres';
import type { Caller } from './account/outcome';
import { vaultMigrations } from './store/migrations';
import { createPostgresStore, type VaultTables } from './store/postgres-store';
import { createRandom, newAttempt, signActivation, signRelease, statementOf } from './testing/actors';
import { type InProcessVault, SERVICE_KEY, sessionHeader, startInProcessVault } from './testing/in-process';

const NOW_MS = 1_800_000_000_000;
const random = createRandom(4711);

const OPEN_DOORS: readonly string[] = ['/session', '/notices'];

let database: Database<VaultTables & SessionTables>;
let vault: InProcessVault;
let document: OpenApiDocument;
let witness: SigningKey;

beforeAll(async () => {
  witness = signingKeyOf(random(32));
  database = await openDatabase({ databaseUrl: await createTestDatabase() });
  await migrate(database.db, vaultMigrations);
  const store = createPostgresStore(database.db);
  vault = startInProcessVault({ now: () => NOW_MS, random, witnessPub: witness.publicKey, store });
  document = await documentOf(vault.app);
});

const ask = (method: string, path: string, as: Caller, body?: string) => askAs(as, method, path, body);
const askAs = (as: Caller, method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) =>
  askWith(sessionHeader(as), method, path, body);

/** Throws, in `vault.fetch`, when the answer is not one of the document. */
async function askWith(
  authorization: string,
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { authorization, 'content-type': 'application/json' };
  return vault.fetch(new URL(path, 'http://vault.test'), { method, headers, body: body ?? null });
}

afterAll(() => database?.close());

const newCaller = (): Caller => ({ accountId: random(32), jkt: random(32) });

abuseContract('vault', async () => {
  const now = () => NOW_MS;
  const stranger = newCaller();
  const doors = await createDoors(database.db, { audience: 'vault', now, random });
  const store = createPostgresStore(database.db);
  const open = startInProcessVault({ now, random, witnessPub: witness.publicKey, store, sessions: doors.sessions() });
  const atDoor = await createStranger(open.fetch, ORIGIN, '/session');
  return {
    document,
    right: await doors.rightFor(atDoor.device),
    ask: (method, path, body, type) => {
      if (OPEN_DOORS.includes(path)) return atDoor.ask(method, path, body, type);
      if (/^.(feed|start-over)/.test(path)) return askWith(`Bearer ${SERVICE_KEY}`, method, path, body);
      return askAs(stranger, method, path, body);
    },
    signIn: (deviceName) => doors.signIn(open.fetch, deviceName),
    stillWorks: async () => {
      await pingDatabase(database.db);
      expect((await doors.signIn(open.fetch, 'Laptop')).response.status).toBe(201);
    },
  };
});

/** What the owner of an account with a backup would send to each operation, word for word. */
async function ownersRequests(
  caller: Caller,
  owner: SigningKey,
): Promise<Map<string, { path: string; body?: unknown }>> {
  const { vaultId } = vault;
  const { accountId } = caller;
  const first = newAttempt({ caller, owner, vaultId, from: 0, random });
  const statement = statementOf(first, vaultId, null);
  const activation = signActivation(first, vaultId, statement, witness);
  const next = newAttempt({ caller, owner, vaultId, from: 1, random });
  const nextStatement = statementOf(next, vaultId, statement);
  const orderId = random(16);
  const order = {
    generation: 1,
    slot: first.reserve.slot,
    statementHash: statementHashOf(statement),
    orderId,
    notBeforeS: 0,
  };
  const deletion = { ...order, signature: owner.sign(deleteStatement({ ...order, vaultId, accountId })) };
  const signOut = {
    jkt: caller.jkt,
    signature: owner.sign(signOutStatement({ accountId, jkt: caller.jkt })),
  };
  const undo = { orderId, signature: owner.sign(undoStatement({ vaultId, accountId, orderId })) };
  expect(
    (await ask('POST', '/generations', caller, JSON.stringify(z.encode(reserveRequest, first.reserve)))).status,
  ).toBe(200);
  expect((await ask('PUT', '/generations/1', caller, JSON.stringify(z.encode(rowRequest, first.row)))).status).toBe(
    200,
  );
  expect((await ask('POST', '/activate', caller, JSON.stringify(z.encode(activateRequest, activation)))).status).toBe(
    200,
  );
  const { challenge } = await (await ask('POST', '/generations/1/challenge', caller)).json();
  const release = signRelease(first, vaultId, caller, new Uint8Array(Buffer.from(challenge, 'base64url')));
  const nextActivation = signActivation(next, vaultId, nextStatement, witness);
  return new Map<string, { path: string; body?: unknown }>([
    ['GET /backup', { path: '/backup' }],
    ['GET /status', { path: '/status' }],
    ['POST /generations', { path: '/generations', body: z.encode(reserveRequest, next.reserve) }],
    ['PUT /generations/{generation}', { path: '/generations/2', body: z.encode(rowRequest, next.row) }],
    ['POST /generations/{generation}/challenge', { path: '/generations/1/challenge' }],
    [
      'POST /generations/{generation}/release',
      { path: '/generations/1/release', body: z.encode(releaseRequest, release) },
    ],
    ['POST /activate', { path: '/activate', body: z.encode(activateRequest, nextActivation) }],
    ['POST /orders', { path: '/orders', body: z.encode(deletionRequest, deletion) }],
    ['POST /orders/undo', { path: '/orders/undo', body: z.encode(withdrawalRequest, undo) }],
    ['POST /orders/objection', { path: '/orders/objection', body: z.encode(withdrawalRequest, undo) }],
    ['GET /devices', { path: '/devices' }],
    ['POST /sign-out', { path: '/sign-out', body: z.encode(signOutRequest, signOut) }],
  ]);
}

const NOTHING_YET = { lastNumber: 0, active: null, order: null };
/** What somebody reads who has no backup here: nothing, and the own device. */
const readBy = ({ jkt }: Caller): Readonly<Record<string, object>> => ({
  'GET /backup': NOTHING_YET,
  'GET /status': NOTHING_YET,
  'GET /devices': { devices: [expect.objectContaining({ jkt: toBase64url(jkt) })] },
});

describe('another account', () => {
  it('gets nothing and changes nothing with the very requests of an owner, at every operation', async () => {
    const [victim, stranger] = [newCaller(), newCaller()];
    const requests = await ownersRequests(victim, signingKeyOf(random(32)));
    const before = await vault.store.read(victim.accountId);
    const named = operationsOfAccounts(document).map(({ method, path }) => `${method} ${path}`);
    expect([...requests.keys()].sort()).toEqual(named.sort());
    for (const [name, { path, body }] of requests) {
      const [method = ''] = name.split(' ');
      const response = await ask(method, path, stranger, body === undefined ? undefined : JSON.stringify(body));
      const text = await response.text();
      if (method === 'GET') expect(JSON.parse(text)).toEqual(readBy(stranger)[name]);
      else
        expect([name, response.status]).toEqual([
          name,
          expect.toSatisfy((status: number) => status >= 400 && status < 500),
        ]);
      expect(text).not.toContain(toHex(victim.accountId));
    }
    expect(await vault.store.read(victim.accountId)).toEqual(before);
  });
});
