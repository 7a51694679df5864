import { EXTENSION_ID } from '@/config/extension-id';
import { expect, test } from './fixtures';

test('the popup and the tab open', async ({ wallet }) => {
  for (const page of [await wallet.openPopup(), await wallet.openTab()]) {
    await expect(page).toHaveTitle(/Halfkey/);
    await expect(page.locator('#root')).not.toBeEmpty();
  }
});

test('the extension has the id that the identity providers know', async ({ wallet }) => {
  const page = await wallet.openPopup();
  expect(new URL(page.url()).host).toBe(EXTENSION_ID);
});

test('the background can be killed and the popup opens again', async ({ wallet }) => {
  await wallet.openPopup();
  await wallet.killWorker();
  await expect((await wallet.openPopup()).locator('#root')).not.toBeEmpty();
});

test('no page of the web can frame the wallet', async ({ wallet, expectedErrors }) => {
  expectedErrors.push(/frame-ancestors|ERR_BLOCKED/);
  const page = await wallet.context.newPage();
  await page.setContent(
    `<iframe srcdoc="<p id='root'></p>"></iframe><iframe src="chrome-extension://${EXTENSION_ID}/popup.html"></iframe>`,
  );
  const addresses = () => page.frames().map((frame) => frame.url());
  // Refused, not on its way: what the browser shows in the place of a page that it does not load.
  await expect.poll(addresses).toContain('chrome-error://chromewebdata/');
  expect(addresses()).toEqual(['about:blank', 'about:srcdoc', 'chrome-error://chromewebdata/']);
  const roots = await Promise.all(page.frames().map((frame) => frame.locator('#root').count()));
  // The frame beside it proves that a page that is framed would be found.
  expect(roots).toEqual([0, 1, 0]);
});
