import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type CDPSession,
  type ConsoleMessage,
  chromium,
  type Page,
  type Worker,
} from '@playwright/test';
import { EXTENSION_ID } from '@/config/extension-id';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { throwAway } from './throw-away';

const POPUP = { width: 360, height: 600 };
const SIDE_PANEL = { width: 320, height: 640 };
const STILL = 'icons/16.png';

export interface BrowserOptions {
  /** Folder of a browser that has ended; without it a new, empty one. */
  profile?: string;
  /** More arguments of the command line. */
  browserArguments?: readonly string[];
}

/** One browser with the extension in it. */
export interface WalletBrowser {
  context: BrowserContext;
  /** The folder where it keeps everything. */
  profile: string;
  /** The toolbar popup's page, in its size. */
  openPopup(): Promise<Page>;
  openTab(): Promise<Page>;
  /** The side panel's page, as narrow as it can be. */
  openSidePanel(): Promise<Page>;
  /** A page of the extension that runs no code and leaves the background alone; storage can be read from it. */
  openStill(): Promise<Page>;
  /** Ends the background as the browser does when it is idle; resolves once it is gone. */
  killWorker(): Promise<void>;
  /** The background, started if it was not running. */
  background(): Promise<Worker>;
  /** Ends the browser as its user does, and leaves its profile. */
  quit(): Promise<void>;
  /** The same as a power cut does it. */
  crash(): Promise<void>;
  /** Console errors and uncaught exceptions of all pages and of the background, in order. */
  errors: string[];
  /** Closes the browser and throws its profile away. */
  close(): Promise<void>;
}

export async function launchWalletBrowser(
  extensionFolder: string,
  { profile = mkdtempSync(join(tmpdir(), 'halfkey-profile-')), browserArguments = [] }: BrowserOptions = {},
): Promise<WalletBrowser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [
      `--disable-extensions-except=${extensionFolder}`,
      `--load-extension=${extensionFolder}`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...browserArguments,
    ],
  });
  const errors: string[] = [];
  // The browser draws an image with styles of its own, which the policy of the extension refuses.
  const isOurs = (message: ConsoleMessage) => !message.location().url.endsWith(STILL);
  context.on('console', (message) => message.type() === 'error' && isOurs(message) && errors.push(message.text()));
  context.on('weberror', (webError) => errors.push(webError.error().message));
  if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker');

  const open = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`chrome-extension://${EXTENSION_ID}/${path}`);
    return page;
  };
  // A page that others stood before, or whose size was changed, gets a frame a second, and every click waits for two.
  let inUse: Page | undefined;
  const use = async (page: Page): Promise<Page> => {
    inUse = page;
    await page.bringToFront();
    return page;
  };
  const thenBack = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    if (inUse?.isClosed() === false) await inUse.bringToFront();
    return result;
  };
  return {
    context,
    profile,
    errors,
    background: () => thenBack(backgroundOf(context, open)),
    quit: () => context.close(),
    crash: () => crash(context),
    openPopup: async () => {
      const page = await open('popup.html');
      await page.setViewportSize(POPUP);
      return use(page);
    },
    openTab: async () => use(await open('tab.html')),
    openSidePanel: async () => {
      const page = await open('sidepanel.html');
      await page.setViewportSize(SIDE_PANEL);
      return use(page);
    },
    openStill: () => open(STILL),
    killWorker: () => thenBack(killWorker(context, open)),
    close: async () => {
      await context.close();
      await throwAway(profile);
    },
  };
}

/** A worker ended this way is told by ServiceWorker.workerVersionUpdated; Playwright's own `close` event does not come. */
async function killWorker(context: BrowserContext, open: (path: string) => Promise<Page>): Promise<void> {
  const page = await open(STILL);
  const session = await context.newCDPSession(page);
  const running = new Set<string>();
  const stopped = new Promise<void>((resolve) =>
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        if (runningStatus === 'stopped') running.delete(versionId);
        else running.add(versionId);
      }
      if (versions.length > 0 && running.size === 0) resolve();
    }),
  );
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await page.close();
}

async function backgroundOf(context: BrowserContext, open: (path: string) => Promise<Page>): Promise<Worker> {
  const page = await open(STILL);
  await page.close();
  return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

async function crash(context: BrowserContext): Promise<void> {
  const session = await browserSession(context);
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const browser = processInfo.find(({ type }) => type === 'browser');
  if (browser === undefined) throw new Error('the browser does not name its process');
  const closed = context.waitForEvent('close');
  process.kill(browser.id, 'SIGKILL');
  await closed;
}

async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('no browser behind the context');
  return session;
}
