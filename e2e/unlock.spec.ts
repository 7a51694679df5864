import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { backupVerified } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { plugInAuthenticator } from './pages/passkey';
import { recoverPin } from './pages/pin';
import { providerWindow } from './pages/provider';
import { unlockSettings } from './pages/unlock-settings';
import { welcome } from './pages/welcome';
import { backUp, signIn, WORK_MS } from './steps';

const PIN = '482913';
const PASSWORD = 'copper lantern drift';
const OTHER_PASSWORD = 'quiet rivers bend north';

test('a passkey opens the wallet, a password beside it, and the PIN when both are gone', async ({ wallet }) => {
  const page = await wallet.openTab();
  const unwilling = await plugInAuthenticator(page, 'unwilling');
  await signIn(wallet, page, 'Passkey');
  await backUp(page, PIN);
  await backupVerified(page).proceed();
  await deviceUnlock(page).shown(WORK_MS);

  await deviceUnlock(page).usePasskey();
  await expect(page.getByText('The passkey was not used')).toBeVisible({ timeout: WORK_MS });
  await unwilling.unplug();
  await plugInAuthenticator(page);
  await deviceUnlock(page).usePasskey();
  await home(page).shown(WORK_MS);
  const address = await home(page).address();
  const reopen = async () => {
    await locked(page).byPasskey();
    await home(page).shown(WORK_MS);
    expect(await home(page).address()).toBe(address);
  };

  await home(page).lock();
  await locked(page).passkeyShown();
  await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
  await wallet.killWorker();
  await reopen();

  await unlockSettings(page).open();
  await unlockSettings(page).addPassword(PASSWORD);
  await expect(unlockSettings(page).method('Password')).toHaveText(/Set up$/, { timeout: WORK_MS });
  await unlockSettings(page).lock();
  await locked(page).passkeyShown();
  await locked(page).typeInstead();
  await locked(page).unlock(PASSWORD);
  await home(page).shown(WORK_MS);

  await unlockSettings(page).open();
  await unlockSettings(page).changePassword('not the password', OTHER_PASSWORD);
  await expect(page.getByLabel('Your password now')).toHaveAccessibleDescription(/^That is not the password\./);
  await unlockSettings(page).typeCurrent(PASSWORD);
  await unlockSettings(page).confirm();
  await expect(page.getByText('The password is set').first()).toBeVisible({ timeout: WORK_MS });
  await unlockSettings(page).lock();
  await locked(page).typeInstead();
  await locked(page).unlock(PASSWORD);
  await locked(page).refused();
  await locked(page).unlock(OTHER_PASSWORD);
  await home(page).shown(WORK_MS);

  await unlockSettings(page).open();
  await unlockSettings(page).remove('Passkey');
  await expect(page.getByText('It opens nothing any more')).toBeVisible();
  await unlockSettings(page).confirmRemove();
  await unlockSettings(page).proveByPassword(PASSWORD);
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /^That is not the password\./,
    { timeout: WORK_MS },
  );
  await unlockSettings(page).proveByPassword(OTHER_PASSWORD);
  await expect(unlockSettings(page).method('Passkey')).toHaveText(/Not set up$/, { timeout: WORK_MS });
  await unlockSettings(page).remove('Password');
  await expect(page.getByText('each unlock is a full recovery')).toBeVisible();
  await page.getByRole('checkbox').click();
  await unlockSettings(page).confirmRemove();
  await unlockSettings(page).proveByPassword(OTHER_PASSWORD);
  await expect(page.getByText('Nothing is kept here.')).toBeVisible({ timeout: WORK_MS });
  expect(await storedKeys(wallet)).not.toContain('sealed');
  await unlockSettings(page).lock();
  await locked(page).pinShown();
  await locked(page).enterPin(PIN);
  await home(page).shown(WORK_MS);
  expect(await home(page).address()).toBe(address);
});

test('an authenticator that cannot compute is told apart, and nothing of it is kept', async ({ wallet }) => {
  const page = await wallet.openTab();
  await plugInAuthenticator(page, 'no-prf');
  await signIn(wallet, page, 'No PRF');
  await backUp(page, PIN);
  await backupVerified(page).proceed();
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePasskey();
  await expect(page.getByText('This passkey cannot open a wallet')).toBeVisible({ timeout: WORK_MS });
  await expect(page.getByText('you can remove it there')).toBeVisible();
  expect(await storedKeys(wallet)).not.toContain('sealed');
  await deviceUnlock(page).usePassword(PASSWORD);
  await home(page).shown(WORK_MS);
});

test('wrong passwords are slowed down, also by a background that was stopped', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openTab();
  for (let typed = 0; typed < 4; typed += 1) {
    await locked(page).unlock('not the password');
    await locked(page).refused();
  }
  // As if three more had been wrong, long ago: the next wait is a whole minute, and outlasts what is done meanwhile.
  await store(browser, { slowDown: { wrong: 7, lastAtMs: 0 } });
  await locked(page).unlock('not the password either');
  await expect(page.getByText('Several passwords were wrong.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Next try in/ })).toBeDisabled();
  await browser.killWorker();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Next try in/ })).toBeDisabled();
  // Most of it is over: the page waits for the rest.
  await store(browser, { slowDown: { wrong: 8, lastAtMs: Date.now() - 50_000 } });
  await page.reload();
  await locked(page).type(lockedWallet.password);
  await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeEnabled();
  await locked(page).confirm();
  await home(page).shown();
});

test('a forgotten password: what comes back is named, and erasing is asked twice', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).shown();
  await locked(page).forgot();
  await expect(page.getByText('Comes back whole: sign in again, then your PIN.')).toBeVisible();
  await page.getByRole('button', { name: 'Erase this device' }).click();
  const proceed = page.getByRole('dialog').getByRole('button', { name: 'Continue' });
  await expect(proceed).toBeDisabled();
  await page.getByRole('checkbox').click();
  await proceed.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Try again' }).click();
  await locked(page).shown();

  await locked(page).forgot();
  await page.getByRole('button', { name: 'Erase this device' }).click();
  await page.getByRole('checkbox').click();
  await proceed.click();
  await page.getByRole('button', { name: 'Erase everything here' }).click();
  await welcome(page).shown();
  expect(await storedKeys(browser)).toEqual(['schemaVersion']);
  await signIn(browser, page, lockedWallet.account);
  await recoverPin(page).shown();
});

test('a forgotten password of a keyless wallet: the PIN opens it here, and another password is set', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openTab();
  await locked(page).forgot();
  await page.getByRole('button', { name: 'Recover with your PIN' }).click();
  await browser.context.clearCookies();
  const provider = await providerWindow(browser.context, () => locked(page).enterPin(lockedWallet.pin));
  await provider.chooseAccount(lockedWallet.account);
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePassword(OTHER_PASSWORD);
  await home(page).shown(WORK_MS);
  expect(await home(page).address()).toBe(lockedWallet.address);
  await home(page).lock();
  await locked(page).unlock(lockedWallet.password);
  await locked(page).refused();
  await locked(page).unlock(OTHER_PASSWORD);
  await home(page).shown(WORK_MS);
});

test('a device whose storage is damaged can begin anew', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openTab();
  await locked(page).shown();
  await store(browser, { profile: 'torn' });
  await browser.killWorker();
  await page.reload();
  await page.getByRole('button', { name: 'Sign out of this device' }).click();
  await expect(page.getByText('A keyless backup stays')).toBeVisible();
  await page.getByRole('checkbox').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Erase everything here' }).click();
  await welcome(page).shown();
  expect(await storedKeys(browser)).toEqual(['schemaVersion']);
  await browser.killWorker();
  await page.reload();
  await welcome(page).shown();
});

/** What there is of the extension's own storage in a background. */
type Storage = {
  chrome: { storage: { local: { get(keys: null): Promise<object>; set(items: object): Promise<void> } } };
};

async function storedKeys(browser: WalletBrowser): Promise<string[]> {
  return (await browser.background()).evaluate(async () =>
    Object.keys(await (globalThis as unknown as Storage).chrome.storage.local.get(null)),
  );
}

async function store(browser: WalletBrowser, items: object): Promise<void> {
  await (await browser.background()).evaluate(
    (stored) => (globalThis as unknown as Storage).chrome.storage.local.set(stored),
    items,
  );
}
