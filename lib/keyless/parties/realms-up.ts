/** Which realms answer at all: asked by `GET /`, which spends nothing and locks nothing. */
import { z } from 'zod';
import { readBody } from '@/lib/bytes';
import type { RealmSet } from '../wire/realm-set';

const TIMEOUT_MS = 4_000;
const MAX_GREETING_BYTES = 4096;
const greeting = z.object({ realmID: z.string() });

type Realm = RealmSet['realms'][number];

/** @throws if it does not answer, or names another realm */
async function greet(fetch: typeof globalThis.fetch, { id, address }: Realm): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(address, { credentials: 'omit', redirect: 'error', cache: 'no-store', signal });
  const said: unknown = JSON.parse(new TextDecoder().decode(await readBody(response, MAX_GREETING_BYTES)));
  if (greeting.parse(said).realmID !== id) throw new Error('another realm');
}

/** Each realm of the set by its host, and whether it answers. */
export function askRealms(
  fetch: typeof globalThis.fetch,
  { realms }: RealmSet,
): Promise<{ readonly host: string; readonly up: boolean }[]> {
  return Promise.all(
    realms.map(async (realm) => {
      const up = await greet(fetch, realm).then(
        () => true,
        () => false,
      );
      return { host: new URL(realm.address).host, up };
    }),
  );
}

/** Whether at least `least` realms of the set answer and name themselves rightly; known as soon as that many do. */
export async function areRealmsUp(
  fetch: typeof globalThis.fetch,
  { realms }: RealmSet,
  least: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    let up = 0;
    let down = 0;
    const settle = () => {
      if (up >= least) resolve(true);
      if (down > realms.length - least) resolve(false);
    };
    for (const realm of realms)
      greet(fetch, realm)
        .then(
          () => {
            up += 1;
          },
          () => {
            down += 1;
          },
        )
        .then(settle);
  });
}
