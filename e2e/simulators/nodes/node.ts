/** A real node of its own chain, for tests: see `node-main.cjs`. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type NodeName = 'bcoin' | 'bcash';

/** Blocks after which the rules of today hold: segregated witness on bcoin, and a purse that is mature. */
const FIRST_BLOCKS: Readonly<Record<NodeName, number>> = { bcoin: 440, bcash: 130 };

export class NodeRefusal extends Error {}

export interface RawBlock {
  readonly hash: string;
  /** Seconds since the epoch. */
  readonly time: number;
  readonly transactions: readonly string[];
}

export interface Node {
  tip(): Promise<{ readonly height: number; readonly hash: string }>;
  block(height: number): Promise<RawBlock>;
  mempool(): Promise<readonly { readonly hex: string; readonly time: number }[]>;
  /** @returns its txid; @throws NodeRefusal with the node's reason */
  send(hex: string): Promise<string>;
  /** @param script of who gets the rewards, in hex; the node's purse without one. @returns the height */
  mine(count: number, script?: string): Promise<number>;
  /** A longer chain without the last blocks: what was in them waits again. @returns the height */
  reorganise(count: number): Promise<number>;
  /** Pays out of the node's purse. @returns the txid */
  pay(script: string, amount: number): Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly ready?: true;
  readonly value?: unknown;
  readonly refused?: string;
  readonly broken?: string;
}

/** With its first blocks mined. @throws Error where the packages are missing */
export async function startNode(name: NodeName): Promise<Node> {
  const folder = import.meta.dirname;
  if (!existsSync(join(folder, 'node_modules', name)))
    throw new Error(`${name} is missing: npm ci --prefix e2e/simulators/nodes`);
  const child = fork(join(folder, 'node-main.cjs'), [name], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = await openIpc(child);
  const node: Node = {
    tip: () => ask('tip', {}),
    block: (height) => ask('block', { height }),
    mempool: () => ask('mempool', {}),
    send: (hex) => ask('send', { hex }),
    mine: (count, script) => ask('mine', { count, script }),
    reorganise: (count) => ask('reorganise', { count }),
    pay: (script, amount) => ask('pay', { script, amount }),
    close: async () => {
      if (child.exitCode !== null || !child.connected) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    },
  };
  await node.mine(FIRST_BLOCKS[name]);
  return node;
}

type Ask = <Value>(method: string, params: object) => Promise<Value>;

function openIpc(child: ChildProcess): Promise<Ask> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  const ask: Ask = (method, params) => {
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, method, params });
    });
  };
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const error = new Error(`the node ended with ${code}`);
      for (const one of waiting.values()) one.reject(error);
      reject(error);
    });
    child.on('message', ({ id = 0, ready, value, refused, broken }: Answer) => {
      if (ready) return resolve(ask);
      const one = waiting.get(id);
      waiting.delete(id);
      if (refused !== undefined) one?.reject(new NodeRefusal(refused));
      else if (broken !== undefined) one?.reject(new Error(broken));
      else one?.resolve(value as never);
    });
  });
}
