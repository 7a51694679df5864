import { expect, type Page } from '@playwright/test';
import { WORK_MS } from '../steps';
import { deviceUnlock } from './device-unlock';
import { welcome } from './welcome';

/** From the welcome page to the choice of a first wallet without an account, with a password for the device. */
export async function startWithout(page: Page, password: string): Promise<void> {
  await welcome(page).shown();
  await welcome(page).haveWallet();
  await deviceUnlock(page).shown(WORK_MS);
  await expect(page.getByRole('radio', { name: /^PIN every time/ })).toHaveCount(0);
  await deviceUnlock(page).usePassword(password);
  await addWallet(page).firstShown();
}

/** Adding wallets: the list of ways, and the pages behind it. */
export const addWallet = (page: Page) => ({
  firstShown: () => page.getByRole('heading', { name: 'Which wallet shall it be?' }).waitFor(),
  newPhrase: () => page.getByRole('button', { name: /^New recovery phrase/ }).click(),
  phrase: () => page.getByRole('button', { name: /^Recovery phrase/ }).click(),
  key: () => page.getByRole('button', { name: /^Private key/ }).click(),
  watch: () => page.getByRole('button', { name: /^Watch an address/ }).click(),
  keyless: () => page.getByRole('button', { name: /^Keyless wallet/ }).click(),
});

/** A new phrase: its words, then three questions about them. */
export const newPhrase = (page: Page) => ({
  words: async (): Promise<string[]> => {
    await page.getByRole('button', { name: 'Show me the words' }).click();
    await page.getByRole('heading', { name: 'Write these down' }).waitFor();
    const lines = await page.getByRole('listitem').allInnerTexts();
    return lines.map((line) => line.replace(/\d+/, '').trim());
  },
  written: () => page.getByRole('button', { name: 'I have written them down' }).click(),
  /** The word that is asked for now, from 1. */
  asked: async (): Promise<number> => {
    const title = await page.getByRole('heading', { name: /^Which one is word/ }).innerText();
    return Number(/\d+/.exec(title)?.[0]);
  },
  step: (step: number) => page.getByText(`Question ${step} of 3.`).waitFor(),
  choose: (word: string) => page.getByRole('button', { name: word, exact: true }).click(),
  chooseAnother: async (word: string) => {
    const choices = await page.getByRole('group').getByRole('button').allInnerTexts();
    await newPhrase(page).choose(choices.find((choice) => choice !== word) ?? '');
  },
  refused: (place: number) => page.getByText(`That is not word ${place}.`).waitFor(),
});

/** The words of a phrase that somebody has. */
export const importPhrase = (page: Page) => ({
  type: async (place: number, word: string) => page.getByLabel(`Word ${place}`, { exact: true }).fill(word),
  typeAll: async (words: string) => {
    for (const [index, word] of words.split(' ').entries()) await importPhrase(page).type(index + 1, word);
  },
  /** As a person does who has copied them. */
  paste: (text: string) =>
    page.getByLabel('Word 1', { exact: true }).evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text),
  add: () => page.getByRole('button', { name: 'Add this wallet' }).click(),
  says: (text: string | RegExp) => page.getByText(text).waitFor(),
  mend: (name: string) => page.getByRole('button', { name }).click(),
});

/** All accounts, and the page of one of them. */
export const accounts = (page: Page) => ({
  open: () => page.getByRole('button', { name: /Change account$/ }).click(),
  names: async (): Promise<string[]> => {
    const edit = page.getByRole('button', { name: /^Edit / });
    await edit.first().waitFor();
    const edits = await edit.all();
    const labels = await Promise.all(edits.map((edit) => edit.getAttribute('aria-label')));
    return labels.map((label) => label?.replace(/^Edit /, '') ?? '');
  },
  addWallet: () => page.getByRole('button', { name: 'Add a wallet' }).click(),
  addTo: (wallet: string) => page.getByRole('button', { name: `Add an account to ${wallet}` }).click(),
  edit: (name: string) => page.getByRole('button', { name: `Edit ${name}`, exact: true }).click(),
  moveUp: () => page.getByRole('button', { name: 'Move up' }).click(),
  place: (text: string) => page.getByText(text, { exact: true }).waitFor(),
  picture: (place: number) => accounts(page).pictureAt(place).click(),
  pictureAt: (place: number) => page.getByRole('radio', { name: `Picture ${place}`, exact: true }),
  rename: async (name: string) => {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
  },
  reveal: (name: 'Show the recovery phrase' | 'Show the private key') => page.getByRole('button', { name }).click(),
});
