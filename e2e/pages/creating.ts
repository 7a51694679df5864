import type { Page } from '@playwright/test';

/** The named steps of a creation, and what comes of it. */
export const creating = (page: Page) => ({
  shown: () =>
    page
      .getByRole('heading', { name: /^(Making your key|Storing one half|Storing the other half|Checking that)/ })
      .waitFor(),
});

export const backupVerified = (page: Page) => ({
  shown: (timeoutMs: number) => page.getByText('Backup verified', { exact: true }).waitFor({ timeout: timeoutMs }),
  proceed: () => page.getByRole('button', { name: 'Continue', exact: true }).click(),
});
