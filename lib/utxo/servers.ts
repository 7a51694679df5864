/** Which server a coin is asked of. None is contacted before the user has picked it, and none but that one. */
import type { BackendKind, CoinView } from '@/lib/bus/utxo/shapes';
import { blockbookBackend } from '@/lib/chains/utxo/backend/blockbook';
import { blockbookAccounts } from '@/lib/chains/utxo/backend/blockbook-accounts';
import { esploraBackend } from '@/lib/chains/utxo/backend/esplora';
import { probeServer } from '@/lib/chains/utxo/backend/read-utxos';
import { socketLine } from '@/lib/chains/utxo/backend/socket-line';
import type { AccountBackend, ServerInfo, UtxoBackend } from '@/lib/chains/utxo/backend/types';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { asWalletError, WalletError } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { UtxoDeps } from './deps';
import { serversRecord } from './records';

/**
 * Why a server is not picked; `ServerProblem`s are reasons, too. `insecure`: without TLS it may only be on this machine.
 * `out-of-reach`: this build talks to nobody there. `kind`: no server of the coin speaks that. `silent`: no answer in time.
 * `answer`: one of another shape. `none`: nothing is picked.
 */
type AddressProblem = 'none' | 'empty' | 'format' | 'insecure' | 'out-of-reach' | 'kind' | 'silent' | 'answer';

export interface PickedServer {
  readonly kind: BackendKind;
  readonly url: string;
  readonly own: boolean;
}

/** @param accounts null where it is asked address by address */
type ServerWork<Result> = (backend: UtxoBackend, accounts: AccountBackend | null) => Promise<Result>;

export interface Servers {
  view(coin: CoinId): Promise<CoinView['backend']>;
  /** @param picked `own`: the user runs it, and it may be asked by the keys of accounts. @throws WalletError `bad-server` */
  set(coin: CoinId, picked: PickedServer): Promise<void>;
  clear(coin: CoinId): Promise<void>;
  /** @throws WalletError `bad-server` reason `none`; what the work does */
  use<Result>(coin: CoinId, work: ServerWork<Result>): Promise<Result>;
  /** The server is asked who it is, again. @throws as above; `party-misbehaved` if it is not of the coin any more */
  probe(coin: CoinId): Promise<ServerInfo>;
}

const TIMEOUT_MS = 20_000;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const SOCKET_PATH = '/websocket';

/** What a server of a coin can speak. */
export const backendKinds = (coin: CoinId): BackendKind[] =>
  coin === 'btc' ? ['blockbook', 'esplora'] : ['blockbook'];

interface Opened {
  readonly picked: PickedServer;
  readonly backend: UtxoBackend;
  readonly accounts: AccountBackend | null;
  close(): void;
}

interface Heard {
  error: WalletError | null;
  askedAtMs: number | null;
  tipHeight: number | null;
}

export function createServers({ open, connect, fetch, mayReach, now, changed }: UtxoDeps): Servers {
  const stored = open('local', 'servers', serversRecord);
  const exclusively = inTurn();
  const opened = new Map<CoinId, Opened>();
  const heard = new Map<CoinId, Heard>();

  const openBackend = (picked: PickedServer): Opened => {
    const { kind, url, own } = picked;
    if (kind === 'esplora')
      return { picked, backend: esploraBackend(url, fetch), accounts: null, close: () => undefined };
    const line = socketLine({ connect: () => connect(url), timeoutMs: TIMEOUT_MS });
    const accounts = own ? blockbookAccounts(line) : null;
    return { picked, backend: blockbookBackend(line), accounts, close: line.close };
  };
  const forget = (coin: CoinId): void => {
    opened.get(coin)?.close();
    opened.delete(coin);
    heard.delete(coin);
  };
  const openedOf = async (coin: CoinId): Promise<Opened> => {
    const picked = (await stored.read())?.[coin];
    if (!picked) throw refused('none');
    const known = opened.get(coin);
    if (known?.picked.url === picked.url && known.picked.own === picked.own) return known;
    forget(coin);
    const made = openBackend(picked);
    opened.set(coin, made);
    return made;
  };
  const note = (coin: CoinId, error: WalletError | null, tipHeight: number | null = null): void => {
    const before = heard.get(coin);
    const wasSame = before?.error?.code === error?.code;
    heard.set(coin, {
      error,
      askedAtMs: error === null ? now() : (before?.askedAtMs ?? null),
      tipHeight: tipHeight ?? before?.tipHeight ?? null,
    });
    if (!wasSame) changed();
  };
  const use: Servers['use'] = async (coin, work) => {
    const one = await openedOf(coin);
    /** Not of one that was picked meanwhile. */
    const noteOf = (error: WalletError | null): void => {
      if (opened.get(coin) === one) note(coin, error);
    };
    try {
      const result = await work(one.backend, one.accounts);
      noteOf(null);
      return result;
    } catch (error) {
      const asked = asWalletError(error);
      if (asked.code === 'chain-unreachable' || asked.code === 'party-misbehaved') noteOf(asked);
      throw error;
    }
  };

  return {
    use,
    view: async (coin) => {
      const picked = (await stored.read())?.[coin];
      if (!picked) return null;
      const { error = null, askedAtMs = null, tipHeight = null } = heard.get(coin) ?? {};
      return { ...picked, error: error && { code: error.code, details: error.details }, askedAtMs, tipHeight };
    },
    set: (coin, { kind, url: typed, own }) =>
      exclusively(async () => {
        if (!backendKinds(coin).includes(kind)) throw refused('kind');
        const picked = { kind, url: checkServerUrl(kind, typed, mayReach), own: own && kind === 'blockbook' };
        const tried = openBackend(picked);
        const { tipHeight } = await probeServer(COINS[coin], tried.backend)
          .catch((error) => {
            throw notPicked(error);
          })
          .finally(tried.close);
        await stored.write({ ...(await stored.read()), [coin]: picked });
        forget(coin);
        note(coin, null, tipHeight);
      }),
    clear: (coin) =>
      exclusively(async () => {
        const { [coin]: _, ...rest } = (await stored.read()) ?? {};
        await stored.write(rest);
        forget(coin);
      }),
    probe: (coin) =>
      use(coin, async (backend) => {
        const info = await probeServer(COINS[coin], backend);
        note(coin, null, info.tipHeight);
        return info;
      }),
  };
}

/**
 * Where requests go. A Blockbook may be named by its page, too.
 * @throws WalletError `bad-server` with an `AddressProblem` as reason
 */
export function checkServerUrl(kind: BackendKind, typed: string, mayReach: (url: URL) => boolean): string {
  const text = typed.trim();
  if (text === '') throw refused('empty');
  if (!/^(https?|wss?):\/\//i.test(text) || !URL.canParse(text)) throw refused('format');
  const url = new URL(text);
  const isSocket = url.protocol.startsWith('ws');
  // The browser sends nothing to an address with a password in it.
  if (url.username + url.password + url.search + url.hash !== '' || (isSocket && kind === 'esplora'))
    throw refused('format');
  const isSafe = url.protocol === 'https:' || url.protocol === 'wss:';
  if (!isSafe && !LOOPBACK.includes(url.hostname)) throw refused('insecure');
  url.protocol = isSafe ? 'https:' : 'http:';
  if (!mayReach(url)) throw refused('out-of-reach');
  const path = url.pathname.replace(/\/+$/, '');
  if (kind === 'esplora') return `${url.origin}${path}`;
  return `${url.origin.replace(/^http/, 'ws')}${path === '' ? SOCKET_PATH : path}`;
}

/** At the field, a server that lies is one that is not picked. */
function notPicked(error: unknown): WalletError {
  const { code, details } = asWalletError(error);
  if (code === 'chain-unreachable') return refused('silent');
  if (code !== 'party-misbehaved') return new WalletError(code, details);
  return new WalletError('bad-server', {
    reason: details.reason === 'refusal' ? 'answer' : (details.reason ?? 'answer'),
  });
}

const refused = (reason: AddressProblem) => new WalletError('bad-server', { reason });
