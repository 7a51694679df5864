/** Ways of asking from before EIP-1193 that sites still use: `send` in its three forms, `sendAsync` with batches. */
import { invalidRequest, type ProviderRpcError } from './errors';
import { after, apply, inert, isArray, later, NativePromise, put } from './natives';

interface Payload {
  readonly id?: unknown;
  readonly jsonrpc?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}
export interface Reply {
  readonly id: unknown;
  readonly jsonrpc: unknown;
  readonly result?: unknown;
  readonly error?: ProviderRpcError;
}
type Callback = (error: ProviderRpcError | null, reply?: Reply | readonly Reply[]) => unknown;
type Request = (asked: Payload) => Promise<unknown>;

export interface LegacySend {
  (method: string, params?: unknown): Promise<Reply>;
  (payload: Payload | readonly Payload[], callback: Callback): void;
  (payload: Payload): Reply;
}

/** @param known what can be answered at once, by the name of its method; undefined for others */
export function legacyWays(request: Request, known: (method: unknown) => unknown) {
  function answer(payload: Payload, tell: (error: ProviderRpcError | null, reply: Reply) => unknown) {
    const { id, jsonrpc = '2.0' } = payload ?? {};
    after(
      request(payload),
      (result) => tell(null, { id, jsonrpc, result }),
      (error) => tell(error, { id, jsonrpc, error }),
    );
  }

  function answerAll(payloads: readonly Payload[], tell: (error: null, replies: readonly Reply[]) => unknown) {
    const replies: Reply[] = [];
    let left = payloads.length;
    if (left === 0) tell(null, replies);
    for (let at = 0; at < payloads.length; at += 1)
      answer(payloads[at] as Payload, (_, reply) => {
        put(replies, at, reply);
        left -= 1;
        if (left === 0) tell(null, replies);
      });
  }

  function sendAsync(payload: Payload | readonly Payload[], callback: Callback): void {
    const tell: Callback = (error, reply) =>
      // Outside of the promise: what the page's callback throws is the page's.
      later(() => apply(callback, undefined, [error, reply]));
    if (isBatch(payload)) answerAll(payload, tell);
    else answer(payload, tell);
  }

  function send(first: unknown, second?: unknown): unknown {
    if (typeof first === 'string')
      return new NativePromise((resolve, reject) =>
        answer({ method: first, params: second }, (error, reply) =>
          error === null ? resolve(inert(reply)) : reject(error),
        ),
      );
    if (typeof second === 'function') return sendAsync(first as Payload, second as Callback);
    const { id, jsonrpc = '2.0', method } = (first ?? {}) as Payload;
    const result = known(method);
    if (result === undefined) throw invalidRequest('This method is answered later: call request().');
    return { id, jsonrpc, result };
  }
  return { send: send as LegacySend, sendAsync };
}

const isBatch: (payload: Payload | readonly Payload[]) => payload is readonly Payload[] = isArray;
