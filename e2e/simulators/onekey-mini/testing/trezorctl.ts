/** A client of the simulator that nobody here wrote: Debian's `trezor` package, over UDP. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createMini } from '../device';
import { willing } from '../person';
import { plugIn } from '../pipe';
import type { Mini, MiniOptions } from '../types';
import { serveUdp, type UdpEnd } from '../udp';

export const HAS_CLIENT = spawnSync('trezorctl', ['version']).status === 0;
if (!HAS_CLIENT && process.env.CI) throw new Error('trezorctl is missing: apt-get install trezor');

let end: UdpEnd | undefined;

/** Port of the device that was started last. */
export const port = (): number | undefined => end?.port;
export const stop = (): void => end?.close();

/** A device without a PIN, whose person is willing. */
export async function start(options: Partial<MiniOptions> & Pick<MiniOptions, 'mnemonic'>): Promise<Mini> {
  const mini = createMini({
    pin: null,
    person: willing('1234'),
    random: (length) => new Uint8Array(randomBytes(length)),
    after: () => () => undefined,
    ...options,
  });
  end = await serveUdp(plugIn(mini));
  return mini;
}

export const trezorctl = (...args: string[]): Promise<string> =>
  run('trezorctl', ['-p', `udp:127.0.0.1:${port()}`, ...args]);

/** What it prints. @throws Error with it where the command fails. @param input on its stdin */
export function run(command: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(command, args);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(text))));
  });
}
