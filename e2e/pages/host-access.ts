import type { Page } from '@playwright/test';

/** Instead of any other page where the browser keeps the wallet from its servers. */
export const hostAccess = (page: Page) => ({
  shown: () => page.getByRole('heading', { name: 'Your browser keeps the wallet from its servers' }).waitFor(),
  allow: () => page.getByRole('button', { name: 'Allow', exact: true }).click(),
  refused: () => page.getByText('The browser did not allow it.').waitFor(),
  goOnInTab: () => page.getByRole('button', { name: 'Go on in a tab' }).click(),
});
