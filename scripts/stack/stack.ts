/** Two identity providers, relay, vault, issuer, three realms and a chain node on this machine, each a process with its own data. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '@/config/schema';
import { fundAccount } from '../local-chain';
import { bundlePrograms } from './bundle';
import { openKeys } from './keys';
import { PARTY_NAMES, type PartyName, REALM_NAMES } from './parties';
import { portsOf } from './ports';
import { type RunningProcess, startProcess } from './process';
import { configOf, type PartySettings, settingsOf, type Urls, urlsOf } from './settings';

const HEALTH_TIMEOUT_MS = 2_000;

export interface StackOptions {
  /** Folder of everything that is kept, made if need be. Its folders are named after the parties. */
  readonly dataDir: string;
  /** Told what a person should know: what is done once, and a process that ended by itself. */
  readonly log: (message: string) => void;
  /** Called before anything runs, so that the extension can be built meanwhile. */
  readonly onConfig?: (config: Config) => void;
}

export interface Stack {
  /** The build-time configuration of an extension that talks to this stack. */
  readonly config: Config;
  readonly urls: Urls;
  readonly chain: {
    readonly rpcUrl: string;
    /** Sends from a development account of the chain. @returns the hash, mined */
    fund(address: string, valueWei: bigint): Promise<string>;
  };
  /** The folder with a party's keys and database. */
  dataOf(name: PartyName): string;
  /** Everything that a party has logged since the stack started. */
  logs(name: PartyName): Promise<string>;
  stopRealm(index: number): Promise<void>;
  startRealm(index: number): Promise<void>;
  /** Ends a party as a power cut does. */
  kill(name: PartyName): Promise<void>;
  /** Starts a party that was stopped or killed; resolves when it answers. */
  start(name: PartyName): Promise<void>;
  restart(name: PartyName): Promise<void>;
  /**
   * Vault, issuer and realms are stopped, and started again that much later than they were.
   * @param meanwhile runs while none of them has its database open
   */
  passTime(aheadMs: number, meanwhile?: () => Promise<void>): Promise<void>;
  /** Stops everything that runs. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts everything and resolves when all of it answers. What was started ends with this process, however that ends.
 * @throws PortTaken, or Error with the last log lines of the process that did not start; nothing runs then
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir: folder, log, onConfig } = options;
  const dataDir = resolve(folder);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const [ports, program] = await Promise.all([portsOf(dataDir), bundlePrograms()]);
  const keys = await openKeys(dataDir, program);
  const urls = urlsOf(ports);
  const config = configOf(urls, keys);
  const settings = settingsOf(dataDir, ports, keys, config);
  onConfig?.(config);

  const running = new Map<PartyName, RunningProcess>();
  let lateMs = 0;
  const dataOf = (name: PartyName) => join(dataDir, name);
  const logFile = (name: PartyName) => join(dataDir, 'logs', `${name}.log`);
  const start = async (name: PartyName) => {
    if (running.has(name)) return;
    const { env: own, health, program: which } = settings[name];
    const env = lateMs > 0 ? { ...own, STACK_AHEAD_MS: String(lateMs) } : own;
    await mkdir(dataOf(name), { recursive: true, mode: 0o700 });
    const isReady = () => answers(health);
    running.set(
      name,
      await startProcess({ name, program: program(which), env, logFile: logFile(name), isReady, onDeath: log }),
    );
  };
  const end = async (name: PartyName, how: 'stop' | 'kill') => {
    const process = running.get(name);
    running.delete(name);
    await process?.[how]();
  };
  const stop = async () => {
    await Promise.all(PARTY_NAMES.map((name) => end(name, 'stop')));
  };

  await rm(join(dataDir, 'logs'), { recursive: true, force: true });
  const started = await Promise.allSettled(PARTY_NAMES.map(start));
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return {
    config,
    urls,
    chain: { rpcUrl: urls.chain, fund: (address, valueWei) => fundAccount(urls.chain, address, valueWei) },
    dataOf,
    logs: (name) => readFile(logFile(name), 'utf8'),
    stopRealm: (index) => end(realmName(index), 'stop'),
    startRealm: (index) => start(realmName(index)),
    kill: (name) => end(name, 'kill'),
    start,
    restart: async (name) => {
      await end(name, 'stop');
      await start(name);
    },
    passTime: async (aheadMs, meanwhile) => {
      const late = PARTY_NAMES.filter((name) => name !== 'identity' && name !== 'chain');
      await Promise.all(late.map((name) => end(name, 'stop')));
      lateMs += aheadMs;
      const startAll = async () => {
        // The issuer asks the others as soon as it runs, and for minutes not again what one of them did not answer.
        await Promise.all(late.filter((name) => name !== 'issuer').map(start));
        await start('issuer');
      };
      await meanwhile?.().finally(startAll);
      await startAll();
    },
    stop,
  };
}

function realmName(index: number): PartyName {
  const name = REALM_NAMES[index];
  if (name === undefined) throw new RangeError(`there are ${REALM_NAMES.length} realms`);
  return name;
}

async function answers({ url, body }: PartySettings['health']): Promise<boolean> {
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const response = await fetch(url, {
    signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    headers,
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
  await response.arrayBuffer();
  return response.ok;
}
