/** Firefox with the extension in it, behind the same face as Chromium in `e2e/browser.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { GECKO_ID } from '@/config/extension-id';
import type { WalletBrowser } from '../browser';
import { connectBidi } from './bidi';
import { type InChrome, openChromeScope, watchConsole } from './chrome-scope';
import { type FirefoxProcess, type Preferences, startFirefox } from './process';
import { watchPages } from './watch';

const POPUP = { width: 360, height: 600 };
const LOOPBACK = '127.0.0.1';
/** The host of the extension's pages, which Firefox otherwise draws for each profile. */
const UUID = '5a17c3e0-0000-4000-8000-00000000f0c5';
const EXTENSION = `moz-extension://${UUID}`;

export type FirefoxBrowser = Pick<
  WalletBrowser,
  'context' | 'profile' | 'openPopup' | 'openTab' | 'killWorker' | 'close'
> & {
  /** A page of the web, in a tab of its own. */
  openSite(url: string): Promise<Page>;
  /** Console errors and uncaught exceptions of all pages and of the background, until now. */
  errors(): Promise<string[]>;
  inChrome: InChrome;
};

export interface FirefoxOptions {
  /** Port on this machine of a proxy that everything goes through. */
  readonly proxyPort: number;
  readonly preferences?: Preferences;
}

/** A Firefox with a new profile. */
export async function launchFirefox(extensionFolder: string, options: FirefoxOptions): Promise<FirefoxBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'halfkey-firefox-'));
  const firefox = await startFirefox(profile, { ...preferencesOf(options), ...options.preferences });
  try {
    return await withExtension(firefox, profile, extensionFolder);
  } catch (error) {
    await firefox.kill();
    throw error;
  }
}

function preferencesOf({ proxyPort }: FirefoxOptions): Preferences {
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [GECKO_ID]: UUID }),
    'network.proxy.type': 1,
    'network.proxy.http': LOOPBACK,
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': LOOPBACK,
    'network.proxy.ssl_port': proxyPort,
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.no_proxies_on': '',
    'network.proxy.failover_direct': false,
    // What Firefox would ask for by itself.
    'browser.chrome.site_icons': false,
    'media.gmp-manager.updateEnabled': false,
    'media.gmp-manager.url': 'data:,',
  };
}

async function withExtension(
  firefox: FirefoxProcess,
  profile: string,
  extensionFolder: string,
): Promise<FirefoxBrowser> {
  const bidi = await connectBidi(firefox.url);
  await bidi.send('session.new', { capabilities: {} });
  const pageErrors: string[] = [];
  const pages = await watchPages(bidi, pageErrors);
  const inChrome = await openChromeScope(bidi);
  const backgroundErrors = await watchConsole(inChrome, EXTENSION);
  const greeted = pages.next(() => true);
  await bidi.send('webExtension.install', { extensionData: { type: 'path', path: extensionFolder } });
  await greeted;

  const openAt = async (url: string): Promise<Page> => {
    const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' });
    const page = pages.page(context);
    await page.goto(url);
    return page;
  };
  const open = (path: string) => openAt(`${EXTENSION}/${path}`);
  return {
    context: pages.browser,
    profile,
    inChrome,
    errors: async () => [...new Set([...pageErrors, ...(await backgroundErrors())])],
    openPopup: async () => {
      const page = await open('popup.html');
      await page.setViewportSize(POPUP);
      return page;
    },
    openTab: () => open('tab.html'),
    openSite: openAt,
    killWorker: async () => {
      await inChrome(`
        const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)});
        await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });`);
    },
    close: async () => {
      await bidi.send('browser.close', {}).catch(() => undefined);
      bidi.close();
      await firefox.ended();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
