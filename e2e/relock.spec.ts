import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { WORK_MS } from './steps';

const MINUTE_MS = 60_000;
const IDLE_MS = 15 * MINUTE_MS;
/** Time to end the background, and to look, before its alarm: on a busy machine that takes a while. */
const SOON_MS = 20_000;

test('the wallet locks on time although the background was killed and no page is open', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openUnlocked(openBrowser, lockedWallet);
  await letTimePass(browser, 'alarm-soon');
  await browser.killWorker();
  const still = await browser.openStill();
  // Whatever else wakes the background meanwhile, the time is not over before the alarm.
  expect(await still.evaluate(readSession)).toHaveProperty('keyring');
  await expect.poll(() => still.evaluate(readSession), { timeout: WORK_MS }).not.toHaveProperty('keyring');
  expect(await still.evaluate(readSession)).not.toHaveProperty('session');
  await locked(await browser.openPopup()).shown();
});

test('the wallet is locked at the next look when its alarm never came', async ({ openBrowser, lockedWallet }) => {
  const browser = await openUnlocked(openBrowser, lockedWallet);
  await letTimePass(browser, 'no-alarm');
  await browser.killWorker();
  await locked(await browser.openPopup()).shown();
  expect(await (await browser.background()).evaluate(readSession)).not.toHaveProperty('keyring');
});

test('a page that is open shows at once that another one has locked', async ({ openBrowser, lockedWallet }) => {
  const browser = await openUnlocked(openBrowser, lockedWallet);
  const [popup, tab] = [await browser.openPopup(), await browser.openTab()];
  await home(tab).shown();
  await home(popup).lock();
  await Promise.all([locked(popup).shown(), locked(tab).shown()]);
});

type OpenBrowser = (options: { profile: string }) => Promise<WalletBrowser>;

/** A browser with an unlocked wallet and no page of it open. */
async function openUnlocked(open: OpenBrowser, wallet: { password: string; copy(): string }): Promise<WalletBrowser> {
  const browser = await open({ profile: wallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(wallet.password);
  await home(page).shown(WORK_MS);
  expect(await (await browser.background()).evaluate(readSession)).toHaveProperty('keyring');
  await page.close();
  return browser;
}

interface Browser {
  readonly storage: { readonly session: { get(keys: null): Promise<object>; set(items: object): Promise<void> } };
  readonly alarms: { create(name: string, when: { when: number }): Promise<void>; clearAll(): Promise<void> };
}

const readSession = () => (globalThis as unknown as { chrome: Browser }).chrome.storage.session.get(null);

/** As if the wallet had been left alone for nearly as long as it may, or for longer and its alarm had got lost. */
async function letTimePass(browser: WalletBrowser, alarm: 'alarm-soon' | 'no-alarm'): Promise<void> {
  const restMs = alarm === 'alarm-soon' ? SOON_MS : -MINUTE_MS;
  await (await browser.background()).evaluate(
    async ({ lastUse, when }) => {
      const { storage, alarms } = (globalThis as unknown as { chrome: Browser }).chrome;
      await storage.session.set({ lastUse });
      await alarms.clearAll();
      if (when > Date.now()) await alarms.create('auto-lock', { when });
    },
    { lastUse: Date.now() + restMs - IDLE_MS, when: Date.now() + restMs },
  );
}
