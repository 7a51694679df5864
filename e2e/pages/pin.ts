import type { Page } from '@playwright/test';

const type = (page: Page, pin: string) => page.getByLabel('PIN', { exact: true }).pressSequentially(pin);

/** Choosing a PIN and typing it once more. */
export const choosePin = (page: Page) => ({
  shown: () => page.getByRole('heading', { name: 'Choose a PIN' }).waitFor(),
  type: (pin: string) => type(page, pin),
  clear: () => page.getByLabel('PIN', { exact: true }).fill(''),
  choose: async (pin: string) => {
    await type(page, pin);
    await choosePin(page).proceed();
  },
  proceed: async () => {
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('heading', { name: 'Type it once more' }).waitFor();
  },
  confirm: async (pin: string) => {
    await type(page, pin);
    await choosePin(page).create();
  },
  create: () => page.getByRole('button', { name: 'Create wallet' }).click(),
});

const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** The PIN of a wallet that was found. */
export const recoverPin = (page: Page) => ({
  shown: () => page.getByText(/^We found your wallet, made on/).waitFor(),
  type: (pin: string) => type(page, pin),
  enter: async (pin: string) => {
    await type(page, pin);
    await page.getByRole('button', { name: 'Recover', exact: true }).click();
  },
  /** After a wrong PIN. @returns what the page says is left */
  triesLeft: async (): Promise<number> => {
    const said = page.getByText(/^That is not the PIN\. \w+ (try|tries) left\.$/);
    const word = /PIN\. (\w+) tr/.exec((await said.first().textContent()) ?? '')?.[1] ?? '';
    return WORDS.includes(word.toLowerCase()) ? WORDS.indexOf(word.toLowerCase()) : Number(word);
  },
});
