import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPublicClient, getAddress, http, parseEther } from 'viem';
import { valueCents } from '@/lib/chains/value';
import { amountString } from '@/lib/i18n/amount';
import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { settings } from './pages/settings';
import { welcome } from './pages/welcome';
import { ETHER_USD } from './prices';
import type { Stack } from './stack';
import { WORK_MS } from './steps';

async function unlocked(browser: WalletBrowser, password: string) {
  const page = await browser.openPopup();
  await locked(page).shown();
  await locked(page).unlock(password);
  await home(page).shown(WORK_MS);
  return page;
}

/** @returns what the account then has: in wei, and as home shows it */
async function fund(stack: Stack, address: string, ether: string) {
  await stack.chain.fund(getAddress(address), parseEther(ether));
  const client = createPublicClient({ transport: http(stack.chain.rpcUrl) });
  const wei = await client.getBalance({ address: getAddress(address) });
  return { wei, shown: amountString(wei, { decimals: 18, fractionDigits: 4, tag: 'en-GB' }) };
}

test('language and theme change in every open page at once, and nobody loads it again', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await unlocked(browser, lockedWallet.password);
  const panel = await browser.openSidePanel();
  await home(panel).shown();
  for (const page of [popup, panel]) await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  await settings(popup).open();
  await settings(popup).general();
  await settings(popup).theme('Dark');
  await expect(panel.locator('html')).toHaveAttribute('data-theme', 'dark');
  await settings(popup).language('Español');
  await expect(panel.locator('html')).toHaveAttribute('lang', 'es');
  await expect(popup.locator('html')).toHaveAttribute('lang', 'es');
  await expect(panel.getByRole('button', { name: 'Enviar', exact: true })).toBeVisible();
  await settings(popup).language('简体中文');
  await expect(panel.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(panel.getByRole('button', { name: '发送', exact: true })).toBeVisible();
  await settings(popup).language('English');
  await home(panel).shown();
  for (const page of [popup, panel])
    expect(await page.evaluate(() => 'notReloaded' in window), 'not loaded again').toBe(true);

  await settings(popup).language('Español');
  await expect(popup.locator('html')).toHaveAttribute('lang', 'es');
  await browser.killWorker();
  const tab = await browser.openTab();
  await expect(tab.locator('html')).toHaveAttribute('lang', 'es');
  await expect(tab.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the language is chosen on the first page already, and stays', async ({ openBrowser }) => {
  const browser = await openBrowser();
  const popup = await browser.openPopup();
  await welcome(popup).shown();
  await welcome(popup).language('Español');
  await expect(popup.locator('html')).toHaveAttribute('lang', 'es');
  await expect(popup.getByRole('heading', { name: 'Tu clave, en dos mitades' })).toBeVisible();
  await popup.reload();
  await expect(popup.getByRole('button', { name: 'Idioma: Español' })).toBeVisible();
  await welcome(popup).language('English');
  await welcome(popup).shown();
});

test('covered amounts are covered in every page, and shown again from home', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const has = await fund(stack, lockedWallet.address, '7.5');
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await unlocked(browser, lockedWallet.password);
  const panel = await browser.openSidePanel();
  for (const page of [popup, panel]) await home(page).balanceShown(has.shown, WORK_MS);
  await popup.getByRole('button', { name: 'Hide amounts' }).click();
  for (const page of [popup, panel]) {
    await expect(page.getByText('Amount hidden').first()).toBeAttached();
    await expect(page.locator('body')).not.toContainText(has.shown);
  }
  await panel.getByRole('button', { name: 'Show amounts' }).click();
  for (const page of [popup, panel]) await home(page).balanceShown(has.shown, WORK_MS);
});

test('a price source is asked when values are wanted, and by nobody before or after', async ({
  openBrowser,
  lockedWallet,
  stack,
  network,
}) => {
  const has = await fund(stack, lockedWallet.address, '1');
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await unlocked(browser, lockedWallet.password);
  const asked = () => network.exchanges.filter(({ url }) => new URL(url).origin === stack.prices.origin);
  await home(popup).balanceShown(has.shown, WORK_MS);
  expect(asked()).toEqual([]);

  await settings(popup).open();
  await settings(popup).general();
  await settings(popup).values('US Dollar');
  await expect.poll(() => asked().length, { timeout: WORK_MS }).toBe(1);
  // The same list for everybody: nothing of what is in this wallet.
  expect(new URL(asked()[0]?.url ?? '').search).toBe('?ids=ethereum&vs_currencies=usd');
  expect(asked()[0]?.requestHeaders).not.toMatch(/^(cookie|referer):/im);
  await settings(popup).back();
  await settings(popup).back();
  const value = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'USD' });
  const worth = value.format(Number(valueCents(has.wei, 18, String(ETHER_USD))) / 100);
  await expect(popup.getByText(worth).first()).toBeVisible({ timeout: WORK_MS });

  await settings(popup).open();
  await settings(popup).general();
  await settings(popup).values('Off');
  await settings(popup).back();
  await settings(popup).back();
  await home(popup).shown();
  await expect(popup.getByText(/US\$/)).toHaveCount(0);
  await browser.killWorker();
  const tab = await browser.openTab();
  await home(tab).shown(WORK_MS);
  expect(asked()).toHaveLength(1);
});

test('the side panel is the same wallet, from 320 px', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const panel = await browser.openSidePanel();
  await locked(panel).shown();
  await locked(panel).unlock(lockedWallet.password);
  await home(panel).shown(WORK_MS);
  const tooWide = () =>
    panel.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await tooWide()).toBe(false);
  await settings(panel).open();
  await settings(panel).whatIsLost();
  await expect(panel.getByRole('heading', { name: 'Most realms' })).toBeVisible();
  expect(await tooWide()).toBe(false);
});

test('shortcuts open what they say and lock', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await unlocked(browser, lockedWallet.password);
  await popup.keyboard.press('Alt+KeyH');
  await expect(popup.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('dialog')).toHaveCount(0);
  await popup.keyboard.press('Alt+KeyA');
  await expect(popup.getByRole('dialog', { name: 'Accounts' })).toBeVisible();
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('dialog')).toHaveCount(0);
  await popup.keyboard.press('Alt+KeyK');
  await expect(popup.getByRole('dialog', { name: 'Search' })).toBeVisible();
  await popup.keyboard.press('Escape');
  await expect(popup.getByRole('dialog')).toHaveCount(0);
  await popup.keyboard.press('Alt+KeyX');
  await expect(popup.getByRole('button', { name: 'Show amounts' })).toBeVisible();
  await popup.keyboard.press('Alt+KeyX');
  await expect(popup.getByRole('button', { name: 'Hide amounts' })).toBeVisible();
  await popup.keyboard.press('Alt+KeyS');
  // The focus goes on from the new page's title.
  await expect(popup.getByRole('heading', { name: 'Settings' })).toBeFocused();
  await popup.keyboard.press('Alt+KeyL');
  await locked(popup).shown();
});

test('the build that is shown is the hash of the list of its files', async ({
  openBrowser,
  lockedWallet,
  extensionFolder,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await unlocked(browser, lockedWallet.password);
  await settings(popup).open();
  await settings(popup).about();
  const list = readFileSync(join(extensionFolder, 'files.txt'));
  const hash = createHash('sha256').update(list).digest('hex');
  await expect(popup.getByTitle(hash)).toBeVisible();
  const [line = ''] = list.toString().split('\n');
  const [ofFirst, first = ''] = line.split('  ');
  expect(
    createHash('sha256')
      .update(readFileSync(join(extensionFolder, first)))
      .digest('hex'),
  ).toBe(ofFirst);
});
