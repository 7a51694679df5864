/** SQLSTATE of transactions that may be run again from their start: serialization failure, deadlock. */
const REPEATABLE = new Set(['40001', '40P01']);
const MAX_TRIES = 5;

/**
 * Codes of a database that is not there: SQLSTATE class 08 (connection exception), administrator's or crash shutdown,
 * and not accepting connections yet (PostgreSQL manual, appendix A); those of the system for the connection itself.
 */
const LOST = /^(08\w{3}|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE)$/;
/** What the driver says of a connection that ended, without any code. */
const LOST_MESSAGE =
  /^(Connection terminated|Client (has encountered a connection error|was closed) and is not queryable)/;

/** True for an error that says nothing but that the database could not be reached, or went away meanwhile. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return LOST.test(code);
  return error instanceof Error && LOST_MESSAGE.test(error.message);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True for an error after which the same transaction may be run again (PostgreSQL manual, 13.5). */
export function isRepeatable(error: unknown): boolean {
  return REPEATABLE.has(codeOf(error) ?? '');
}

/**
 * Runs a whole transaction, and again from its start after a serialization failure or deadlock, at most five times.
 * `run` must open the transaction itself and have no effect outside it.
 * @throws the last error.
 */
export async function retryTransaction<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries === MAX_TRIES || !isRepeatable(error)) throw error;
    }
  }
}

/** A store of which every method is a whole transaction, each run again as `retryTransaction` does. */
export function retryEach<Store extends object>(store: Store): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...rest: unknown[]) => retryTransaction(async () => Reflect.apply(member, target, rest));
    },
  });
}
