/**
 * The job that reads the realms' logs: every realm of every configured set, page by page, each line kept before it is
 * acknowledged. May be ended and started again at any point, and run by several processes: a line is kept once.
 */
import { readBody } from '@/lib/bytes';
import type { Realm, RealmSet } from '@/lib/keyless/wire/realm-set';
import type { Logger } from '@/services/http/server/logger';
import { logPage, readLine } from './realm-log';
import type { RealmLogStore } from './realm-log-store';
import type { SignAuditToken } from './realm-tokens';

export interface RealmLogParts {
  readonly realmLog: RealmLogStore;
  readonly realmSets: readonly RealmSet[];
  readonly signAuditToken: SignAuditToken;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly logger: Logger;
}

export interface RealmLogReport {
  /** Lines that realms gave. */
  readonly lines: number;
  /** Realms whose log could not be read to its end. */
  readonly failed: number;
}

const PAGE = 200;
/** Of one run for one realm; what is left comes in the next. */
const MAX_PAGES = 50;
/** A page of ours has 60 KiB. */
const MAX_PAGE_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;
/** How long lines are kept. */
export const KEPT_MS = 90 * 24 * 3_600_000;

/** Reads what is there now. A realm that does not answer is logged and read again in the next run. */
export async function readRealmLogs(parts: RealmLogParts): Promise<RealmLogReport> {
  const realms = new Map(parts.realmSets.flatMap((set) => set.realms).map((realm) => [realm.id, realm]));
  const outcomes = await Promise.all([...realms.values()].map((realm) => readOne(parts, realm)));
  await parts.realmLog.removeUntil(parts.now() - KEPT_MS);
  return {
    lines: outcomes.reduce((total, { lines }) => total + lines, 0),
    failed: outcomes.filter(({ isWhole }) => !isWhole).length,
  };
}

async function readOne(parts: RealmLogParts, realm: Realm): Promise<{ lines: number; isWhole: boolean }> {
  let lines = 0;
  let acks: string[] = [];
  try {
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await readPage(parts, realm, acks);
      const read = page.flatMap((line) => readLine(realm.id, line) ?? []);
      if (read.length < page.length)
        parts.logger.error({ realm: realm.id }, 'a realm has lines in its log that are none');
      await parts.realmLog.keep(realm.id, read, parts.now());
      if (page.length === 0) return { lines, isWhole: true };
      lines += read.length;
      acks = page.map(({ ack }) => ack);
    }
  } catch (error) {
    // The message may quote what the realm said.
    const kind = error instanceof Error ? error.name : 'unknown';
    parts.logger.warn({ realm: realm.id, kind }, 'the log of a realm was not read to its end');
  }
  return { lines, isWhole: false };
}

/** @throws if the realm does not answer with a page */
async function readPage({ signAuditToken, fetch, now }: RealmLogParts, realm: Realm, acks: readonly string[]) {
  const response = await fetch(new URL('tenant_log', realm.address).href, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await signAuditToken(realm.id, now())}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ acks, page_size: PAGE }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) throw new RangeError('no page');
  return logPage.parse(JSON.parse(new TextDecoder().decode(await readBody(response, MAX_PAGE_BYTES)))).events;
}
