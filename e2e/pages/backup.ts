import type { Page } from '@playwright/test';
import { providerWindow } from './provider';

const typePin = (page: Page, pin: string) => page.getByLabel('PIN', { exact: true }).pressSequentially(pin);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

/** Presses what opens the provider's window, and chooses the account there. */
async function signInBy(page: Page, account: string, start: () => Promise<void>): Promise<void> {
  const provider = await providerWindow(page.context(), start);
  await provider.chooseAccount(account);
  await page.bringToFront();
}

/** The proof that an unlocked browser asks for before its window opens. */
async function proveAndSignIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await signInBy(page, account, () => press(page, 'Continue'));
}

/** A PIN, twice. */
async function choosePin(page: Page, title: string, pin: string, action: string): Promise<void> {
  await page.getByRole('heading', { name: title }).waitFor();
  await typePin(page, pin);
  await press(page, 'Continue');
  await page.getByRole('heading', { name: 'Type it once more' }).waitFor();
  await typePin(page, pin);
  await press(page, action);
}

/** The backup page and what is done from it. */
export const backup = (page: Page) => ({
  open: async () => {
    await press(page, 'Settings');
    await press(page, /^Backup/);
    await page.getByRole('heading', { name: 'Who holds what' }).waitFor();
  },
  realmsUp: (words: string) => page.getByText(`${words} realms up`).waitFor(),

  /** Proves by password, signs in, and chooses the new PIN. */
  changePin: async (account: string, password: string, pin: string) => {
    await press(page, 'Change PIN');
    await proveAndSignIn(page, account, password);
    await choosePin(page, 'Choose a new PIN', pin, 'Change PIN');
  },
  pinChanged: (timeout: number) => page.getByRole('heading', { name: 'The PIN is changed' }).waitFor({ timeout }),

  /** Up to the question for the PIN of a drill on this device. */
  beginPractice: async (account: string) => {
    await press(page, 'Practise');
    await signInBy(page, account, () => press(page, /^On this device/));
    await backup(page).practiceAsked();
  },
  practiceAsked: () => page.getByText('As on a new device.').waitFor(),
  practise: async (pin: string) => {
    await typePin(page, pin);
    await press(page, 'Practise');
  },
  practised: (timeout: number) => page.getByRole('heading', { name: 'It works' }).waitFor({ timeout }),
  /** The whole drill on this device. */
  practiseHere: async (account: string, pin: string, timeout: number) => {
    await backup(page).beginPractice(account);
    await backup(page).practise(pin);
    await backup(page).practised(timeout);
    await page.getByText('right the first time').waitFor();
  },
  compareCode: async () => {
    await press(page, 'Practise');
    await press(page, /^On a second device/);
    const code = page.getByTestId('compare-code').filter({ hasText: /^[0-9A-Z]{3}-[0-9A-Z]{3}$/ });
    await code.waitFor();
    return (await code.textContent()) ?? '';
  },
  sameCode: () => press(page, 'Both show the same'),
  lastPractised: () => page.getByText(/^Last done on /).waitFor(),
  back: () => press(page, 'Back'),
  done: () => press(page, 'Done'),

  /** The words, covered, on the way to a deletion. */
  showWords: async (password: string, timeout: number) => {
    await press(page, 'Delete this backup');
    await press(page, /^Write the wallet down first/);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Go on');
    await page.getByRole('button', { name: 'Show word 24' }).waitFor({ timeout });
  },
  /** Reads the phrase for export. @returns how many words were there to write down */
  export: async (password: string, timeout: number) => {
    await backup(page).showWords(password, timeout);
    const words = await page.getByRole('listitem').count();
    await backup(page).done();
    return words;
  },
  /** From the page that the export leads back to. */
  confirmDeletion: async (account: string, password: string, pin: string) => {
    await page.getByText('I understand that nobody can bring it back').click();
    await press(page, 'Go on');
    await proveAndSignIn(page, account, password);
    await page.getByRole('button', { name: 'Delete in 72 hours' }).waitFor();
    await typePin(page, pin);
    await press(page, 'Delete in 72 hours');
  },
  /** Exports, then orders the deletion. @returns how many words were there to write down */
  orderDeletion: async (account: string, password: string, pin: string, timeout: number) => {
    const words = await backup(page).export(password, timeout);
    await backup(page).confirmDeletion(account, password, pin);
    await page.getByRole('heading', { name: 'It will be deleted' }).waitFor({ timeout });
    await backup(page).done();
    return words;
  },
  /** On the first page of the wallet. */
  deletionTold: (timeout: number) => page.getByText('Your backup is about to be deleted.').waitFor({ timeout }),
  startOverTold: (timeout: number) =>
    page.getByText('Somebody wants to start over with your account.').waitFor({ timeout }),
  /** From the first page of the wallet, up to the end of the sign-in. */
  beginUndo: (account: string) => signInBy(page, account, () => press(page, 'Undo')),
  beginObjection: (account: string) => signInBy(page, account, () => press(page, 'Object')),
  undone: (timeout: number) => page.getByRole('heading', { name: 'Your backup stays' }).waitFor({ timeout }),
  undo: async (account: string, timeout: number) => {
    await backup(page).deletionTold(timeout);
    await backup(page).beginUndo(account);
    await backup(page).undone(timeout);
    await backup(page).done();
  },

  /** The same wallet under another account. */
  addSignIn: async (account: string, password: string, pin: string) => {
    await press(page, /^Another sign-in/);
    await press(page, /^Continue with Google/);
    await proveAndSignIn(page, account, password);
    await choosePin(page, 'A PIN for this sign-in', pin, 'Back up');
  },
  signInAdded: (timeout: number) =>
    page.getByRole('heading', { name: 'There are two ways back now' }).waitFor({ timeout }),

  /** Another device of the list, up to the end of the sign-in. */
  signDeviceOut: async (name: string, account: string, password: string) => {
    await press(page, new RegExp(`^${name}`));
    await press(page, 'Sign it out');
    await proveAndSignIn(page, account, password);
  },
  deviceSignedOut: (name: string, timeout: number) =>
    page.getByRole('heading', { name: `${name} is signed out` }).waitFor({ timeout }),

  /** After an interruption. */
  told: (text: string) => page.getByText(text).first().waitFor(),
  tryAgain: () => press(page, 'Try again'),
  signInAgain: (account: string) => signInBy(page, account, () => press(page, 'Sign in again')),
  leave: () => press(page, 'Back to the wallet'),

  /** That another device has changed the PIN stands on the first page. */
  toldOfChange: (timeout: number) => page.getByText('The PIN was changed on another device.').waitFor({ timeout }),
  noted: () => press(page, 'That was me'),
});
