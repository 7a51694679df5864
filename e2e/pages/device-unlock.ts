import type { Page } from '@playwright/test';

/** How this browser unlocks. */
export const deviceUnlock = (page: Page) => ({
  shown: (timeoutMs: number) =>
    page.getByRole('heading', { name: 'How this browser unlocks' }).waitFor({ timeout: timeoutMs }),
  type: async (password: string) => {
    await page.getByRole('radio', { name: /^Password/ }).click();
    await deviceUnlock(page).fill(password);
  },
  fill: async (password: string) => {
    await page.getByLabel('Password for this browser', { exact: true }).fill(password);
    await page.getByLabel('Once more', { exact: true }).fill(password);
  },
  confirm: () => page.getByRole('button', { name: 'Use this password' }).click(),
  usePassword: async (password: string) => {
    await deviceUnlock(page).type(password);
    await deviceUnlock(page).confirm();
  },
  /** Where nothing else can open it, there is nothing to choose. */
  useOnlyPassword: async (password: string) => {
    await deviceUnlock(page).fill(password);
    await deviceUnlock(page).confirm();
  },
  /** The authenticator answers by itself. */
  usePasskey: async () => {
    await page.getByRole('radio', { name: /^Passkey/ }).click();
    await page.getByRole('button', { name: 'Set up a passkey' }).click();
  },
  usePin: async () => {
    await page.getByRole('radio', { name: /^PIN every time/ }).click();
    await page.getByRole('button', { name: 'Ask for the PIN every time' }).click();
  },
});
