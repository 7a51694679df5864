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
  const answer = (payload: Payload): Promise<Reply> =>
    new NativePromise((resolve) => {
      const { id, jsonrpc = '2.0' } = payload ?? {};
      after(
        request(payload),
        (result) => resolve(inert({ id, jsonrpc, result })),
        (error) => resolve(inert({ id, jsonrpc, error })),
      );
    });

  const answerAll = (payloads: readonly Payload[]): Promise<readonly Reply[]> =>
    new NativePromise((resolve) => {
      const replies: Reply[] = [];
      let left = payloads.length;
      if (left === 0) resolve(replies);
      for (let at = 0; at < payloads.length; at += 1) {
        const take = (reply: Reply) => {
          put(replies, at, reply);
          left -= 1;
          if (left === 0) resolve(replies);
        };
        const payload = payloads[at];
        after(answer(payload as Payload), take, take);
      }
    });

  const sendAsync = (payload: Payload | readonly Payload[], callback: Callback): void => {
    const tell = (error: ProviderRpcError | null, reply: Reply | readonly Reply[]) =>
      // Outside of the promise: what the page's callback throws is the page's.
      later(() => apply(callback, undefined, [error, reply]));
    const never = () => undefined;
    if (isBatch(payload)) after(answerAll(payload), (replies: readonly Reply[]) => tell(null, replies), never);
    else after(answer(payload), (reply: Reply) => tell(reply.error ?? null, reply), never);
  };

  function send(first: unknown, second?: unknown): unknown {
    if (typeof first === 'string') return answerOrFail(answer({ method: first, params: second }));
    if (typeof second === 'function') return sendAsync(first as Payload, second as Callback);
    const { id, jsonrpc = '2.0', method } = (first ?? {}) as Payload;
    const result = known(method);
    if (result === undefined) throw invalidRequest('This method is answered later: call request().');
    return { id, jsonrpc, result };
  }
  return { send: send as LegacySend, sendAsync };
}

const isBatch = (payload: Payload | readonly Payload[]): payload is readonly Payload[] => isArray(payload);

/** `send(method)` is rejected with the error, the others are handed it. */
const answerOrFail = (reply: Promise<Reply>): Promise<Reply> =>
  new NativePromise((resolve, reject) => {
    after(reply, (one: Reply) => (one.error === undefined ? resolve(one) : reject(one.error)), reject);
  });
