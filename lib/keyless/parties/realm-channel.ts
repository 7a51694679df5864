/**
 * The realms port over a line between the background and the realm worker: one operation a line, then it is closed.
 * JSON, so bytes are base64url. This is the only way a PIN takes from the background.
 */
import { z } from 'zod';
import { type ErrorCode, type ErrorDetails, isErrorCode, WalletError } from '@/lib/errors';
import type { RealmRecovery, Realms } from '../ports';
import type { HashingMode } from '../wire/realm-set';
import { bytes, bytesBetween } from '../wire/schema';

/** One end of a line. */
export interface RealmLine {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

const realmSet = z.object({
  realms: z.array(z.object({ id: z.string(), address: z.string() })).readonly(),
  registerThreshold: z.int(),
  recoverThreshold: z.int(),
  // The one mode of a build; the type alone knows the other, for tests that run in one process.
  hashingMode: z.custom<HashingMode>((mode) => mode === 'Standard2019'),
  guesses: z.int(),
});
const access = z.object({
  realmSet,
  tokens: z.record(z.string(), z.string()),
  pin: bytesBetween(1, 1024),
  info: bytes(32),
});
const request = z.discriminatedUnion('operation', [
  z.object({ operation: z.literal('register'), access, secret: bytesBetween(1, 128) }),
  z.object({ operation: z.literal('recover'), access }),
]);

const answer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('registered') }),
  z.object({
    outcome: z.literal('recovered'),
    secret: bytesBetween(0, 128),
    realmsAnswered: z.int().min(0),
    failedGuesses: z.int().min(0),
  }),
  z.object({
    outcome: z.literal('failed'),
    code: z.custom<ErrorCode>(isErrorCode),
    details: z.custom<ErrorDetails>(),
  }),
]);
type Request = z.output<typeof request>;
type Answer = z.output<typeof answer>;

/**
 * The background's end.
 * @param open a new line to a new realm worker
 * @param timeoutMs of one operation: a client that panics never answers
 */
export function remoteRealms(open: () => Promise<RealmLine>, timeoutMs: number): Realms {
  return {
    register: async (given, secret) => {
      const reply = await ask(open, timeoutMs, { operation: 'register', access: given, secret });
      if (reply.outcome !== 'registered') throw new WalletError('register-failed');
    },
    recover: async (given): Promise<RealmRecovery> => {
      const reply = await ask(open, timeoutMs, { operation: 'recover', access: given });
      if (reply.outcome !== 'recovered') throw new WalletError('try-may-be-used');
      const { secret, realmsAnswered, failedGuesses } = reply;
      return { secret, realmsAnswered, failedGuesses };
    },
  };
}

/** @throws WalletError what the worker says; if it dies, what is then unknown */
async function ask(open: () => Promise<RealmLine>, timeoutMs: number, asked: Request): Promise<Answer> {
  const line = await open();
  try {
    return await new Promise<Answer>((resolve, reject) => {
      line.onClose(() => reject(lost(asked)));
      AbortSignal.timeout(timeoutMs).addEventListener('abort', () => reject(lost(asked)));
      line.onMessage((message) => {
        const reply = answer.safeParse(message);
        // Anything else is a sign of life that keeps the background awake.
        if (!reply.success) return;
        if (reply.data.outcome === 'failed') reject(new WalletError(reply.data.code, reply.data.details));
        else resolve(reply.data);
      });
      line.post(z.encode(request, asked));
    });
  } finally {
    line.close();
  }
}

const lost = ({ operation }: Request) =>
  new WalletError(operation === 'register' ? 'register-failed' : 'try-may-be-used');

/** The worker's end: answers the one request of `line`; the bytes of PIN and secret are wiped afterwards. */
export function serveRealms(line: Pick<RealmLine, 'post' | 'onMessage'>, realms: () => Promise<Realms>): void {
  line.onMessage(async (message) => {
    const asked = request.safeParse(message);
    if (!asked.success) return line.post({ outcome: 'failed', code: 'bad-message', details: {} });
    const reply = await run(asked.data, realms);
    line.post(z.encode(answer, reply));
    if (reply.outcome === 'recovered') reply.secret.fill(0);
  });
}

async function run(asked: Request, realms: () => Promise<Realms>): Promise<Answer> {
  try {
    const client = await realms().catch(() => {
      // Before anything was sent: nothing is lost and no guess is spent.
      throw new WalletError('unexpected', { reason: 'realm-client' });
    });
    if (asked.operation === 'recover') return { outcome: 'recovered', ...(await client.recover(asked.access)) };
    await client.register(asked.access, asked.secret);
    return { outcome: 'registered' };
  } catch (error) {
    const { code, details } = error instanceof WalletError ? error : lost(asked);
    return { outcome: 'failed', code, details };
  } finally {
    asked.access.pin.fill(0);
    if (asked.operation === 'register') asked.secret.fill(0);
  }
}
