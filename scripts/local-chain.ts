import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface LocalChain {
  rpcUrl: string;
  chainId: number;
  /** Sends `valueWei` from the chain's first development account; resolves when it is mined. @returns transaction hash */
  fund(address: string, valueWei: bigint): Promise<string>;
  stop(): Promise<void>;
}

export interface LocalChainOptions {
  /** Without it the system gives a free one. */
  port?: number;
  chainId?: number;
  /** File that keeps the chain between two starts. */
  stateFile?: string;
}

/**
 * Starts a development node on 127.0.0.1 that mines each transaction at once.
 * Its accounts come from the public test phrase, so two starts are alike.
 * @throws Error when no node program is there, or the port is taken
 */
export async function startLocalChain({
  port = 0,
  chainId = 31_337,
  stateFile,
}: LocalChainOptions = {}): Promise<LocalChain> {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId)];
  if (stateFile !== undefined) args.push('--state', stateFile);
  const node = spawn(findAnvil(), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithUs = () => node.kill('SIGKILL');
  process.once('exit', killWithUs);
  const rpcUrl = `http://${await listening(node)}`;
  return {
    rpcUrl,
    chainId,
    fund: (address, valueWei) => fundAccount(rpcUrl, address, valueWei),
    stop: () =>
      new Promise((resolve) => {
        process.removeListener('exit', killWithUs);
        if (node.exitCode !== null || node.signalCode !== null) return resolve();
        node.once('exit', () => resolve());
        node.kill('SIGINT'); // as by hand: it writes its state first
      }),
  };
}

const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** `ANVIL_PATH`, the package of this platform, or a Foundry that the user installed. */
function findAnvil(): string {
  if (process.env.ANVIL_PATH) return process.env.ANVIL_PATH;
  const program = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  const name = `@foundry-rs/anvil-${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'bin', program);
  } catch {
    const folders = [...(process.env.PATH ?? '').split(':'), join(process.env.HOME ?? '', '.foundry', 'bin')];
    const found = folders.map((folder) => join(folder, program)).find(existsSync);
    if (found) return found;
    throw new Error(`no local Ethereum node for ${name}: install Foundry (https://getfoundry.sh) or set ANVIL_PATH`);
  }
}

/** @returns host and port, once the node says that it listens */
function listening(node: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const address = /Listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address) resolve(address);
    };
    node.stdout?.on('data', hear);
    node.stderr?.on('data', hear);
    node.once('error', reject);
    node.once('exit', () => reject(new Error(`the local Ethereum node stopped at once: ${said.trim()}`)));
  });
}

/** Sends `valueWei` from the first development account of a local chain. @returns the hash, mined */
export async function fundAccount(rpcUrl: string, to: string, valueWei: bigint): Promise<string> {
  const [from] = await rpc<string[]>(rpcUrl, 'eth_accounts');
  // Answers when it is mined (EIP-7966): without it a receipt may come a moment after the hash.
  const { status, transactionHash } = await rpc<{ status: string; transactionHash: string }>(
    rpcUrl,
    'eth_sendTransactionSync',
    [{ from, to, value: `0x${valueWei.toString(16)}` }],
  );
  if (status !== '0x1') throw new Error(`funding ${to} was not mined`);
  return transactionHash;
}

/** @throws Error with the node's words */
async function rpc<T>(rpcUrl: string, method: string, params: unknown[] = []): Promise<T> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}
