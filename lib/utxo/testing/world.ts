/** A background and an engine in one process, on storage that outlives both. */
import { channelPair } from '@/lib/bus/memory';
import type { UtxoNews } from '@/lib/bus/utxo/line';
import { type UtxoInput, type UtxoMessage, type UtxoOutput, utxoTable } from '@/lib/bus/utxo/table';
import { toBase64url } from '@/lib/bytes';
import type { CoinId } from '@/lib/chains/utxo/coins';
import { type TestChain, testChain } from '@/lib/chains/utxo/testing/chain';
import { entropyOf } from '@/lib/crypto/mnemonic';
import { createUtxoKeys } from '@/lib/keyring/utxo-keys';
import type { WalletType } from '@/lib/keyring/wallets';
import { createUtxoHost, type HostArea, type UtxoHost } from '../host/host';
import { serveEngine } from '../serve';
import { type Gate, socketOf } from './socket';

export const WALLET = 'A'.repeat(22);
export const OTHER_WALLET = 'B'.repeat(22);
const PHRASE = new Array<string>(12).fill('all').join(' ');
const SERVER = 'ws://127.0.0.1:9130/websocket';

/** Called before and after whatever leaves the process or is stored; what it does not let through never happens. */
export type Step = (what: string) => Promise<void>;

export interface World {
  readonly host: UtxoHost;
  readonly news: UtxoNews[];
  call<M extends UtxoMessage>(name: M, input: UtxoInput<M>): Promise<UtxoOutput<M>>;
  /** The background is stopped: its engine goes with it. */
  stop(): void;
}

export interface Ground {
  readonly chain: TestChain;
  readonly local: Map<string, unknown>;
  readonly session: Map<string, unknown>;
  readonly clock: { ms: number };
  types: Record<string, WalletType>;
  gate: Gate;
  open(step?: Step): World;
}

/** One chain, one device; backgrounds come and go. */
export function groundOf(coin: CoinId): Ground {
  const ground: Ground = {
    chain: testChain(coin),
    local: new Map(),
    session: new Map(),
    clock: { ms: 1_800_000_000_000 },
    types: { [WALLET]: 'phrase' },
    gate: (_, answer) => answer(),
    open: (step = async () => undefined) => openWorld(ground, step),
  };
  return ground;
}

function openWorld(ground: Ground, step: Step): World {
  const news: UtxoNews[] = [];
  let close: () => void = () => undefined;
  const keys = keysOf(ground);
  const around = async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    await step(what);
    const result = await work();
    await step(what);
    return result;
  };
  const host = createUtxoHost({
    open: async () => {
      const [here, there] = channelPair('utxo');
      close = there.close;
      const gate: Gate = (method, answer, params) => around(method, () => ground.gate(method, answer, params));
      serveEngine(
        there,
        {
          connect: () => socketOf(ground.chain.backend, gate),
          fetch: async () => Promise.reject(new Error('no network')),
          mayReach: ({ hostname }) => hostname !== 'far.example',
          random: (length) => crypto.getRandomValues(new Uint8Array(length)),
          now: () => ground.clock.ms,
        },
        () => undefined,
      );
      return here;
    },
    areas: { local: areaOf(ground.local, around), session: areaOf(ground.session, around) },
    keys: { ...keys, sign: (walletId, requests) => around('sign', () => keys.sign(walletId, requests)) },
    onNews: async (one) => void news.push(one),
    setTimer: () => undefined,
  });
  return {
    host,
    news,
    call: async (name, input) => {
      const output = JSON.parse(JSON.stringify(await host.call(name, input)));
      return utxoTable[name].output.parse(output) as never;
    },
    stop: () => close(),
  };
}

/** The real ones, of the phrase that vectors are of. */
export function keysOf(ground: Pick<Ground, 'types'>) {
  const entropy = toBase64url(entropyOf(PHRASE));
  const account = { index: 0, name: '', address: `0x${'1'.repeat(40)}` as const };
  const profile = async () => ({
    wallets: Object.entries(ground.types).map(([id, type]) => ({ id, type, name: '', accounts: [account] })),
    selected: null,
    unlock: [],
  });
  const contents = { [WALLET]: { type: 'phrase', entropy, passphrase: '' } as const };
  const kept = { write: async () => undefined, remove: async () => undefined };
  return createUtxoKeys({
    profile: { ...kept, read: profile },
    session: { ...kept, read: async () => ({ key: null, contents }) },
  });
}

function areaOf(
  values: Map<string, unknown>,
  around: (what: string, work: () => Promise<void>) => Promise<void>,
): HostArea {
  return {
    get: async (keys) => Object.fromEntries([...values].filter(([key]) => keys === null || keys.includes(key))),
    set: (items) =>
      around(`set ${Object.keys(items).join()}`, async () => {
        for (const [key, value] of Object.entries(items)) values.set(key, structuredClone(value));
      }),
    remove: (keys) =>
      around(`remove ${keys.join()}`, async () => {
        for (const key of keys) values.delete(key);
      }),
  };
}

/** Until it holds: whatever changes is told. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

/** A server is picked, and every account is found. */
export async function discovered(world: World, coin: CoinId, { own = false, earlier = false } = {}): Promise<void> {
  await world.call('backend.set', { coin, kind: 'blockbook', url: SERVER, own });
  await world.call('discover.start', { walletId: WALLET, coin, earlier });
  await until(async () => (await world.call('accounts.list', { walletId: WALLET, coin })).sync.state === 'idle');
}
