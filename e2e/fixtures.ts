import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildExtension } from '@/scripts/build-extension';
import { type BrowserOptions, launchWalletBrowser, type WalletBrowser } from './browser';
import { type Network, watchNetwork } from './network';
import { home } from './pages/home';
import { type Stack, startStack } from './stack';
import { createWallet, type Owner } from './steps';

interface WorkerFixtures {
  /** A name for those who want servers that nobody else plays on; empty: shared. */
  ownStack: string;
  stack: Stack;
  /** The extension, built against the stack. */
  extensionFolder: string;
  /** A locked wallet, made once; each test that asks for it gets copies of its profile. */
  lockedWallet: LockedWallet;
}

/** A profile with a wallet that opens with its owner's password. */
export interface LockedWallet extends Owner {
  address: string;
  /** A copy of the profile, to open a browser with. */
  copy(): string;
}

interface TestFixtures {
  /** Everything that the browsers of this test send. What leaves the configured parties fails the test. */
  network: Network;
  /**
   * Origins outside of the configured ones that this test asks for on purpose; null where a page of somebody else's asks
   * whom it likes. Nobody of them is reached.
   */
  expectedForeign: string[] | null;
  /** Opens one more browser, with a new profile unless one is named; all are closed after the test. */
  openBrowser: (options?: BrowserOptions & { extensionFolder?: string }) => Promise<WalletBrowser>;
  /** A browser with a new profile. */
  wallet: WalletBrowser;
  /** Errors on the console that this test expects; any other fails it. */
  expectedErrors: RegExp[];
}

export { expect };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Playwright takes a new worker, and with it a new stack, where an option of workers differs.
  ownStack: ['', { option: true, scope: 'worker' }],

  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern.
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  extensionFolder: [
    async ({ stack }, use) => {
      // One folder a run: another run beside this one builds against other servers.
      const outFolder = mkdtempSync(join(tmpdir(), 'halfkey-extension-'));
      await use(await buildExtension({ configPath: stack.configPath, outFolder }));
      rmSync(outFolder, { recursive: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  lockedWallet: [
    async ({ extensionFolder }, use, { workerIndex }) => {
      const owner = { account: `Owner ${workerIndex}`, pin: '482913', password: 'copper lantern drift' };
      const browser = await launchWalletBrowser(extensionFolder);
      const page = await browser.openTab();
      await createWallet(browser, page, owner);
      const address = await home(page).address();
      await browser.quit();
      const folder = mkdtempSync(join(tmpdir(), 'halfkey-copies-'));
      const copy = () => {
        const profile = mkdtempSync(join(folder, 'profile-'));
        cpSync(browser.profile, profile, { recursive: true });
        return profile;
      };
      await use({ ...owner, address, copy });
      for (const used of [browser.profile, folder]) rmSync(used, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  network: async ({ stack, expectedForeign }, use) => {
    const network = await watchNetwork([...Object.values(stack.urls), stack.prices.origin]);
    await use(network);
    await network.stop();
    if (expectedForeign !== null) expect([...new Set(network.foreign)].sort()).toEqual(expectedForeign);
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern.
  expectedForeign: async ({}, use) => use([]),

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern.
  expectedErrors: async ({}, use) => use([]),

  openBrowser: async ({ extensionFolder, network, expectedErrors }, use) => {
    const opened: WalletBrowser[] = [];
    await use(async ({ browserArguments = [], extensionFolder: other, ...options } = {}) => {
      const browser = await launchWalletBrowser(other ?? extensionFolder, {
        ...options,
        browserArguments: [...network.browserArguments, ...browserArguments],
      });
      opened.push(browser);
      return browser;
    });
    const errors = opened.flatMap((browser) => browser.errors);
    // The last one first: an earlier one may have left it its folder.
    for (const browser of opened.toReversed()) await browser.close();
    expect(errors.filter((error) => !expectedErrors.some((pattern) => pattern.test(error)))).toEqual([]);
  },

  wallet: async ({ openBrowser }, use) => use(await openBrowser()),
});
