import type { Page } from '@playwright/test';

/** The address book. */
export const contacts = (page: Page) => ({
  name: (name: string) => page.getByLabel('Name', { exact: true }).fill(name),
  address: (address: string) => page.getByLabel('Address', { exact: true }).fill(address),
  save: () => page.getByRole('button', { name: 'Save', exact: true }).click(),
  add: () => page.getByRole('button', { name: 'Add somebody' }).click(),
  entry: (name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }),
  remove: async () => {
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  },
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
});
