import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Environment = Readonly<Record<string, string>>;

/** @param program TypeScript, or a bundle of it, which starts faster */
const run = (program: string, environment: Environment) =>
  spawn(process.execPath, [...(program.endsWith('.ts') ? ['--import', 'tsx'] : []), program], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

export interface ServiceProcess {
  /** Without a final slash. */
  readonly url: string;
  readonly pid: number;
  /** SIGTERM, and the exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL: as a power cut does. */
  kill(): Promise<void>;
}

/** Starts a server as a process of its own, with these variables and no others, and returns when it listens. */
export async function startProcess(program: string, environment: Environment): Promise<ServiceProcess> {
  const child = run(program, environment);
  child.stderr.pipe(process.stderr);
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const { msg, port } = JSON.parse(line);
    if (msg !== 'listening') continue;
    child.stdout.resume();
    const stop = async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    };
    const kill = async () => {
      child.kill('SIGKILL');
      await exited;
    };
    return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop, kill };
  }
  throw new Error(`${program} ended before it listened`);
}

/** Starts a server that should not start. @returns its exit status, and what it said on stderr */
export async function startInVain(
  program: string,
  environment: Environment,
): Promise<{ status: number | null; text: string }> {
  const child = run(program, environment);
  child.stdout.resume();
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const [status] = await once(child, 'close');
  return { status, text };
}
