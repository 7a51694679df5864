/** One process of the stack: its log, its readiness, its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const LIFELINE = pathToFileURL(join(import.meta.dirname, 'lifeline.mjs')).href;
const READY_TIMEOUT_MS = 180_000;
const POLL_MS = 40;
const STOP_TIMEOUT_MS = 15_000;
const LAST_LINES = 20;

/** What of this environment a service may see: its own variables say everything else. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'ANVIL_PATH'];

export interface ProcessOptions {
  readonly name: string;
  /** A module for Node. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Asked until it says yes. */
  readonly isReady: () => Promise<boolean>;
  /** A process that ended although nobody asked it to. */
  readonly onDeath: (message: string) => void;
}

export interface RunningProcess {
  readonly pid: number | undefined;
  /** As an operator stops it: requests in flight are answered. */
  stop(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
}

/** @throws Error with the last lines of its log when the process ends or does not become ready in three minutes */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, program, args = [], env, logFile } = options;
  const child = spawnInto(logFile, ['--import', LIFELINE, program, ...args], env);
  let wanted: 'running' | 'stopped' = 'running';
  let ready = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(signal === null ? `status ${status}` : `${signal}`));
  });
  exited.then((how) => {
    if (ready && wanted === 'running') options.onDeath(`${name} ended by itself (${how})${lastLines(logFile)}`);
  });
  const running: RunningProcess = {
    pid: child.pid,
    stop: () => {
      wanted = 'stopped';
      return end(child, exited, 'SIGTERM');
    },
    kill: () => {
      wanted = 'stopped';
      return end(child, exited, 'SIGKILL');
    },
  };
  try {
    await untilReady(options, exited);
  } catch (error) {
    await running.kill();
    throw error;
  }
  ready = true;
  return running;
}

/** Runs a program to its end. @returns its output. @throws Error with its log when it fails */
export async function runToEnd(name: string, program: string, args: readonly string[] = []): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], { env: inherited(), stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complaint] = [collect(child.stdout), collect(child.stderr)];
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`${name} failed: ${complaint().trim()}`);
  return said();
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

function spawnInto(logFile: string, args: string[], env: Readonly<Record<string, string>>): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  // In a group of its own: a Ctrl-C in the terminal reaches the starter alone, which then stops each once.
  const child = spawn(process.execPath, args, {
    env: { ...inherited(), ...env },
    stdio: ['pipe', log, log],
    detached: process.platform !== 'win32',
  });
  closeSync(log);
  return child;
}

function inherited(): Record<string, string> {
  return Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

async function untilReady({ name, isReady, logFile }: ProcessOptions, exited: Promise<string>): Promise<void> {
  const deadlineMs = Date.now() + READY_TIMEOUT_MS;
  let ended: string | undefined;
  exited.then((how) => {
    ended = how;
  });
  while (!(await isReady().catch(() => false))) {
    if (ended !== undefined) throw new Error(`${name} ended while starting (${ended})${lastLines(logFile)}`);
    if (Date.now() > deadlineMs) throw new Error(`${name} was not ready within three minutes${lastLines(logFile)}`);
    await delay(POLL_MS);
  }
}

async function end(child: ChildProcess, exited: Promise<string>, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  const impatience = new AbortController();
  delay(STOP_TIMEOUT_MS, undefined, { signal: impatience.signal })
    .then(() => child.kill('SIGKILL'))
    .catch(() => undefined);
  await exited;
  impatience.abort();
}

function lastLines(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES);
  return `; the end of ${logFile}:\n  ${lines.join('\n  ')}`;
}
