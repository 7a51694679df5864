import { GECKO_ID } from '@/config/extension-id';
import { hostAccess } from '../pages/host-access';
import { choosePin } from '../pages/pin';
import { welcome } from '../pages/welcome';
import { signIn } from '../steps';
import type { FirefoxBrowser } from './browser';
import { expect, test } from './fixtures';

/** As its user does it where Firefox lists its add-ons: all web sites, which content scripts ask for, and the servers. */
const takeBack = ({ inChrome }: FirefoxBrowser) =>
  inChrome(`
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    const { extension } = WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)});
    const taken = { permissions: [], origins: ['http://127.0.0.1/*', 'http://*/*', 'https://*/*', '<all_urls>'], data_collection: [] };
    await ExtensionPermissions.remove(${JSON.stringify(GECKO_ID)}, taken, extension);`);

/** Presses a button of the browser's own question, once that is open. */
const answer = ({ inChrome }: FirefoxBrowser, button: 'button' | 'secondaryButton') =>
  inChrome(`
    const { panel } = Services.wm.getMostRecentWindow('navigator:browser').PopupNotifications;
    if (panel.state !== 'open') await new Promise((shown) => panel.addEventListener('popupshown', shown, { once: true }));
    panel.firstElementChild[${JSON.stringify(button)}].click();`);

const shownTab = ({ inChrome }: FirefoxBrowser) =>
  inChrome(`return Services.wm.getMostRecentWindow('navigator:browser').gBrowser.selectedBrowser.currentURI.spec;`);

test('a wallet that may not reach its servers says so, asks, and goes on where it was', async ({
  openFirefox,
  network,
}) => {
  const browser = await openFirefox();
  const page = await browser.openTab();
  await welcome(page).shown();
  await takeBack(browser);
  await hostAccess(page).shown();
  const popup = await browser.openPopup();
  await hostAccess(popup).shown();
  await hostAccess(popup).goOnInTab();
  await expect.poll(() => shownTab(browser)).toMatch(/^moz-extension:.*\/tab\.html$/);

  // The browser asks only beside the page that is shown.
  await page.bringToFront();

  await hostAccess(page).allow();
  await answer(browser, 'secondaryButton');
  await hostAccess(page).refused();
  expect(network.exchanges).toEqual([]);

  await hostAccess(page).allow();
  await answer(browser, 'button');
  await welcome(page).shown();
  await signIn(browser, page, 'Allowed');
  await choosePin(page).shown();
});
