import type { Locator, Page } from '@playwright/test';
import { getAddress, parseEther } from 'viem';
import { expect, test } from './fixtures';
import { backupVerified } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { choosePin, recoverPin } from './pages/pin';
import { welcome } from './pages/welcome';
import { WORK_MS } from './steps';

const PIN = '482913';
const PASSWORD = 'copper lantern drift';
const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const QR_LABEL = /^QR code of the address (0x[0-9a-fA-F]{40})$/;
/** More stops than any page has. */
const MOST_STOPS = 30;

test('the whole story with the keyboard alone', async ({ stack, wallet, openBrowser }) => {
  test.setTimeout(300_000);
  const page = await wallet.openPopup();
  await forbidMouse(page);
  await welcome(page).shown();
  await signIn(page, /^Continue with Google/);

  await choosePin(page).shown();
  await page.keyboard.type(PIN);
  await page.getByText('No date, no pattern. Good.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Type it once more' }).waitFor();
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await backupVerified(page).shown(WORK_MS);
  await press(page, 'Continue');
  await deviceUnlock(page).shown(WORK_MS);
  await sealByKeyboard(page);
  const address = await addressByKeyboard(page);
  await stack.chain.fund(getAddress(address), parseEther('2'));
  await home(page).balanceShown('2', WORK_MS);
  await press(page, 'Send');
  await page.getByLabel('To', { exact: true }).waitFor();
  await page.keyboard.type(RECIPIENT);
  await tabTo(page, page.getByRole('textbox', { name: /^Amount/ }));
  await page.keyboard.type('0.25');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Send 0.25 ETH' });
  await tabTo(page, confirm);
  await expect(confirm).not.toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'It arrived' }).waitFor({ timeout: WORK_MS });
  await press(page, 'Done');

  const activity = page.getByRole('tab', { name: /^Activity/ });
  await tabTo(page, page.getByRole('tab', { name: 'Tokens' }));
  await page.keyboard.press('ArrowRight');
  await expect(activity).toBeFocused();
  await press(page, /^To 0x/);
  await page.getByTitle(/^0x[0-9a-f]{64}$/).waitFor();
  await press(page, 'Back');
  await press(page, /^Account /);
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'Settings');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await press(page, 'Lock now');
  await locked(page).shown();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await home(page).shown(WORK_MS);

  const again = await (await openBrowser()).openPopup();
  await forbidMouse(again);
  await welcome(again).shown();
  await signIn(again, /^Continue with Google/);
  await recoverPin(again).shown();
  await again.keyboard.type('739164');
  await again.keyboard.press('Enter');
  expect(await recoverPin(again).triesLeft()).toBe(7);
  await again.keyboard.type(PIN);
  await again.keyboard.press('Enter');
  await deviceUnlock(again).shown(WORK_MS);
  await sealByKeyboard(again);
  expect(await addressByKeyboard(again)).toBe(address);
});

/** Any use of a pointer makes the page unusable from then on. */
async function forbidMouse(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pointerdown', () => document.body.replaceChildren('a pointer was used'), { capture: true });
  });
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  await tabTo(page, button.first());
  await page.keyboard.press('Enter');
}

/** By the provider's window, which is not ours but has to be passed. */
async function signIn(page: Page, button: RegExp): Promise<void> {
  const opened = page.context().waitForEvent('page');
  await press(page, button);
  const provider = await opened;
  await tabTo(provider, provider.getByLabel('Another name'));
  await provider.keyboard.type('Keyboard');
  await provider.keyboard.press('Enter');
}

async function sealByKeyboard(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('radio', { name: /^Passkey/ }));
  await page.keyboard.press('ArrowDown');
  // An arrow that is let go quickly moves the focus alone; the space bar chooses.
  await expect(page.getByRole('radio', { name: /^Password/ })).toBeFocused();
  await page.keyboard.press('Space');
  await tabTo(page, page.getByLabel('Password for this browser', { exact: true }));
  await page.keyboard.type(PASSWORD);
  await tabTo(page, page.getByLabel('Once more', { exact: true }));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await home(page).shown(WORK_MS);
}

async function addressByKeyboard(page: Page): Promise<string> {
  await press(page, 'Receive');
  const label = await page.getByRole('img', { name: QR_LABEL }).getAttribute('aria-label');
  await press(page, 'Back');
  return QR_LABEL.exec(label ?? '')?.[1] ?? '';
}
