import { type BrowserContext, expect, type Page } from '@playwright/test';
import { EXTENSION_ID } from '@/config/extension-id';

/** The one window in which a user decides what sites ask for. */
export const approval = (page: Page) => ({
  /** The button at the right; it acts once it was in view for a moment. */
  approve: async (name: RegExp) => {
    const button = page.getByRole('button', { name });
    await button.and(page.locator(':not([data-arming])')).click({ timeout: 30_000 });
  },
  reject: () => page.getByRole('button', { name: 'Reject', exact: true }).click(),
  rejectAll: () => page.getByRole('button', { name: 'Reject all' }).click(),
  unlock: () => page.getByRole('button', { name: 'Unlock', exact: true }).click(),
  closed: () => (page.isClosed() ? Promise.resolve() : page.waitForEvent('close')),
});

const URL = `chrome-extension://${EXTENSION_ID}/approval.html`;

/** Those that are open. */
export const approvalWindows = (context: BrowserContext): Page[] =>
  context.pages().filter((page) => page.url().startsWith(URL));

/** The window, open already or about to be. */
export async function approvalWindow(context: BrowserContext): Promise<Page> {
  // The page that opens next may be another one: a browser that starts opens the wallet's own.
  await expect.poll(() => approvalWindows(context).length, { timeout: 30_000 }).toBe(1);
  const [page] = approvalWindows(context);
  if (page === undefined) throw new Error('the window of requests was closed at once');
  await page.waitForLoadState();
  return page;
}
