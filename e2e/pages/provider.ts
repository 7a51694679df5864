import type { BrowserContext, Page } from '@playwright/test';

/** The page of the local provider, in the window that the browser opens for a sign-in. */
const provider = (page: Page) => ({
  /** Anybody can be anybody there: a name is an account. */
  chooseAccount: async (name: string) => {
    await page.getByLabel('Another name').fill(name);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  },
  cancel: () => page.getByRole('button', { name: 'Cancel' }).click(),
  /** As its user closes a window. */
  close: () => page.close(),
});

/** @param start opens the window @returns its page, once it is there */
export async function providerWindow(context: BrowserContext, start: () => Promise<void>) {
  const opened = context.waitForEvent('page', (page) => page.url().startsWith('http') || page.url() === 'about:blank');
  await start();
  const page = await opened;
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
  return provider(page);
}
