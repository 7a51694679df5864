/** Guesses a second of one realm process, beside the evaluation and its proof alone: what the rest of a request costs. */

import { createDatabase, startPostgres } from '@/services/http/testing/postgres';
import { createRealmApp } from '@/services/realm/app';
import { evaluate } from '@/services/realm/protocol/oprf';
import { recordId } from '@/services/realm/protocol/record';
import { createMemoryStore } from '@/services/realm/store/memory-store';
import { createPostgresStore } from '@/services/realm/store/postgres-store';
import type { RealmStore } from '@/services/realm/store/store';
import { openRealmDatabase } from '@/services/realm/testing/database';
import { encodeRequest, makeRegistration, random, randomPoint } from '@/services/realm/testing/device';
import { createTenant } from '@/services/realm/testing/tenant';
import { durationMs, interleave } from './measure';
import { type Group, measuredRow, type Row } from './row';

const REALM_ID = '11'.repeat(16);
/** Users guess side by side, each one guess after the other: the budget of a backup is eight. */
const USERS = 16;
const GUESSES = 8;
const ROUNDS = 7;
const WARM_UPS = 1;

export const realm: Group = {
  name: 'realm',
  run: async ({ say, rounds = ROUNDS }) => {
    const [embedded, server] = [await openRealmDatabase(), await startPostgres()];
    const postgres = await openRealmDatabase(await createDatabase(server.url));
    const stores: readonly (readonly [string, RealmStore])[] = [
      ['memory', createMemoryStore()],
      ['PGlite', createPostgresStore(embedded.db, random)],
      ['PostgreSQL', createPostgresStore(postgres.db, random)],
    ];
    const rows: Row[] = [];
    try {
      for (const [name, store] of stores) {
        say(`guesses a second, records in ${name}`);
        const what = `guesses a second of one realm process, records in ${name}; peer: OPRF evaluation and proof alone`;
        const spread = await interleave(rounds, WARM_UPS, () => guessRate(store), evaluationRate);
        rows.push(measuredRow({ id: `realm-${name.toLowerCase()}`, what, limit: null }, spread));
      }
    } finally {
      await Promise.all([embedded.close(), postgres.close()]);
      await server.stop();
    }
    return rows;
  },
};

const perSecond = (ms: number) => (USERS * GUESSES * 1000) / ms;

/** Whole requests: token, CBOR, the row, its guess counted durably, evaluation, answer. New users each time. */
async function guessRate(store: RealmStore): Promise<number> {
  const tenant = createTenant();
  const app = createRealmApp({ realmId: REALM_ID, tenants: tenant.keys, store, now: Date.now, random });
  const users = await Promise.all(
    Array.from({ length: USERS }, async () => {
      const subject = crypto.randomUUID();
      const registration = makeRegistration(GUESSES);
      const record = { state: 'registered', registration, guessCount: 0, recentGuesses: [], eraseAtMs: null } as const;
      await store.compareAndSwap(recordId('acme', subject), null, record, null);
      return Promise.all(Array.from({ length: GUESSES }, () => guessOf(subject, registration.version)));
    }),
  );
  return perSecond(
    await durationMs(() =>
      Promise.all(
        users.map(async (requests) => {
          for (const request of requests) {
            const response = await app.request('/req', request);
            if (response.status !== 200) throw new Error(`the realm answered ${response.status}`);
          }
        }),
      ),
    ),
  );

  async function guessOf(subject: string, version: Uint8Array): Promise<RequestInit> {
    const token = await tenant.sign({ realmId: REALM_ID, operation: 'recover', subject, nowMs: Date.now() });
    const body = encodeRequest({ kind: 'Recover2', version, blindedInput: randomPoint() });
    // As on the wire, where a body of known length says so.
    const length = String(body.length);
    const headers = { authorization: `Bearer ${token}`, 'x-juicebox-version': '0.3.7', 'content-length': length };
    return { method: 'POST', headers, body: new Uint8Array(body) };
  }
}

async function evaluationRate(): Promise<number> {
  const { oprfPrivateKey, oprfSignedPublicKey } = makeRegistration(GUESSES);
  const inputs = Array.from({ length: USERS * GUESSES }, randomPoint);
  return perSecond(
    await durationMs(() => {
      for (const input of inputs) evaluate(oprfPrivateKey, oprfSignedPublicKey.publicKey, input, random);
    }),
  );
}
