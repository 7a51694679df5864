/**
 * A crowd on bad networks: clients that create wallets and recover them through proxies that delay, reset and half-open
 * connections, to every party and between issuer and vault. They share a process, so that their realm operations take
 * turns; everything else happens at the same time.
 */
import { performance } from 'node:perf_hooks';
import { toHex } from '@/lib/bytes';
import { WalletError } from '@/lib/errors';
import { resumeBackUp } from '@/lib/keyless/backup/activation';
import { createLogger } from '@/services/http/server/logger';
import { startServer } from '@/services/http/server/server';
import { type BadNetwork, FAULTS, type Fault, startBadNetwork } from './bad-network';
import { bytesOf, create, createWorld, type Device, PIN, random, recover, type World } from './world';

const HOSTS = ['vault', 'issuer', 'realm-0', 'realm-1', 'realm-2'].map((name) => `${name}.test`);
/** While realms are asked, the global one is the Juicebox client's, and comes back to here. */
const fetchNow = globalThis.fetch;
const DAY_MS = 24 * 3_600_000;
/** What a person does who is told that a try may be used: not for ever. */
const RECOVERIES = 4;
const CREATIONS = 6;

export interface CrowdPlan {
  readonly clients: number;
  /** At least so long, and until every fault has happened `leastEach` times and `leastCreated` wallets were made. */
  readonly durationMs: number;
  readonly leastEach: number;
  readonly leastCreated: number;
  /** Of the pieces that clients send. */
  readonly share: number;
  readonly delayMs: number;
  /** Of one request. */
  readonly timeoutMs: number;
}

export interface CrowdOutcome {
  /** Accounts on which somebody began. */
  readonly accounts: number;
  /** Of those, the ones whose wallet was shown to its user. */
  readonly created: number;
  /** Accounts that end with the wallet that their user saw, or, where none was seen, with one that opens. */
  readonly recovered: number;
  /** A wallet was shown, and what opens now is another one or none. */
  readonly lost: readonly string[];
  /** How operations ended while the networks were bad. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<Fault, number>>;
}

interface User {
  readonly account: Uint8Array;
  readonly device: Device;
  /** What the screen showed. */
  wallet: Uint8Array | null;
}

export async function runCrowd(plan: CrowdPlan): Promise<CrowdOutcome> {
  const world = await createWorld(undefined, plan.timeoutMs);
  const networks = await putNetworksBetween(world, plan);
  const users: User[] = [];
  const ends: Record<string, number> = {};
  const note = async (work: Promise<unknown>): Promise<boolean> => {
    const end = await endOf(work);
    ends[end] = (ends[end] ?? 0) + 1;
    return end === 'done';
  };
  const untilMs = performance.now() + plan.durationMs;
  const isEnough = () =>
    Object.values(faultsOf(networks)).every((count) => count >= plan.leastEach) &&
    users.filter(({ wallet }) => wallet !== null).length >= plan.leastCreated;
  const isOver = () => performance.now() >= untilMs && isEnough();

  const live = async (user: User) => {
    for (let tries = 0; tries < CREATIONS && user.wallet === null && !isOver(); tries += 1)
      await note(createOrResume(user));
    for (let tries = 0; tries < RECOVERIES && user.wallet !== null && !isOver(); tries += 1)
      await note(reopen(world, user));
  };
  try {
    await Promise.all(
      Array.from({ length: plan.clients }, async () => {
        while (!isOver()) {
          const user = await newUser(world);
          users.push(user);
          await live(user);
        }
      }),
    );
    for (const network of networks) network.calm();
    world.nowMs += 2 * DAY_MS;
    const created = users.filter(({ wallet }) => wallet !== null).length;
    const lost: string[] = [];
    let recovered = 0;
    for (const user of users) {
      const end = await endOf(user.wallet ? reopen(world, user) : createOrResume(user).then(() => reopen(world, user)));
      if (end === 'done') recovered += 1;
      else if (user.wallet) lost.push(`${toHex(user.account).slice(0, 8)}: ${end}`);
    }
    const faults = faultsOf(networks);
    return { accounts: users.length, created, recovered, lost, ends, faults };
  } finally {
    await Promise.all(networks.map((network) => network.stop()));
  }
}

const faultsOf = (networks: readonly BadNetwork[]) =>
  Object.fromEntries(
    FAULTS.map((fault) => [fault, networks.reduce((sum, { done }) => sum + done[fault], 0)]),
  ) as Record<Fault, number>;

async function newUser(world: World): Promise<User> {
  const account = random(32);
  return { account, device: await world.device(account), wallet: null };
}

/** As the wallet does after a restart: what was signed is finished; else it is made anew. */
async function createOrResume(user: User): Promise<void> {
  const { device } = user;
  const resumed = await resumeBackUp(device.parties, device.journal);
  if (resumed === 'activated') user.wallet = await device.attempt.read();
  else user.wallet = bytesOf((await create(device)).entropy);
}

/** On another device. @throws Error if that is another wallet */
async function reopen(world: World, { account, wallet }: User): Promise<void> {
  const opened = bytesOf((await recover(await world.device(account), PIN)).entropy);
  if (wallet && toHex(opened) !== toHex(wallet)) throw new Error('another wallet');
}

const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof WalletError) return error.code;
      throw error;
    },
  );

/** Serves every party of the world on a port, and sends everything to it through a network of its own. */
async function putNetworksBetween(world: World, plan: CrowdPlan): Promise<BadNetwork[]> {
  const logger = createLogger({ service: 'crowd', level: 'silent' });
  const pass = world.intercept;
  const parties = new Map<string, BadNetwork>();
  let send: Parameters<typeof pass>[1] | undefined;
  for (const host of HOSTS) {
    const answer = async (request: Request) => {
      if (!send) throw new Error('nobody has asked yet');
      return send(await atHost(request, `http://${host}`));
    };
    const server = await startServer({ fetch: answer }, { hostname: '127.0.0.1', port: 0, logger });
    const network = await startBadNetwork({ ...plan, targetPort: server.port, random: Math.random });
    const stop = async () => {
      await network.stop();
      await server.stop();
    };
    parties.set(host, { ...network, stop });
  }
  world.intercept = async (request, sendNow) => {
    send = sendNow;
    const { hostname } = new URL(request.url);
    const limit = AbortSignal.any([request.signal, AbortSignal.timeout(plan.timeoutMs)]);
    return fetchNow(await atHost(request, `http://127.0.0.1:${parties.get(hostname)?.port}`), { signal: limit });
  };
  return [...parties.values()];
}

async function atHost(request: Request, origin: string): Promise<Request> {
  const { pathname, search } = new URL(request.url);
  const { method, headers } = request;
  const body = method === 'GET' ? null : await request.arrayBuffer();
  return new Request(origin + pathname + search, { method, headers, body });
}
