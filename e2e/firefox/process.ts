/** The Firefox program itself: its profile, its start, its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFirefox } from '@/scripts/bootstrap.mjs';

const STARTING_MS = 120_000;
const ENDING_MS = 20_000;
const SAYS_WHERE = /WebDriver BiDi listening on (ws:\/\/\S+)/;

export type Preferences = Readonly<Record<string, string | number | boolean>>;

export interface FirefoxProcess {
  /** Where its BiDi sessions are. */
  readonly url: string;
  /** Resolves when it has ended by itself; ends it otherwise. */
  ended(): Promise<void>;
  /** As a power cut does it. */
  kill(): Promise<void>;
}

/** @throws Error with what it said when it does not start */
export async function startFirefox(profile: string, preferences: Preferences): Promise<FirefoxProcess> {
  const program = await findFirefox();
  if (program === undefined) throw new Error('no Firefox: run node scripts/bootstrap.mjs');
  mkdirSync(profile, { recursive: true });
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const child = spawn(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--remote-allow-system-access'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    },
  );
  const gone = once(child, 'exit');
  const url = await whereItListens(child);
  return {
    url: `${url}/session`,
    ended: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), ENDING_MS);
      await gone;
      clearTimeout(late);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function whereItListens(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`Firefox ${why}:\n${said.join('\n')}`));
    };
    const late = setTimeout(fail, STARTING_MS, 'did not start in time');
    child.once('error', ({ message }) => fail(message));
    const endedEarly = (status: number | null) => fail(`ended with status ${status}`);
    child.once('exit', endedEarly);
    if (child.stderr === null) return fail('has no output');
    // Read to the end: a full pipe would stop the browser.
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const url = SAYS_WHERE.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      child.off('exit', endedEarly);
      resolve(url);
    });
  });
}
