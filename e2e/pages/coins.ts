import { expect, type Page } from '@playwright/test';
import { scan } from './scan';

const QR_LABEL = /^QR code of the address (\S+)$/;

/** Bitcoin and its relatives: picking a server, and one account. */
export const coins = (page: Page) => ({
  /** From home. @param name as it stands in the list, such as `Bitcoin Cash` */
  open: async (name: string) => {
    await page.getByRole('button', { name: 'Bitcoin and relatives' }).click();
    await page
      .getByRole('button', { name: new RegExp(`^${name}\\b`) })
      .first()
      .click();
  },
  /** @param whose `mine`: it may be asked by the keys of accounts */
  pickServer: async (url: string, whose: 'mine' | 'others' = 'others') => {
    await page.getByLabel('Address of the server').fill(url);
    if (whose === 'mine') await page.getByRole('checkbox', { name: 'This server is mine' }).click();
    await page.getByRole('button', { name: 'Use this server' }).click();
  },
  /** The page of an account. */
  accountShown: () => page.getByRole('button', { name: /Choose another account$/ }).waitFor(),
  /** The address to be paid next. */
  freshAddress: async (): Promise<string> => {
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    const label = await page.getByRole('img', { name: QR_LABEL }).getAttribute('aria-label');
    await coins(page).back();
    return QR_LABEL.exec(label ?? '')?.[1] ?? '';
  },
  /** Leaves the account and comes back, upon which the server is asked. */
  lookAgain: async () => {
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await coins(page).back();
  },
  /** Of a hardware wallet that has no account yet. */
  askDevice: () => page.getByRole('button', { name: 'Ask the device for accounts' }).click(),
  /** From the account, of its fresh address. */
  checkOnDevice: async () => {
    await page.getByRole('button', { name: 'Receive', exact: true }).click();
    await page.getByRole('button', { name: 'Check on the device' }).click();
  },
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
  /** Up to the sheet where it is confirmed. */
  fill: async (to: string, amount: string) => {
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByLabel('Address', { exact: true }).fill(to);
    await page.getByLabel(/^Amount, /).fill(amount);
    await coins(page).review();
  },
  /** The same from a picture of a request. @param amount that it asks for */
  scan: async (picture: Buffer, amount: string) => {
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await scan(page).open();
    await scan(page).choose(picture);
    await expect.poll(() => page.getByLabel(/^Amount, /).inputValue()).toBe(amount);
    await coins(page).review();
  },
  review: async () => {
    await page.getByRole('radio', { name: /^Slow/ }).click();
    await page.getByRole('button', { name: 'Review', exact: true }).click();
  },
  /** @param amount with its unit, such as `0.25 BTC` */
  confirm: (amount: string) =>
    page
      .getByRole('dialog')
      .getByRole('button', { name: `Send ${amount}` })
      .click(),
  onItsWay: () => page.getByRole('heading', { name: 'It is on its way' }).waitFor(),
  done: () => page.getByRole('button', { name: 'Done', exact: true }).click(),
  /** The history, newest first: what each of its lines says. */
  listed: async (lines: readonly RegExp[]) => {
    await page.getByRole('tab', { name: 'History' }).click();
    const listed = page.getByRole('list', { name: 'History' }).getByRole('button');
    for (const [at, line] of lines.entries()) await listed.nth(at).filter({ hasText: line }).waitFor();
    expect(await listed.count()).toBe(lines.length);
  },
  /** The newest entry of the history, opened. */
  newest: async () => {
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('list', { name: 'History' }).getByRole('button').first().click();
  },
  speedUp: async () => {
    await page.getByRole('button', { name: 'Speed up', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send it dearer' }).click();
  },
});
