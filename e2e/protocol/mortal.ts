/** A world whose servers die at the n-th contact with their store: before it, or between its effect and their answer. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@/lib/bytes';
import { signingKeyOf } from '@/lib/crypto/signature';
import { createMemoryStore as createIssuerStore } from '@/services/issuer/store/memory-store';
import { createMemoryStore as createRealmStore } from '@/services/realm/store/memory-store';
import { createMemoryStore as createVaultStore } from '@/services/vault/store/memory-store';
import { makeKeys, newMachine, openGround } from './drill';
import { type Cut, PowerCut } from './power';
import { createWorld, type Ground, random, type World } from './world';

export const SERVERS = ['vault', 'issuer', 'realm-0', 'realm-1', 'realm-2'] as const;
export type Server = (typeof SERVERS)[number];

export interface MortalWorld {
  readonly world: World;
  /**
   * Runs `work` while `server` dies at contact `at` with its store (counted from 1; Infinity: never), and stays dead
   * until the work has ended; then the server is started again.
   */
  withDeath(server: Server, at: number, cut: Cut, work: () => Promise<unknown>): Promise<Death>;
  close(): Promise<void>;
}

export interface Death {
  readonly contacts: number;
  readonly died: boolean;
}

interface Life {
  contacts: number;
  dead: boolean;
  at: number;
  cut: Cut;
}

const IMMORTAL: Life = { contacts: 0, dead: false, at: Number.POSITIVE_INFINITY, cut: 'before' };

export async function createMortalWorld(open: () => Promise<{ ground: Ground; close(): Promise<void> }>) {
  const { ground, close } = await open();
  const lives = new Map<Server, Life>(SERVERS.map((name) => [name, { ...IMMORTAL }]));
  const lifeOf = (name: Server): Life => lives.get(name) ?? IMMORTAL;
  const world = await createWorld({
    ...ground,
    vaultStore: mortal(ground.vaultStore, lifeOf('vault')),
    issuerStore: mortal(ground.issuerStore, lifeOf('issuer')),
    realms: ground.realms.map(({ id, store }, index) => ({
      id,
      store: mortal(store, lifeOf(SERVERS[2 + index] ?? 'realm-0')),
    })),
  });
  const nameOf = (request: Request) => SERVERS.find((name) => new URL(request.url).hostname === `${name}.test`);
  world.intercept = async (request, send) => {
    const name = nameOf(request);
    const life = name ? lifeOf(name) : IMMORTAL;
    if (life.dead) throw new TypeError('connection refused');
    const response = await send(request);
    if (life.dead) throw new TypeError('connection reset');
    return response;
  };
  const withDeath: MortalWorld['withDeath'] = async (server, at, cut, work) => {
    const life = lifeOf(server);
    Object.assign(life, { ...IMMORTAL, at, cut });
    await work();
    const { contacts, dead: died } = life;
    Object.assign(life, IMMORTAL);
    return { contacts, died };
  };
  return { world, withDeath, close };
}

function mortal<Store extends object>(store: Store, life: Life): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function'
        ? (...args: unknown[]) => contact(life, () => value.apply(target, args))
        : value;
    },
  });
}

async function contact<Result>(life: Life, effect: () => Promise<Result>): Promise<Result> {
  if (life.dead) throw new PowerCut();
  life.contacts += 1;
  const dies = life.contacts === life.at;
  if (dies) life.dead = true;
  if (dies && life.cut === 'before') throw new PowerCut();
  const result = await effect();
  if (life.dead) throw new PowerCut();
  return result;
}

export const inMemory = async () => ({
  ground: {
    receiptKey: signingKeyOf(random(32)),
    witnessKey: signingKeyOf(random(32)),
    tenantPrivateKey: generateKeyPairSync('ed25519').privateKey,
    vaultStore: createVaultStore(),
    issuerStore: createIssuerStore(),
    realms: [0, 1, 2].map(() => ({ id: toHex(random(16)), store: createRealmStore() })),
  },
  close: async () => undefined,
});

export async function onPostgres() {
  const folder = await mkdtemp(join(tmpdir(), 'halfkey-mortal-'));
  const machine = await newMachine(folder);
  await makeKeys(machine);
  const { ground, close } = await openGround(machine);
  const remove = () => rm(folder, { recursive: true, force: true });
  return { ground, close: () => close().then(remove) };
}
