import type { Page } from '@playwright/test';
import { providerWindow } from './provider';

const typePin = (page: Page, pin: string) => page.getByLabel('PIN', { exact: true }).pressSequentially(pin);

/** The backup page and what is done from it. */
export const backup = (page: Page) => ({
  open: async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: /^Backup/ }).click();
    await page.getByRole('heading', { name: 'Who holds what' }).waitFor();
  },
  realmsUp: (words: string) => page.getByText(`${words} realms up`).waitFor(),
  /** Proves by password, signs in, and chooses the new PIN. */
  changePin: async (account: string, password: string, pin: string) => {
    await page.getByRole('button', { name: 'Change PIN', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).fill(password);
    const provider = await providerWindow(page.context(), () =>
      page.getByRole('button', { name: 'Continue', exact: true }).click(),
    );
    await provider.chooseAccount(account);
    await page.bringToFront();
    await page.getByRole('heading', { name: 'Choose a new PIN' }).waitFor();
    await typePin(page, pin);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('heading', { name: 'Type it once more' }).waitFor();
    await typePin(page, pin);
    await page.getByRole('button', { name: 'Change PIN', exact: true }).click();
  },
  pinChanged: (timeout: number) => page.getByRole('heading', { name: 'The PIN is changed' }).waitFor({ timeout }),
  /** The whole drill on this device. */
  practiseHere: async (account: string, pin: string, timeout: number) => {
    await page.getByRole('button', { name: 'Practise', exact: true }).click();
    const provider = await providerWindow(page.context(), () =>
      page.getByRole('button', { name: /^On this device/ }).click(),
    );
    await provider.chooseAccount(account);
    await page.bringToFront();
    await page.getByText('As on a new device.').waitFor();
    await typePin(page, pin);
    await page.getByRole('button', { name: 'Practise', exact: true }).click();
    await page.getByRole('heading', { name: 'It works' }).waitFor({ timeout });
    await page.getByText('right the first time').waitFor();
  },
  compareCode: async () => {
    await page.getByRole('button', { name: 'Practise', exact: true }).click();
    await page.getByRole('button', { name: /^On a second device/ }).click();
    const code = page.getByTestId('compare-code').filter({ hasText: /^[0-9A-Z]{3}-[0-9A-Z]{3}$/ });
    await code.waitFor();
    return (await code.textContent()) ?? '';
  },
  sameCode: () => page.getByRole('button', { name: 'Both show the same' }).click(),
  lastPractised: () => page.getByText(/^Last done on /).waitFor(),
  back: () => page.getByRole('button', { name: 'Back', exact: true }).click(),
  done: () => page.getByRole('button', { name: 'Done', exact: true }).click(),
  /** Reads the phrase for export, then orders the deletion. @returns how many words were there to write down */
  orderDeletion: async (account: string, password: string, pin: string, timeout: number) => {
    await page.getByRole('button', { name: 'Delete this backup' }).click();
    await page.getByRole('button', { name: /^Write the wallet down first/ }).click();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByRole('button', { name: 'Show word 24' }).waitFor({ timeout });
    const words = await page.getByRole('listitem').count();
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    await page.getByText('I understand that nobody can bring it back').click();
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).fill(password);
    const provider = await providerWindow(page.context(), () =>
      page.getByRole('button', { name: 'Continue', exact: true }).click(),
    );
    await provider.chooseAccount(account);
    await page.bringToFront();
    await page.getByRole('button', { name: 'Delete in 72 hours' }).waitFor();
    await typePin(page, pin);
    await page.getByRole('button', { name: 'Delete in 72 hours' }).click();
    await page.getByRole('heading', { name: 'It will be deleted' }).waitFor({ timeout });
    await backup(page).done();
    return words;
  },
  /** From the first page of the wallet. */
  undo: async (account: string, timeout: number) => {
    await page.getByText('Your backup is about to be deleted.').waitFor({ timeout });
    const provider = await providerWindow(page.context(), () =>
      page.getByRole('button', { name: 'Undo', exact: true }).click(),
    );
    await provider.chooseAccount(account);
    await page.bringToFront();
    await page.getByRole('heading', { name: 'Your backup stays' }).waitFor({ timeout });
    await backup(page).done();
  },
  /** That another device has changed the PIN stands on the first page. */
  toldOfChange: (timeout: number) => page.getByText('The PIN was changed on another device.').waitFor({ timeout }),
  noted: () => page.getByRole('button', { name: 'That was me' }).click(),
});
