import type { Page } from '@playwright/test';
import { privateKeyToAddress } from 'viem/accounts';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { accounts, addWallet, importPhrase, newPhrase, startWithout } from './pages/wallets';
import { WORK_MS } from './steps';

const PASSWORD = 'copper lantern drift';
/** Of a public development phrase: nobody's secret. */
const KEY = '0x4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';
const WATCHED = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

/** Everything that stands in attributes of the document, which extensions and crash reports may read. */
const attributesOf = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .flatMap((element) => [...element.attributes].map(({ value }) => value))
      .join('\n'),
  );

/** What is kept on disk, as one text. */
const diskOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { get(keys: null): Promise<unknown> } } };
    };
    return JSON.stringify(await chrome.storage.local.get(null));
  });

test('a phrase that is made and proved on one device is the same wallet on another', async ({ openBrowser }) => {
  const first = await openBrowser();
  const page = await first.openPopup();
  await startWithout(page, PASSWORD);
  await addWallet(page).newPhrase();
  const words = await newPhrase(page).words();
  expect(words).toHaveLength(12);
  await newPhrase(page).written();
  const wordAt = (place: number) => words[place - 1] ?? '';
  const asked = await newPhrase(page).asked();
  await newPhrase(page).chooseAnother(wordAt(asked));
  await newPhrase(page).refused(asked);
  for (const step of [1, 2, 3]) {
    await newPhrase(page).step(step);
    await newPhrase(page).choose(wordAt(await newPhrase(page).asked()));
  }
  await home(page).shown(WORK_MS);
  const address = await home(page).address();

  const second = await openBrowser();
  const other = await second.openPopup();
  await startWithout(other, PASSWORD);
  await addWallet(other).phrase();
  // One letter wrong: which word, what it should be, and everything else stays typed.
  const typo = `${wordAt(3)}x`;
  await importPhrase(other).paste([...words.slice(0, 2), typo, ...words.slice(3)].join(' '));
  await importPhrase(other).add();
  await importPhrase(other).says(`Word 3 is none of the 2,048 words. Did you mean “${wordAt(3)}”?`);
  expect(await attributesOf(other)).not.toContain(typo);
  await importPhrase(other).mend(`Word 3 is “${wordAt(3)}”`);
  await importPhrase(other).add();
  await home(other).shown(WORK_MS);
  expect(await home(other).address()).toBe(address);

  // The same phrase twice is refused at the field.
  await accounts(other).open();
  await accounts(other).addWallet();
  await addWallet(other).phrase();
  await importPhrase(other).paste(words.join('\n'));
  await importPhrase(other).add();
  await importPhrase(other).says('You have this wallet here already, by its recovery phrase.');

  // Who began with a phrase is offered the other kind, and told why the phrase does not become one.
  await home(other).back();
  await addWallet(other).keyless();
  await expect(other.getByText('Why not turn my phrase into one?')).toBeVisible();
  await expect(other.getByRole('button', { name: /^Continue with Google/ })).toBeVisible();

  // What was written down is shown again to whoever knows the password, a word at a time.
  await accounts(page).open();
  await accounts(page).edit('Account 1');
  await accounts(page).reveal('Show the recovery phrase');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Go on' }).click();
  await locked(page).refused();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Show word 5' }).click();
  await expect(page.getByRole('button', { pressed: true })).toContainText(wordAt(5));
  await expect(page.getByText(wordAt(5), { exact: true })).toHaveCount(1);
  await page.getByRole('button', { name: 'Done' }).click();
});

test('a private key and a watched address stand beside a keyless wallet', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).shown();
  await locked(page).unlock(lockedWallet.password);
  await home(page).shown(WORK_MS);

  await accounts(page).open();
  await accounts(page).addWallet();
  await addWallet(page).key();
  const field = page.getByLabel('Private key', { exact: true });
  const add = page.getByRole('button', { name: 'Add this account' });
  for (const [typed, reason] of [
    [KEY.slice(0, -1), 'That is too short for a private key. It has 64 digits.'],
    [`${KEY.slice(0, -1)}g`, /^A private key has only the digits/],
    ['f'.repeat(64), /^These digits are no key/],
    [WATCHED, /^That is an address/],
  ] as const) {
    await field.fill(typed);
    await add.click();
    await page.getByText(reason).waitFor();
    await expect(field).toHaveValue(typed);
  }
  await field.fill(KEY.slice(2));
  expect(await attributesOf(page)).not.toContain(KEY.slice(2));
  await add.click();
  await home(page).shown(WORK_MS);
  expect(await home(page).address()).toBe(privateKeyToAddress(KEY));
  const disk = await diskOf(page);
  for (const form of ['hex', 'base64url', 'base64'] as const)
    expect(disk).not.toContain(Buffer.from(KEY.slice(2), 'hex').toString(form));

  await accounts(page).open();
  await accounts(page).addWallet();
  await addWallet(page).watch();
  await page.getByLabel('Address', { exact: true }).fill(privateKeyToAddress(KEY));
  await page.getByRole('button', { name: 'Watch it' }).click();
  await page.getByText('You have this account here already, by its private key.').waitFor();
  await page.getByLabel('Address', { exact: true }).fill(WATCHED);
  await page.getByRole('button', { name: 'Watch it' }).click();
  await page.getByText('Watched only.').waitFor();

  // Accounts of the keyless wallet: one more, another name and picture, another order.
  await accounts(page).open();
  await accounts(page).addTo('Keyless, Google');
  await expect.poll(() => accounts(page).names()).toHaveLength(4);
  const [before, added = ''] = await accounts(page).names();
  await accounts(page).edit(added);
  await accounts(page).picture(5);
  await accounts(page).moveUp();
  await accounts(page).place('1 of 2');
  await accounts(page).rename('Savings');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await accounts(page).open();
  expect((await accounts(page).names()).slice(0, 2)).toEqual(['Savings', before]);

  // All of it is there, and in the same order, after the browser was closed.
  await browser.quit();
  const again = await openBrowser({ profile: browser.profile });
  const later = await again.openPopup();
  await locked(later).shown();
  await locked(later).unlock(lockedWallet.password);
  await accounts(later).open();
  expect((await accounts(later).names()).slice(0, 2)).toEqual(['Savings', before]);
  await accounts(later).edit('Savings');
  await expect(accounts(later).pictureAt(5)).toBeChecked();
  await expect(accounts(later).pictureAt(1)).not.toBeChecked();
  await later.getByRole('button', { name: 'Back', exact: true }).click();
  await accounts(later).open();
  await accounts(later).edit('Account 2');
  await accounts(later).reveal('Show the private key');
  await later.getByLabel('Password', { exact: true }).fill(lockedWallet.password);
  await later.getByRole('button', { name: 'Go on' }).click();
  await later.getByRole('button', { name: 'Show the key' }).click();
  await later.getByText(KEY, { exact: true }).waitFor();
});
