/** How a node is reached: no cookies, no redirect to somewhere else, no answer without end. */
import { readBody } from '@/lib/bytes';

/** A block with all its hashes on a busy chain is about 200 kB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export function nodeFetch(fetchFn: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchFn(input, { ...init, credentials: 'omit', redirect: 'error', cache: 'no-store' });
    const body = await readBody(response, MAX_ANSWER_BYTES);
    return new Response(body, { status: response.status, headers: response.headers });
  };
}
