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
  bridge: () => page.getByRole('button', { name: 'Connect by a bridge program' }).click(),
  suite: () => page.getByRole('button', { name: 'Connect a Trezor by Trezor Suite' }).click(),
  connect: () => page.getByRole('button', { name: 'Connect by USB' }).click(),
  add: () => page.getByRole('button', { name: 'Check and add one account' }).click(),
  /** @param places as keypads number them: 7 8 9 above */
  pinPlaces: async (places: string) => {
    for (const place of places) {
      const at = '789456123'.indexOf(place);
      await page.getByRole('button', { name: `Row ${Math.floor(at / 3) + 1}, column ${(at % 3) + 1}` }).click();
    }
    await page.getByRole('button', { name: 'Use this PIN' }).click();
  },
  passphrase: async (text: string) => {
    await page.getByLabel('Passphrase', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Use this passphrase' }).click();
  },
  compareShown: () => page.getByText('Compare with the device’s screen.').waitFor(),
  signed: () => page.getByRole('heading', { name: 'Signed' }).waitFor(),
  asks: (what: 'a transaction' | 'a message' | 'data') =>
    page.getByRole('heading', { name: `Sign ${what}`, exact: true }).waitFor(),
  reject: () => page.getByRole('button', { name: 'Reject', exact: true }).click(),
  done: () => page.getByRole('button', { name: 'Done', exact: true }).click(),
});
