import type { Page } from '@playwright/test';
import { EXTENSION_ID } from '@/config/extension-id';
import { putBehindUsb } from '../simulators/onekey-mini/in-page';
import type { Cable } from '../simulators/onekey-mini/pipe';

/** The tab that owns a device. */
export const hardware = (page: Page) => ({
  /** A device behind the USB of this page, from its next document on. */
  plugIn: async (cable: Cable) => {
    const socket = await putBehindUsb(page, cable);
    await page.goto(`chrome-extension://${EXTENSION_ID}/tab.html`);
    return socket;
  },
  choose: () => page.getByRole('button', { name: /^Hardware wallet/ }).click(),
  connect: () => page.getByRole('button', { name: 'Connect by USB' }).click(),
  add: () => page.getByRole('button', { name: 'Check and add one account' }).click(),
  passphrase: async (text: string) => {
    await page.getByLabel('Passphrase', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Use this passphrase' }).click();
  },
  compareShown: () => page.getByText('Compare with the device’s screen.').waitFor(),
  signed: () => page.getByRole('heading', { name: 'Signed' }).waitFor(),
  asks: (what: 'transaction' | 'message') =>
    page.getByRole('heading', { name: `Sign a ${what}`, exact: true }).waitFor(),
  reject: () => page.getByRole('button', { name: 'Reject', exact: true }).click(),
  done: () => page.getByRole('button', { name: 'Done', exact: true }).click(),
});
