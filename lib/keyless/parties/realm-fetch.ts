/**
 * What stands between the Juicebox client and the network: time-outs, at most one Recover2 a realm, and a look at the
 * replies, because the client tells neither the guess count nor how many realms answered.
 */
import { decode } from 'cborg';
import { readBody, utf8 } from '@/lib/bytes';

export interface RealmTally {
  /** Realms that gave their part of the secret. */
  readonly recovered: ReadonlySet<string>;
  /** Largest `guess_count` in a Recover2 reply, this guess included; 0 if none came. */
  readonly guessCount: number;
  /** Whether a Recover2 left this device. */
  readonly guessSent: boolean;
}

export interface RealmFetch {
  readonly fetch: typeof globalThis.fetch;
  tally(): RealmTally;
}

/** Largest reply of a realm is 433 bytes; anything much longer is not one. */
const MAX_REPLY_BYTES = 4096;

/**
 * A `fetch` for one operation of the client.
 * @param timeoutMs of one request; a realm that is later counts as down
 */
export function createRealmFetch(fetch: typeof globalThis.fetch, timeoutMs: number): RealmFetch {
  const recovered = new Set<string>();
  const guessed = new Set<string>();
  let guessCount = 0;

  const guarded: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = new Uint8Array(await request.clone().arrayBuffer());
    if (isRecover2(body)) {
      // The client repeats a request whose answer was lost; for a guess that would spend a second one.
      if (guessed.has(request.url)) throw new TypeError('a guess is sent once');
      guessed.add(request.url);
    }
    const response = await fetch(new Request(request, { signal: AbortSignal.timeout(timeoutMs) }));
    const reply = await readBody(response, MAX_REPLY_BYTES);
    const seen = readReply(reply);
    if (seen.recovered) recovered.add(request.url);
    guessCount = Math.max(guessCount, seen.guessCount);
    return new Response(reply, { status: response.status, headers: response.headers });
  };
  return {
    fetch: guarded,
    tally: () => ({ recovered, guessCount, guessSent: guessed.size > 0 }),
  };
}

const RECOVER2 = [0xa1, 0x68, ...utf8('Recover2')];
const isRecover2 = (body: Uint8Array): boolean => RECOVER2.every((byte, index) => body[index] === byte);

/** `{"Recover2": {"Ok": {"guess_count": n, ...}}}` and `{"Recover3": {"Ok": ...}}`; everything else says nothing. */
function readReply(bytes: Uint8Array): { recovered: boolean; guessCount: number } {
  try {
    const reply: unknown = decode(bytes, { useMaps: false });
    const guess = member(member(reply, 'Recover2'), 'Ok');
    const count = member(guess, 'guess_count');
    return {
      recovered: member(member(reply, 'Recover3'), 'Ok') !== undefined,
      guessCount: Number.isSafeInteger(count) ? Number(count) : 0,
    };
  } catch {
    return { recovered: false, guessCount: 0 };
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
