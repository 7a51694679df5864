import { backupVerified } from '../pages/creating';
import { deviceUnlock } from '../pages/device-unlock';
import { home } from '../pages/home';
import { locked } from '../pages/locked';
import { backUp, signIn, WORK_MS } from '../steps';
import { expect, test } from './fixtures';

const PIN = '482913';

test('nothing is kept, and each unlock is a full recovery', async ({ openFirefox }) => {
  const browser = await openFirefox();
  const page = await browser.openTab();
  await signIn(browser, page, 'PIN every time');
  await backUp(page, PIN);
  await backupVerified(page).proceed();
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePin();
  await home(page).shown(WORK_MS);
  const address = await home(page).address();
  await home(page).lock();
  await locked(page).pinShown();
  await browser.killWorker();
  await locked(page).enterPin(PIN);
  await home(page).shown(WORK_MS);
  expect(await home(page).address()).toBe(address);
});
