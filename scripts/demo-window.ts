/** The demo for a person: everything runs, a Chromium shows the wallet, Ctrl-C stops all of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EXTENSION_ID } from '@/config/extension-id';
import { findChromium } from './bootstrap.mjs';
import { FUNDS_ETH, giveFunds } from './demo-funds';
import type { Stack } from './stack/stack';
import { startAll } from './stack/start-all';

export interface WindowOptions {
  readonly dataDir: string;
  /** When the packages were there, on the clock of `performance.now()`. */
  readonly startedAtMs: number;
}

const WELCOME = `chrome-extension://${EXTENSION_ID}/tab.html`;

/** Resolves when the user has stopped it. @returns the exit status */
export async function openWindow({ dataDir, startedAtMs }: WindowOptions): Promise<number> {
  const stopped = signalled();
  const { stack, extensionFolder } = await startAll(dataDir, console.log);
  const browser = await browserOpener(extensionFolder, join(dataDir, 'profile'));
  browser.open();
  console.log(introduction(stack, dataDir, (performance.now() - startedAtMs) / 1000));
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => obey(line.trim(), stack, browser.open));
  await stopped;
  console.log('\nStopping ...');
  lines.close();
  process.stdin.destroy();
  await Promise.all([browser.close(), stack.stop()]);
  console.log(`Stopped. Everything is kept in ${dataDir}.`);
  return 0;
}

const signalled = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** An address gets funds, an empty line another window. */
function obey(line: string, stack: Stack, openBrowser: () => void): void {
  if (line === '') openBrowser();
  else
    giveFunds(stack.chain.rpcUrl, line).then(console.log, (error: Error) => console.log(`No funds: ${error.message}`));
}

async function browserOpener(extensionFolder: string, profile: string) {
  const chromium = await findChromium();
  if (chromium === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  let running: ChildProcess | undefined;
  const open = () => {
    if (running !== undefined) return;
    if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
      console.log(`There is no display, so no browser was opened. The extension is in ${extensionFolder}.`);
      console.log('"npm run demo -- --headless" plays the story without a display.');
      return;
    }
    preparePins(profile);
    const child = spawn(chromium, chromiumArguments(extensionFolder, profile), { stdio: 'ignore' });
    running = child;
    child.once('error', (error) => console.log(`The browser did not start: ${error.message}`));
    child.once('exit', () => {
      running = undefined;
      console.log('The browser is closed. Enter opens it again, Ctrl-C stops everything.');
    });
  };
  const close = async () => {
    const child = running;
    if (child === undefined) return;
    child.removeAllListeners('exit');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  };
  return { open, close };
}

function chromiumArguments(extensionFolder: string, profile: string): string[] {
  return [
    `--user-data-dir=${profile}`,
    `--disable-extensions-except=${extensionFolder}`,
    `--load-extension=${extensionFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    // Chromium refuses to run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--hide-crash-restore-bubble',
    // The extension opens its page itself, once it is loaded; named here it would be asked for too early.
    'about:blank',
  ];
}

/** A new profile shows the wallet in the toolbar from the start, instead of behind the puzzle piece. */
function preparePins(profile: string): void {
  if (existsSync(profile)) return;
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = { extensions: { pinned_extensions: [EXTENSION_ID] } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

function introduction({ urls }: Stack, dataDir: string, readyS: number): string {
  return `
Ready after ${readyS.toFixed(1)} s. All of it runs on this machine:

  identity   ${urls.identity}   plays Google. A name is an account: Mira and Jonas are there, any other is made
  apple      ${urls.apple}   plays Apple, the same way
  relay      ${urls.relay}
  issuer     ${urls.issuer}
  vault      ${urls.vault}
  realms     ${urls['realm-1']}, ${urls['realm-2']}, ${urls['realm-3']}
  chain      ${urls.chain}   a local Ethereum node, chain id 31337
  wallet     ${WELCOME}, and in the toolbar
  data       ${dataDir}   keys, databases, logs, the browser's profile

This is a development setup. Three realms on one machine, beside the vault, protect nothing.

Funds: paste an address here and press Enter, and it gets ${FUNDS_ETH} ETH of the local chain.
       Or in another terminal: npm run demo -- --fund 0x...
Ctrl-C stops all of it. The data stays; "npm run demo -- --reset" begins anew.
`;
}
