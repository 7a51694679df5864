/** Strangers at every operation that the document of the relay names, on PostgreSQL. */
import { afterAll, beforeAll, expect } from 'vitest';
import { abuseContract } from '@/services/http/api/abuse.contract';
import { type Database, migrate, openDatabase, pingDatabase } from '@/services/http/database/database';
import { conformanceTo, documentOf } from '@/services/http/testing/conformance';
import { createStranger } from '@/services/http/testing/doors';
import { createTestDatabase } from '@/services/http/testing/postgres';
import { relayMigrations } from './migrations';
import { createPostgresStore, type RelayTables } from './postgres-store';
import { begin } from './testing/begin';
import { createWorld, EXTENSION_URLS, ORIGIN } from './testing/world';

const NOW_MS = 1_800_000_000_000;
let database: Database<RelayTables>;
beforeAll(async () => {
  database = await openDatabase({ databaseUrl: await createTestDatabase() });
  await migrate(database.db, relayMigrations);
});
afterAll(() => database?.close());

abuseContract('relay', async () => {
  const { relay, apple, sent, answer } = await createWorld(() => NOW_MS, undefined, createPostgresStore(database.db));
  const document = await documentOf(relay.app);
  const conforms = conformanceTo(document);
  const send = async (url: string, init: RequestInit) => {
    const response = await relay.app.request(url, init);
    await conforms({ method: init.method ?? 'GET', path: new URL(url).pathname }, response);
    // Wherever a browser is sent, it is the provider or the extension.
    const location = response.headers.get('location');
    if (location !== null) expect([apple.issuer, ...EXTENSION_URLS].some((own) => location.startsWith(own))).toBe(true);
    return response;
  };
  /** A sign-in of somebody else goes through meanwhile, with the one code that it is about. */
  const signIn = async () => {
    const pending = await begin();
    const code = crypto.randomUUID();
    const { nonce, stateText: state } = pending;
    answer(code, async () => Response.json({ id_token: await apple.idToken({ claims: { nonce } }) }));
    const body = new URLSearchParams({ state, code });
    const landed = await send(`${ORIGIN}/callback/apple`, { method: 'POST', body });
    const handle = new URLSearchParams(new URL(landed.headers.get('location') ?? '').hash.slice(1)).get('handle');
    const json = { handle, verifier: Buffer.from(pending.verifier).toString('base64url') };
    const redeemed = await pending.device.send(send, `${ORIGIN}/redeem`, { method: 'POST', json });
    expect(redeemed.status).toBe(200);
  };
  let signIns = 0;
  return {
    document,
    right: { state: (await begin()).stateText },
    ask: (await createStranger(send, ORIGIN, '/redeem')).ask,
    stillWorks: async () => {
      await pingDatabase(database.db);
      await signIn();
      signIns += 1;
      // Nothing that strangers sent went on to a provider, or to vault and issuer.
      expect(sent).toHaveLength(signIns);
    },
  };
});
