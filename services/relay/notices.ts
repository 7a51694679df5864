/** Notices of providers on their way to vault and issuer, which check the signature themselves. */
import { encode, toBase64url } from '@/lib/bytes';
import { sha256 } from '@/lib/crypto/hash';
import type { Logger } from '@/services/http/server/logger';
import { endsSessions, verifyNotice } from '@/services/http/sessions/notices';
import { fetchJson } from '@/services/http/sign-in/fetch-json';
import type { RelayProvider } from './providers';
import type { Notice, RelayStore } from './store';

const LIFE_MS = 24 * 3_600_000;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;
const NOTICES_A_RUN = 100;

export interface NoticesOptions {
  readonly store: RelayStore;
  /** Addresses of the servers with sessions, without a final slash. */
  readonly targets: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Checks a notice and keeps it for every target; the answer to the provider says that it will get there.
 * @throws ServiceError 401 `notice-invalid`, 503 when the provider's keys cannot be had
 */
export async function keepNotice(
  { store, targets, now }: Pick<NoticesOptions, 'store' | 'targets' | 'now'>,
  provider: RelayProvider,
  notice: string,
): Promise<void> {
  const nowMs = now();
  const told = await verifyNotice([provider.notifier], notice, nowMs);
  if (!endsSessions(told)) return;
  for (const target of targets) {
    const id = toBase64url(sha256(encode('halfkey/notice/v1', provider.id, told.id, target)));
    await store.addNotice({ id, target, notice, attempts: 0, dueAtMs: nowMs, expiresAtMs: nowMs + LIFE_MS });
  }
}

/** Sends what is due. What a target did not take comes again later, for a day. */
export async function deliverNotices(options: NoticesOptions): Promise<void> {
  const { store, now, logger } = options;
  for (const notice of await store.listDueNotices(now(), NOTICES_A_RUN)) {
    const outcome = await send(options.fetch, notice);
    if (outcome === 'later') {
      const attempts = notice.attempts + 1;
      await store.postponeNotice(notice.id, { attempts, dueAtMs: now() + delayMs(attempts) });
      continue;
    }
    if (outcome === 'refused') logger.error({ target: notice.target }, 'a notice was refused');
    await store.removeNotice(notice.id);
  }
}

/** Forgets what has expired, and says so where it was a notice. */
export async function sweep({ store, now, logger }: Pick<NoticesOptions, 'store' | 'now' | 'logger'>): Promise<void> {
  const undelivered = await store.removeExpired(now());
  if (undelivered > 0) logger.error({ undelivered }, 'notices were not delivered within a day');
}

/** Twice as long each time. @param attempts that failed, from 1 */
const delayMs = (attempts: number): number =>
  Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_DELAY_MS);

async function send(
  fetch: typeof globalThis.fetch,
  { target, notice }: Notice,
): Promise<'taken' | 'refused' | 'later'> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ notice });
  const status = await fetchJson(fetch, `${target}/notices`, { method: 'POST', headers, body }).then(
    (answer) => answer.status,
    () => 503,
  );
  if (status === 200) return 'taken';
  return status >= 400 && status < 500 && status !== 429 ? 'refused' : 'later';
}
