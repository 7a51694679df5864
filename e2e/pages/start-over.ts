import type { Page } from '@playwright/test';

/** What is left without PIN and device, from the question for the PIN. */
export const startOver = (page: Page) => ({
  open: () => page.getByRole('button', { name: 'Forgot your PIN?' }).click(),
  order: async () => {
    await page.getByText('I understand that the old wallet does not come back by this').click();
    await page.getByRole('button', { name: 'Start over in seven days' }).click();
  },
  ordered: (timeout: number) =>
    page.getByRole('heading', { name: 'The old backup is on its way out' }).waitFor({ timeout }),
});
