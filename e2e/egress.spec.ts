import { rmSync } from 'node:fs';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { plantInExtension } from './planted';
import { WORK_MS } from './steps';

const FOREIGN = 'http://elsewhere.example';

test('a locked wallet asks how its backup is, and nobody anything else', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const { vault, issuer } = stack.urls;
  const statusOf = [
    ...[vault, issuer].flatMap((url) => [new URL('/status', url), new URL('/devices', url)]),
    new URL('/status/guesses', issuer),
  ].map((url) => `GET ${url}`);
  const otherwise = () =>
    network.exchanges
      .filter(({ method, url, requestBody }) => !statusOf.includes(`${method} ${url}`) || requestBody.length > 0)
      .map(({ method, url }) => `${method} ${url}`);

  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await browser.openPopup();
  await locked(popup).shown();
  await locked(popup).unlock('not the password at all');
  await locked(popup).refused();
  await browser.killWorker();
  await popup.reload();
  await locked(popup).shown();
  // Orders to delete and other people's tries are told to whoever holds the device, unlocked or not.
  await expect.poll(() => network.exchanges.length).toBeGreaterThan(0);
  expect(otherwise()).toEqual([]);

  // The same browser is heard as soon as it has something to ask.
  await locked(popup).unlock(lockedWallet.password);
  await home(popup).someBalanceShown(WORK_MS);
  await expect.poll(otherwise).not.toEqual([]);
});

test.describe('the count', () => {
  test.use({ expectedForeign: [FOREIGN], expectedErrors: [/./] });

  test('sees a foreign request of every part of the extension', async ({ extensionFolder, openBrowser, network }) => {
    const planted = plantInExtension(extensionFolder, `fetch('${FOREIGN}' + location.pathname).catch(() => {});`);
    const browser = await openBrowser({ extensionFolder: planted });
    await browser.openPopup();
    await browser.openTab();
    await browser.openSidePanel();
    const paths = () => network.exchanges.map(({ url }) => new URL(url)).filter(({ origin }) => origin === FOREIGN);
    for (const part of [
      /^\/background\.js$/,
      /^\/popup\.html$/,
      /^\/tab\.html$/,
      /^\/sidepanel\.html$/,
      /^\/offscreen\.html$/,
      /realm-worker/,
    ])
      await expect.poll(() => paths().some(({ pathname }) => part.test(pathname)), { message: `${part}` }).toBe(true);
    rmSync(planted, { recursive: true });
  });

  test('sees a foreign page that is opened', async ({ wallet, network }) => {
    const popup = await wallet.openPopup();
    const opened = wallet.context.waitForEvent('page');
    await popup.evaluate((url) => void window.open(url), `${FOREIGN}/window`);
    await opened;
    await expect.poll(() => network.exchanges.map(({ url }) => url)).toContain(`${FOREIGN}/window`);
  });
});

test('the policy of the extension stops a foreign request before it leaves', async ({
  wallet,
  network,
  expectedErrors,
}) => {
  expectedErrors.push(/Content Security Policy/);
  const ask = (url: string) =>
    fetch(url).then(
      () => 'answered',
      () => 'refused',
    );
  expect(await (await wallet.background()).evaluate(ask, FOREIGN)).toBe('refused');
  expect(await (await wallet.openPopup()).evaluate(ask, FOREIGN)).toBe('refused');
  expect(network.exchanges).toEqual([]);
});
