/** A browser that nobody looks into: Chromium prerenders no page that a debugger is attached to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { throwAway } from './throw-away';

/** What the browser would ask its makers for: the time, hints, a search page. */
const ASKS_BY_ITSELF = [
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'AimEnabled',
  'PreconnectToSearch',
  'MediaRouter',
];

/** @param url is opened at once. @returns ends the browser and throws its profile away */
export async function openUnwatched(
  extensionFolder: string,
  url: string,
  browserArguments: readonly string[],
): Promise<() => Promise<void>> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  const profile = mkdtempSync(join(tmpdir(), 'halfkey-profile-'));
  const browser = spawn(
    executablePath,
    [
      `--user-data-dir=${profile}`,
      `--disable-extensions-except=${extensionFolder}`,
      `--load-extension=${extensionFolder}`,
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${ASKS_BY_ITSELF.join(',')}`,
      ...browserArguments,
      url,
    ],
    { stdio: 'ignore' },
  );
  const ended = once(browser, 'exit');
  return async () => {
    browser.kill();
    await ended;
    await throwAway(profile);
  };
}
