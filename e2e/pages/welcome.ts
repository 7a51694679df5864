import type { Page } from '@playwright/test';

/** The first page. */
export const welcome = (page: Page) => ({
  shown: () => page.getByRole('heading', { name: 'Your key, in two halves' }).waitFor(),
  continueWithGoogle: () => page.getByRole('button', { name: /^Continue with Google/ }).click(),
  continueWithApple: () => page.getByRole('button', { name: /^Continue with Apple/ }).click(),
  havePhrase: () => page.getByRole('button', { name: 'I have a recovery phrase' }).click(),
});
