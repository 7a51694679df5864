import type { Page } from '@playwright/test';

/** Of a page that should be there already. */
const PATIENCE_MS = 60_000;

const QR_LABEL = /^QR code of the address (0x[0-9a-fA-F]{40})$/;

/** One account: its address, what is in it, what was sent. */
export const home = (page: Page) => ({
  shown: (timeoutMs = PATIENCE_MS) =>
    page.getByRole('button', { name: 'Send', exact: true }).waitFor({ timeout: timeoutMs }),
  receive: () => page.getByRole('button', { name: 'Receive', exact: true }).click(),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
  /** By way of the receive page, where it stands whole. */
  address: async (): Promise<string> => {
    await home(page).receive();
    const label = await page.getByRole('img', { name: QR_LABEL }).getAttribute('aria-label');
    await home(page).back();
    return QR_LABEL.exec(label ?? '')?.[1] ?? '';
  },
  /** @param amount as it is shown, such as `1.5` */
  balanceShown: (amount: string, timeoutMs: number) =>
    page.getByText(`${amount} ETH`, { exact: true }).first().waitFor({ timeout: timeoutMs }),
  /** Whatever it is: the stack of a worker remembers what earlier tests have sent. */
  someBalanceShown: (timeoutMs: number) =>
    page
      .getByText(/^[\d.,]+ ETH$/)
      .first()
      .waitFor({ timeout: timeoutMs }),
  /** By way of the settings. */
  lock: async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Lock now' }).click();
  },
  send: () => page.getByRole('button', { name: 'Send', exact: true }).click(),
  /** The hash of what was sent last. */
  lastHash: async (): Promise<string> => {
    await page.getByRole('tab', { name: /^Activity/ }).click();
    await page
      .getByRole('button', { name: /^To 0x/ })
      .first()
      .click();
    const hash = await page.getByTitle(/^0x[0-9a-f]{64}$/).getAttribute('title');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    return hash ?? '';
  },
});
