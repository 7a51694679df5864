/** The test dApp that MetaMask publishes, as it is on npm, served on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { expect } from '@playwright/test';
import { approval, approvalWindows } from './pages/approval';
import { home } from './pages/home';
import { settings } from './pages/settings';
import { type Site, startSite } from './site';
import { WORK_MS } from './steps';
import { connect, decide, type Visit } from './visit';

const DIST = join(dirname(createRequire(import.meta.url).resolve('@metamask/test-dapp/package.json')), 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Each is another origin. */
export const startTestDapp = (): Promise<Site> =>
  startSite({}, (path) => {
    const file = join(DIST, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(DIST) || !existsSync(file)) return null;
    return { body: readFileSync(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
  });

/** Connects, and has the wallet answer to the name that the dApp looks for. @returns the account, in lower case */
export async function connectAsMetaMask(visit: Visit): Promise<string> {
  const account = await connect(visit);
  const wallet = await visit.browser.openPopup();
  await home(wallet).shown(WORK_MS);
  await settings(wallet).open();
  await wallet.getByRole('button', { name: /^Connected sites/ }).click();
  await wallet.getByRole('button', { name: new RegExp(new URL(visit.page.url()).host) }).click();
  const name = wallet.getByRole('switch', { name: 'Answer to the name MetaMask' });
  await name.click();
  await expect(name).toBeChecked();
  await wallet.close();
  await visit.page.bringToFront();
  await visit.page.reload();
  await expect(visit.page.locator('#accounts')).toHaveText(account);
  return account;
}

/** The dApp's own buttons and results, by their ids. */
export const testDapp = (visit: Visit) => {
  const { page, browser } = visit;
  const press = async (id: string): Promise<void> => {
    const button = page.locator(`#${id}`);
    await expect(button).toBeEnabled();
    // Some lie under others: the dApp is wide.
    await button.evaluate((element: HTMLElement) => element.click());
  };
  return {
    press,
    result: (id: string) => page.locator(`#${id}`),
    /** Presses, and does it in the window that opens. @param looked what has to stand there before */
    approve: async (id: string, action: RegExp, looked: readonly (string | RegExp)[] = []) => {
      await decide(visit, press(id), async (window) => {
        for (const text of looked) await expect(window.getByText(text).first()).toBeVisible();
        await approval(window).approve(action);
      });
    },
    /** The same, and says no. Three times in half a minute are too often for the wallet. */
    reject: async (id: string, looked: readonly (string | RegExp)[]) => {
      await decide(visit, press(id), async (window) => {
        for (const text of looked) await expect(window.getByText(text).first()).toBeVisible();
        await approval(window).reject();
      });
    },
    /** Refused before anybody is asked. */
    refused: async (id: string, resultId: string, words: RegExp = /^Error: /) => {
      const result = page.locator(`#${resultId}`);
      await result.evaluate((element) => element.replaceChildren());
      await press(id);
      await expect(result, id).toHaveText(words);
      expect(approvalWindows(browser.context), id).toHaveLength(0);
    },
  };
};
