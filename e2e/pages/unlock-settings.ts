import type { Page } from '@playwright/test';

/** How this browser opens and closes, behind home. */
export const unlockSettings = (page: Page) => ({
  open: async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Unlock and lock/ }).click();
    await page.getByRole('heading', { name: 'Unlock and lock' }).waitFor();
  },
  method: (name: 'Passkey' | 'Password') =>
    page.getByRole('button', { name: new RegExp(`^${name} (Set up|Not set up)$`) }),
  /** Once more what opens this browser now: by what is typed, or by the passkey that is set. */
  proveByPassword: async (password: string) => {
    await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  },
  proveByPasskey: async () => {
    await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
    await page.getByRole('button', { name: 'Use your passkey' }).click();
  },
  /** Beside a password, which proves who adds it. */
  addPasskey: async (password: string) => {
    await unlockSettings(page).method('Passkey').click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await unlockSettings(page).proveByPassword(password);
    await page.getByRole('button', { name: 'Passkey Set up', exact: true }).waitFor();
  },
  /** Beside a passkey, which proves who adds it. */
  addPassword: async (next: string) => {
    await unlockSettings(page).method('Password').click();
    await page.getByRole('button', { name: 'Add a password' }).click();
    await unlockSettings(page).typeNew(next);
    await unlockSettings(page).proveByPasskey();
  },
  changePassword: async (current: string, next: string) => {
    await unlockSettings(page).method('Password').click();
    await page.getByRole('button', { name: 'Change the password' }).click();
    await unlockSettings(page).typeCurrent(current);
    await unlockSettings(page).typeNew(next);
  },
  typeCurrent: (current: string) => page.getByLabel('Your password now', { exact: true }).fill(current),
  typeNew: async (next: string) => {
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByLabel('Once more', { exact: true }).fill(next);
    await unlockSettings(page).confirm();
  },
  confirm: () => page.getByRole('button', { name: 'Use this password' }).click(),
  remove: async (name: 'Passkey' | 'Password') => {
    await unlockSettings(page).method(name).click();
    await page.getByRole('button', { name: `Remove the ${name.toLowerCase()}` }).click();
  },
  confirmRemove: () => page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click(),
  lock: () => page.getByRole('button', { name: 'Lock now' }).click(),
});
