/** The engine at its end of the line: what it is handed of the world comes from the background. */
import { z } from 'zod';
import { duplex } from '@/lib/bus/duplex';
import type { Channel } from '@/lib/bus/transport';
import { type EngineAsk, extendedAnswer, signAnswer, signsByAnswer, utxoCall } from '@/lib/bus/utxo/line';
import { fromHex, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import type { Stored, UtxoDeps } from './deps';
import { createUtxoEngine } from './engine';

/** What the place where it runs gives it. */
export type EngineWorld = Pick<UtxoDeps, 'connect' | 'fetch' | 'mayReach' | 'random' | 'now'>;

/** Messages keep a service worker awake; it sleeps after 30 s without one. */
const SIGN_OF_LIFE_MS = 10_000;

/** Answers on `line` until it is closed. @param setTimer the place's `setInterval` */
export function serveEngine(line: Channel, world: EngineWorld, setTimer: (run: () => void, ms: number) => void): void {
  let working = 0;
  const answers: Readonly<Record<string, (input: unknown) => Promise<unknown>>> = {
    call: (input) => {
      const { name, input: asked } = utxoCall.parse(input);
      return engine.answer(name, asked);
    },
    follow: () => engine.follow(),
    refresh: () => engine.refresh(),
    prune: () => engine.prune(),
    told: (input) => engine.markTold(z.array(z.string()).parse(input)),
    news: () => engine.news(),
  };
  const { ask } = duplex(line, async (name, input) => {
    working += 1;
    try {
      // What waits for it must not see an answer before what has changed is known there.
      return await (answers[name] ?? unknown)(input);
    } finally {
      await told();
      working -= 1;
    }
  });
  const say = (name: EngineAsk, input: unknown): Promise<unknown> => ask(name, input);

  /** One after the other, and the last picture is never an old one. */
  let stale = false;
  let telling: Promise<void> | null = null;
  const tell = async (): Promise<void> => {
    try {
      while (stale) {
        stale = false;
        await say('news', await engine.news());
      }
    } catch {
      // The next change is told again.
    } finally {
      // In the same turn as the last look at `stale`: a change that comes now must start a new round.
      telling = null;
    }
  };
  const told = async (): Promise<void> => {
    if (stale) telling ??= tell();
    await telling;
  };
  const engine = createUtxoEngine({
    ...world,
    open: (area, name, schema) => remoteCell(say, area, name, schema),
    keys: {
      extended: async (walletId, paths) => {
        const { fingerprint, keys } = extendedAnswer.parse(await say('extended', { walletId, paths }));
        return {
          fingerprint,
          keys: keys.map(({ publicKey, chainCode, parentFingerprint }) => {
            return { publicKey: fromHex(publicKey), chainCode: fromHex(chainCode), parentFingerprint };
          }),
        };
      },
      sign: async (walletId, requests) => {
        const asked = requests.map(({ path, digest, kind }) => ({ path, digest: toHex(digest), kind }));
        return signAnswer.parse(await say('sign', { walletId, requests: asked })).map(fromHex);
      },
    },
    signsBy: async (walletId) => signsByAnswer.parse(await say('signs-by', { walletId })),
    changed: () => {
      stale = true;
      void told();
    },
  });
  setTimer(() => {
    if (working > 0 || engine.isBusy()) void say('alive', {}).catch(() => undefined);
  }, SIGN_OF_LIFE_MS);
}

const unknown = async (): Promise<never> => {
  throw new WalletError('bad-message', { reason: 'unknown' });
};

/** A value that the background stores. @throws WalletError `storage-failed` with the name as reason for another shape */
function remoteCell<Schema extends z.ZodType>(
  say: (name: EngineAsk, input: unknown) => Promise<unknown>,
  area: 'local' | 'session',
  name: string,
  schema: Schema,
): Stored<z.output<Schema>> {
  // Nobody else writes it.
  let known: { readonly value: z.output<Schema> | null } | null = null;
  const read = async () => {
    const value = (await say('get', { area, name })) ?? null;
    if (value === null) return null;
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new WalletError('storage-failed', { reason: name });
    return parsed.data;
  };
  const change = async (what: 'set' | 'remove', input: object, value: z.output<Schema> | null): Promise<void> => {
    known = null;
    await say(what, { area, name, ...input });
    known = { value };
  };
  return {
    read: async () => {
      known ??= { value: await read() };
      return known.value;
    },
    write: (value) => change('set', { value: z.encode(schema, value) }, value),
    remove: () => change('remove', {}, null),
  };
}
