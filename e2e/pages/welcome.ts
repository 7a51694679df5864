import type { Page } from '@playwright/test';

/** The first page. */
export const welcome = (page: Page) => ({
  shown: () => page.getByRole('heading', { name: 'Your key, in two halves' }).waitFor(),
  continueWithGoogle: () => page.getByRole('button', { name: /^Continue with Google/ }).click(),
  continueWithApple: () => page.getByRole('button', { name: /^Continue with Apple/ }).click(),
  haveWallet: () => page.getByRole('button', { name: 'Recovery phrase or hardware wallet' }).click(),
  /** @param name of the language, by itself */
  language: async (name: string) => {
    await page.getByRole('button', { name: /^(Language|Idioma|语言)/ }).click();
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  },
});
