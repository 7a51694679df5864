/** Asks another server for JSON, within bounds. */
import { readBody } from '@/lib/bytes';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

export interface FetchedJson {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
}

/**
 * One request, no redirect followed, at most 5 s and 256 KiB.
 * @throws when there is no answer, or none of JSON
 */
export async function fetchJson(
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit = {},
): Promise<FetchedJson> {
  const headers = { accept: 'application/json', ...init.headers };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { ...init, headers, redirect: 'error', signal });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await readBody(response, MAX_BYTES));
  return { status: response.status, json: JSON.parse(text), headers: response.headers };
}
