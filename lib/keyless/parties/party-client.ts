/** What the clients of vault, issuer and relay share: DPoP, bounded and validated answers, refusals as codes. */
import { z } from 'zod';
import { readBody } from '@/lib/bytes';
import { type ErrorCode, WalletError } from '@/lib/errors';
import type { Random } from '../backup/generation';
import { type DeviceKey, dpopProof } from '../sign-in/device-key';
import { timeMs } from '../wire/schema';
import {
  type SessionRequest,
  type SessionResponse,
  sessionRequest,
  sessionResponse,
  signedOutProblem,
} from '../wire/session';

type PartyName = 'vault' | 'issuer' | 'relay';

export interface PartyAccess {
  readonly party: PartyName;
  /** External origin, without a closing slash. */
  readonly baseUrl: string;
  readonly deviceKey: DeviceKey;
  readonly fetch: typeof globalThis.fetch;
  readonly random: Random;
  readonly now: () => number;
  /** Of one request. */
  readonly timeoutMs: number;
}

/** Access tokens of one party. */
export interface TokenSource {
  current(): Promise<string>;
  /** Another one, after the party refused the current. @throws `sign-in-expired` */
  renew(): Promise<string>;
}

interface Call<Out> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** Already encoded for the wire. */
  readonly body?: unknown;
  readonly answer: z.ZodType<Out>;
}

const MAX_ANSWER_BYTES = 256 * 1024;

const problem = z.object({ code: z.string().max(64), nextAtMs: timeMs.optional() });

/** What each refusal means to the wallet. What is not here means that the party, or this build, is wrong. */
const MEANING = new Map<string, ErrorCode>(
  Object.entries({
    'too-many-requests': 'too-many-requests',
    'reserved-elsewhere': 'reserved-elsewhere',
    'slot-void': 'slot-void',
    'no-reservation': 'slot-void',
    'slot-unknown': 'slot-void',
    'slot-retired': 'slot-void',
    'lease-ended': 'slot-void',
    'deletion-pending': 'deletion-pending',
    'try-later': 'try-later',
    'guesses-left': 'backup-exists',
    'challenge-unknown': 'vault-unreachable',
    'vault-unreachable': 'vault-unreachable',
    'wrong-number': 'servers-disagree',
    'feed-behind': 'servers-disagree',
    'handle-unknown': 'sign-in-failed',
    'code-refused': 'sign-in-failed',
  }),
);

/** A party says that the owner signed this device out. Whether it is true the caller verifies (`signOutStatement`). */
export class SignedOut extends WalletError {
  constructor(
    party: PartyName,
    /** 64 bytes */
    readonly signature: Uint8Array,
  ) {
    super('sign-in-expired', { party, reason: 'signed-out' });
  }
}

/** `POST /session`: trades the ID token for a session. @throws WalletError */
export function openSession(access: PartyAccess, request: SessionRequest): Promise<SessionResponse> {
  return callParty(access, null, {
    method: 'POST',
    path: '/session',
    body: z.encode(sessionRequest, request),
    answer: sessionResponse,
  });
}

/** One request of a session; repeated once with a new nonce or token where the party asks for one. @throws WalletError */
export async function callParty<Out>(access: PartyAccess, tokens: TokenSource | null, call: Call<Out>): Promise<Out> {
  let accessToken = await tokens?.current();
  let response = await send(access, call, accessToken);
  // Who was signed out does not come back by itself.
  if (response.status === 401 && tokens && !(await isSignedOut(response))) {
    accessToken = await tokens.renew();
    response = await send(access, call, accessToken);
  }
  const text = await readText(access.party, response);
  if (!response.ok) throw refusal(access.party, response.status, text);
  const answer = call.answer.safeParse(parseJson(text));
  if (!answer.success) throw new WalletError('party-misbehaved', { party: access.party, reason: 'answer' });
  return answer.data;
}

/** The nonce that a party named last; it lives as long as the access. */
const nonces = new WeakMap<PartyAccess, string>();

async function send<Out>(access: PartyAccess, call: Call<Out>, accessToken: string | undefined): Promise<Response> {
  const first = await sendOnce(access, call, accessToken);
  const wantsNonce = first.status === 401 && (first.headers.get('www-authenticate') ?? '').includes('use_dpop_nonce');
  return wantsNonce ? sendOnce(access, call, accessToken) : first;
}

async function sendOnce<Out>(access: PartyAccess, call: Call<Out>, accessToken: string | undefined): Promise<Response> {
  const url = access.baseUrl + call.path;
  const nonce = nonces.get(access);
  const proof = await dpopProof(
    access.deviceKey,
    { method: call.method, url, accessToken, nonce },
    access.random,
    access.now(),
  );
  const headers: Record<string, string> = { dpop: proof };
  if (accessToken) headers.authorization = `DPoP ${accessToken}`;
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  const response = await access
    .fetch(url, {
      method: call.method,
      headers,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(access.timeoutMs),
    })
    .catch(() => {
      throw new WalletError(`${access.party}-unreachable`);
    });
  const named = response.headers.get('dpop-nonce');
  if (named) nonces.set(access, named);
  return response;
}

async function readText(party: PartyName, response: Response): Promise<string> {
  try {
    return new TextDecoder().decode(await readBody(response, MAX_ANSWER_BYTES));
  } catch (error) {
    if (error instanceof RangeError) throw new WalletError('party-misbehaved', { party, reason: 'too-long' });
    throw new WalletError(`${party}-unreachable`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isSignedOut(response: Response): Promise<boolean> {
  const text = await response
    .clone()
    .text()
    .catch(() => '');
  return signedOutProblem.safeParse(parseJson(text)).success;
}

function refusal(party: PartyName, status: number, text: string): WalletError {
  const out = status === 401 ? signedOutProblem.safeParse(parseJson(text)).data : undefined;
  if (out) return new SignedOut(party, out.signature);
  // The relay knows no session that could have ended.
  if (status === 401) return new WalletError(party === 'relay' ? 'sign-in-failed' : 'sign-in-expired', { party });
  const said = problem.safeParse(parseJson(text)).data;
  const meaning = said && MEANING.get(said.code);
  if (said && meaning) {
    const { code: reason, nextAtMs } = said;
    return new WalletError(meaning, { party, reason, ...(nextAtMs === undefined ? {} : { nextAtMs }) });
  }
  if (status >= 500) return new WalletError(`${party}-unreachable`);
  return new WalletError('party-misbehaved', { party, reason: said?.code ?? `status-${status}` });
}
