import type { Page } from '@playwright/test';

/** Of a page that should be there already. */
const PATIENCE_MS = 60_000;

/** A wallet that is on this device and locked, opened by the password of this browser or by the PIN every time. */
export const locked = (page: Page) => ({
  shown: (timeoutMs = PATIENCE_MS) => page.getByRole('heading', { name: 'Locked' }).waitFor({ timeout: timeoutMs }),
  type: (password: string) => page.getByLabel('Password', { exact: true }).fill(password),
  confirm: () => page.getByRole('button', { name: 'Unlock', exact: true }).click(),
  unlock: async (password: string) => {
    await locked(page).type(password);
    await locked(page).confirm();
  },
  pinShown: () => page.getByRole('heading', { name: 'Enter your PIN' }).waitFor(),
  enterPin: async (pin: string) => {
    await page.getByLabel('PIN', { exact: true }).pressSequentially(pin);
    await locked(page).confirm();
  },
  passkeyShown: () => page.getByRole('button', { name: 'Unlock with your passkey' }).waitFor(),
  byPasskey: () => page.getByRole('button', { name: 'Unlock with your passkey' }).click(),
  typeInstead: () => page.getByRole('button', { name: 'Use the password' }).click(),
  forgot: () => page.getByRole('button', { name: 'Forgot it?' }).click(),
  refused: () => page.getByText(/^That is not the password\./).waitFor(),
});
