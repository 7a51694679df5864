import type { Page } from '@playwright/test';

type Theme = 'System' | 'Light' | 'Dark';

/** The settings and the pages behind them, in English. */
export const settings = (page: Page) => ({
  open: () => page.getByRole('button', { name: 'Settings', exact: true }).click(),
  general: () => page.getByRole('button', { name: /^General/ }).click(),
  about: () => page.getByRole('button', { name: 'About Halfkey' }).click(),
  whatIsLost: () => page.getByRole('button', { name: 'What still works when something is lost' }).click(),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
  theme: (theme: Theme) => page.getByRole('radio', { name: theme, exact: true }).click(),
  /** @param ownName as the language calls itself */
  language: async (ownName: string) => {
    await page.locator('main').getByRole('button').first().click();
    await page.getByRole('dialog').getByRole('button', { name: ownName }).click();
  },
  hideAmounts: () => page.getByRole('switch', { name: 'Hide amounts' }).click(),
  /** On, and noted. */
  notifications: async () => {
    const notices = (checked: boolean) => page.getByRole('switch', { name: 'Notifications', exact: true, checked });
    await notices(false).click();
    await notices(true).waitFor();
  },
  /** @param currency as English calls it, or `Off` */
  values: async (currency: string) => {
    await page.getByRole('button', { name: /^Values in a currency/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: currency, exact: true }).click();
  },
});
