/** Parts of the main story that other stories begin with. */
import type { Page } from '@playwright/test';
import type { WalletBrowser } from './browser';
import { backupVerified } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { choosePin } from './pages/pin';
import { providerWindow } from './pages/provider';
import { welcome } from './pages/welcome';

/** Of what the two cores of a small machine do at their own pace: hashing, several servers, a browser. */
export const WORK_MS = 60_000;

/** Who has a wallet, and how it opens. */
export interface Owner {
  /** Name at the development provider. */
  readonly account: string;
  readonly pin: string;
  readonly password: string;
  /** Google when absent. */
  readonly provider?: 'google' | 'apple';
}

/** From the welcome page to whatever follows the sign-in. */
export async function signIn(browser: Pick<WalletBrowser, 'context'>, page: Page, account: string): Promise<void> {
  await welcome(page).shown();
  const provider = await providerWindow(browser.context, welcome(page).continueWithGoogle);
  await provider.chooseAccount(account);
  await page.bringToFront();
}

/** The same with the provider that plays Apple, through the relay. */
export async function signInWithApple(
  browser: Pick<WalletBrowser, 'context'>,
  page: Page,
  account: string,
): Promise<void> {
  await welcome(page).shown();
  const provider = await providerWindow(browser.context, welcome(page).continueWithApple);
  await provider.chooseAccount(account);
  await page.bringToFront();
}

/** From the question for a PIN to a verified backup. */
export async function backUp(page: Page, pin: string): Promise<void> {
  await choosePin(page).shown();
  await choosePin(page).choose(pin);
  await choosePin(page).confirm(pin);
  await backupVerified(page).shown(WORK_MS);
}

/** From a verified or recovered backup to home. */
export async function seal(page: Page, password: string): Promise<void> {
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePassword(password);
  await home(page).shown(WORK_MS);
}

/** From the welcome page to home, with an account that has no wallet yet. */
export async function createWallet(browser: Pick<WalletBrowser, 'context'>, page: Page, owner: Owner): Promise<void> {
  await (owner.provider === 'apple' ? signInWithApple : signIn)(browser, page, owner.account);
  await backUp(page, owner.pin);
  await backupVerified(page).proceed();
  await seal(page, owner.password);
}
