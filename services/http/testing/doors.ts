/** Sessions of a server on PostgreSQL, and strangers at their open doors: each with a key of his own, some with an account. */
import { type Kysely, sql } from 'kysely';
import { sessionResponse } from '@/lib/keyless/wire/session';
import type { NamedDevice } from '@/services/http/api/abuse.contract';
import { databaseSessionStore, type SessionTables } from '@/services/http/sessions/session-database';
import { createSessions, type Sessions, type SessionsOptions } from '@/services/http/sessions/sessions';
import { createDevice, type Send, type TestDevice } from '@/services/http/testing/device';
import { createTestProvider, sessionBody } from '@/services/http/testing/provider';

export const ORIGIN = 'https://service.example.test';
const JSON_TYPE = { 'content-type': 'application/json' };

export interface Doors {
  readonly sessions: (onOpened?: SessionsOptions['onOpened']) => Sessions;
  /** A sign-in on this device that nobody used yet, as fields of a body. */
  rightFor(device: TestDevice): Promise<Readonly<Record<string, string>>>;
  /**
   * Signs a new device of a new account in.
   * @param shownBy where a server shows names besides `GET /devices`
   */
  signIn(send: Send, deviceName: string, shownBy?: (read: Read) => Promise<readonly string[]>): Promise<NamedDevice>;
}

/** By the status token. */
type Read = (path: string) => Promise<unknown>;

/** @param db migrated, and the caller's to close */
export async function createDoors(
  db: Kysely<SessionTables>,
  { audience, now, random }: Pick<SessionsOptions, 'audience' | 'now' | 'random'>,
): Promise<Doors> {
  const provider = await createTestProvider(now);
  const store = databaseSessionStore(db);
  const secret = new Uint8Array(32).fill(1);
  let people = 0;
  return {
    sessions: (onOpened) =>
      createSessions({
        audience,
        externalUrl: ORIGIN,
        secret,
        providers: [provider],
        store,
        now,
        random,
        ...(onOpened && { onOpened }),
      }),
    rightFor: async ({ thumbprint }) => sessionBody(await provider.signIn('stranger', thumbprint)),
    async signIn(send, deviceName, shownBy = async () => []) {
      const device = await createDevice();
      people += 1;
      const json = sessionBody(await provider.signIn(`person ${people}`, device.thumbprint), deviceName);
      const response = await device.send(send, `${ORIGIN}/session`, { method: 'POST', json });
      const opened = response.clone();
      const shown = async () => {
        const { statusToken } = sessionResponse.parse(await opened.json());
        const read: Read = async (path) =>
          (await device.send(send, ORIGIN + path, { method: 'GET', accessToken: statusToken })).json();
        const { devices } = (await read('/devices')) as { devices: { name: string }[] };
        return [devices[0]?.name ?? '', ...(await shownBy(read))];
      };
      return { response, shown, stored: () => storedName(db, device) };
    },
  };
}

async function storedName(db: Kysely<SessionTables>, { jkt }: TestDevice): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    SELECT encode(convert_to(device_name, 'UTF8'), 'hex') AS name FROM session_device WHERE jkt = ${jkt}`.execute(db);
  return rows[0]?.name ?? '';
}

export interface Stranger {
  readonly device: TestDevice;
  /** With a good proof of the device key: no request is refused for the lack of one. */
  ask(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Response>;
}

/** @param doorPath where a nonce for proofs is to be had */
export async function createStranger(send: Send, origin: string, doorPath: string): Promise<Stranger> {
  const device = await createDevice();
  const knock = await send(origin + doorPath, { method: 'POST', headers: JSON_TYPE, body: '{}' });
  const nonce = knock.headers.get('dpop-nonce') ?? '';
  const ask: Stranger['ask'] = async (method, path, body, type = JSON_TYPE['content-type']) => {
    const url = origin + path;
    const dpop = await device.proof({ method, url: url.split('?')[0] ?? '', nonce });
    return send(url, { method, headers: { 'content-type': type, dpop }, body: body ?? null });
  };
  return { device, ask };
}
