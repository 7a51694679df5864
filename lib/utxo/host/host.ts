/** The background's end of the line to the engine: opens it when it is needed, answers what it asks, closes it when idle. */
import { type Duplex, duplex } from '@/lib/bus/duplex';
import type { Channel } from '@/lib/bus/transport';
import { engineAsks, SIGNING, type UtxoNews } from '@/lib/bus/utxo/line';
import { fromHex, toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';

/** One storage area; values are JSON. */
export interface HostArea {
  get(keys: readonly string[] | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

interface PublicKey {
  readonly publicKey: Uint8Array;
  readonly chainCode: Uint8Array;
  readonly parentFingerprint: number;
}
type Kind = 'der' | 'recovered' | 'taproot';
type Path = readonly number[];

export interface HostKeys {
  signsBy(walletId: string): Promise<'seed' | 'device' | 'nothing'>;
  extended(
    walletId: string,
    paths: readonly Path[],
  ): Promise<{ readonly fingerprint: number; readonly keys: readonly PublicKey[] }>;
  sign(
    walletId: string,
    requests: ReadonlyArray<{ readonly path: Path; readonly digest: Uint8Array; readonly kind: Kind }>,
  ): Promise<readonly Uint8Array[]>;
}

export interface HostDeps {
  /** A line to an engine that was not there before. */
  readonly open: () => Promise<Channel>;
  readonly areas: Readonly<Record<'local' | 'session', HostArea>>;
  readonly keys: HostKeys;
  readonly onNews: (news: UtxoNews) => Promise<void>;
  readonly setTimer: (run: () => void, delayMs: number) => void;
}

export interface UtxoHost {
  /** What a page asks. @throws WalletError what the engine answers; `interrupted` if it ends before that */
  call(name: string, input: unknown): Promise<unknown>;
  /** Of `lib/utxo/engine.ts`, without an answer. */
  tell(what: 'follow' | 'refresh' | 'prune'): Promise<void>;
  told(txids: readonly string[]): Promise<void>;
  /** Ends the engine: what it holds in memory is of storage that is not there any more. */
  end(): Promise<void>;
  /** The same, and forgets all that it has stored. */
  wipe(): Promise<void>;
}

/** Before the names of all that the engine stores. */
const PREFIX = 'utxo.';
const LONGEST_VALUE = 8_000_000;
/** An engine that nobody has asked anything for so long is ended. */
const IDLE_MS = 60_000;

export function createUtxoHost({ open, areas, keys, onNews, setTimer }: HostDeps): UtxoHost {
  let opening: Promise<Opened> | null = null;
  let current: Opened | null = null;
  /** How many pages wait for what they have confirmed. */
  let signing = 0;

  const answers: Readonly<Record<string, (input: unknown) => Promise<unknown>>> = {
    get: async (raw) => {
      const { area, name } = engineAsks.get.parse(raw);
      return (await areas[area].get([PREFIX + name]))[PREFIX + name] ?? null;
    },
    set: async (raw) => {
      const { area, name, value } = engineAsks.set.parse(raw);
      if ((JSON.stringify(value) ?? '').length > LONGEST_VALUE)
        throw new WalletError('storage-failed', { reason: name });
      await areas[area].set({ [PREFIX + name]: value });
    },
    remove: async (raw) => {
      const { area, name } = engineAsks.remove.parse(raw);
      await areas[area].remove([PREFIX + name]);
    },
    'signs-by': async (raw) => keys.signsBy(engineAsks['signs-by'].parse(raw).walletId),
    extended: async (raw) => {
      const { walletId, paths } = engineAsks.extended.parse(raw);
      const { fingerprint, keys: found } = await keys.extended(walletId, paths);
      return {
        fingerprint,
        keys: found.map(({ publicKey, chainCode, parentFingerprint }) => {
          return { publicKey: toHex(publicKey), chainCode: toHex(chainCode), parentFingerprint };
        }),
      };
    },
    sign: async (raw) => {
      const { walletId, requests } = engineAsks.sign.parse(raw);
      if (signing === 0) throw new WalletError('bad-message', { reason: 'sign' });
      const asked = requests.map(({ digest, ...rest }) => ({ ...rest, digest: fromHex(digest) }));
      return (await keys.sign(walletId, asked)).map(toHex);
    },
    news: async (raw) => onNews(engineAsks.news.parse(raw)),
    alive: async () => undefined,
  };

  const start = async (): Promise<Opened> => {
    const channel = await open();
    const opened: Opened = { uses: 0, line: duplex(channel, (name, input) => answer(opened, name, input)) };
    channel.onClose(() => forget(opened));
    current = opened;
    watch(opened);
    return opened;
  };
  const answer = (opened: Opened, name: string, input: unknown): Promise<unknown> => {
    opened.uses += 1;
    const known = answers[name];
    if (!known) throw new WalletError('bad-message', { reason: 'unknown' });
    return known(input);
  };
  const forget = (opened: Opened): void => {
    if (current !== opened) return;
    current = null;
    opening = null;
  };
  const end = (opened: Opened): void => {
    forget(opened);
    opened.line.close();
  };
  /** Whatever it asks, or is asked, is use; what is being answered holds it, too. */
  const watch = (opened: Opened): void => {
    const before = opened.uses;
    setTimer(() => {
      if (current !== opened) return;
      if (opened.uses === before && opened.line.waiting() === 0) end(opened);
      else watch(opened);
    }, IDLE_MS);
  };
  const engine = async (): Promise<Opened> => {
    const going = opening ?? start();
    opening = going;
    try {
      return await going;
    } catch (error) {
      opening = null;
      throw error;
    }
  };
  const ask = async (name: string, input: unknown): Promise<unknown> => {
    const opened = await engine();
    opened.uses += 1;
    return opened.line.ask(name, input);
  };

  const endNow = async (): Promise<void> => {
    const opened = await opening?.catch(() => null);
    if (opened) end(opened);
  };

  return {
    call: async (name, input) => {
      const mayMakeSignature = SIGNING.has(name);
      if (mayMakeSignature) signing += 1;
      try {
        return await ask('call', { name, input });
      } finally {
        if (mayMakeSignature) signing -= 1;
      }
    },
    tell: async (what) => void (await ask(what, {})),
    told: async (txids) => void (await ask('told', txids)),
    end: endNow,
    wipe: async () => {
      await endNow();
      for (const area of Object.values(areas)) {
        const names = Object.keys(await area.get(null)).filter((name) => name.startsWith(PREFIX));
        await area.remove(names);
      }
    },
  };
}

interface Opened {
  readonly line: Duplex;
  /** Rises with every question, of either end. */
  uses: number;
}
