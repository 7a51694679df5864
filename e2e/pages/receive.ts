import type { Page } from '@playwright/test';

const REQUEST_LABEL = /^QR code of the request (?<uri>ethereum:\S+)$/;

/** The address of an account as a code, and what is asked for with it. */
export const receive = (page: Page) => ({
  ask: () => page.getByRole('button', { name: 'Request', exact: true }).click(),
  /** @param name as it stands in the list, such as `Dollar X` */
  asset: (name: string) =>
    page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click(),
  amountField: () => page.getByRole('dialog').getByLabel(/^Amount, /),
  show: () => page.getByRole('dialog').getByRole('button', { name: 'Show the code' }).click(),
  /** What the code says. */
  requested: async (): Promise<string> => {
    const label = await page.getByRole('img', { name: REQUEST_LABEL }).getAttribute('aria-label');
    return REQUEST_LABEL.exec(label ?? '')?.groups?.uri ?? '';
  },
  copyRequest: async () => {
    await page.getByRole('button', { name: 'Copy request' }).click();
    await page.getByText('Request copied').first().waitFor();
  },
  addressOnly: () => page.getByRole('button', { name: 'Address only' }).click(),
});
