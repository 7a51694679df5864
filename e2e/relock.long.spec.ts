import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { WORK_MS } from './steps';

/** The shortest time that can be set, and what browsers may be late with an alarm. */
const IDLE_MS = 60_000;
const LATE_MS = 35_000;

test('an idle wallet locks after a real minute, with nothing of it open', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(lockedWallet.password);
  await home(page).shown(WORK_MS);
  await page.evaluate(() => {
    type Runtime = { sendMessage(message: unknown): Promise<unknown> };
    const { runtime } = (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome;
    return runtime.sendMessage({ name: 'settings.change', input: { idleLockMinutes: 1 } });
  });
  await page.close();
  await browser.killWorker();
  const still = await browser.openStill();
  type Session = { get(keys: null): Promise<object> };
  const kept = () =>
    still.evaluate(() =>
      (globalThis as unknown as { chrome: { storage: { session: Session } } }).chrome.storage.session.get(null),
    );
  await expect.poll(kept, { timeout: IDLE_MS + LATE_MS }).not.toHaveProperty('keyring');
  await locked(await browser.openPopup()).shown();
});
