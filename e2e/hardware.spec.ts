import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, http, parseEther } from 'viem';
import { expect, test } from './fixtures';
import { beginWithLock, FIRST, pay, playHardware, pluggedMini } from './hardware-story';
import { hardware } from './pages/hardware';
import { home } from './pages/home';
import type { Person } from './simulators/onekey-mini/person';
import { willing } from './simulators/onekey-mini/person';
import { plugIn } from './simulators/onekey-mini/pipe';
import { startSite } from './site';

/** Whether the page has loaded what takes the devices' lock; from its next document on. */
function watchScripts(page: Page): () => Promise<boolean> {
  const scripts = new Set<string>();
  page.on('request', (request) => request.url().endsWith('.js') && scripts.add(request.url()));
  return () =>
    page.evaluate(
      async (urls) => {
        const texts = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
        return texts.some((text) => text.includes('halfkey-hardware'));
      },
      [...scripts],
    );
}

test('a OneKey Mini is added, checked, pays and signs for a site; pulled out in the middle it signs nothing, and goes on when it is back', async ({
  openBrowser,
  network,
  stack,
}) => {
  let pull = false;
  const person: Person = (screen) => {
    if (pull && screen.kind === 'confirm') mini.cable.unplug();
    return willing('1234')(screen);
  };
  const mini = pluggedMini({ person });
  const openSite = async () => {
    const site = await startSite();
    network.allow(site.origin);
    return site;
  };
  const { page, socket } = await playHardware({ stack, openBrowser, openSite, step: test.step }, mini);

  const reader = createPublicClient({ transport: http(stack.chain.rpcUrl) });
  const count = await reader.getTransactionCount({ address: FIRST });
  pull = true;
  await pay(page, '0.1');
  await hardware(page).connect();
  await expect(page.getByRole('alert')).toHaveText(/The device is not connected.*Nothing was signed/);
  expect(await reader.getTransactionCount({ address: FIRST })).toBe(count);

  // Plugged in again it goes on by itself.
  pull = false;
  await socket.plugIn(plugIn(mini.mini));
  await hardware(page).signed();
  await expect.poll(() => reader.getTransactionCount({ address: FIRST })).toBe(count + 1);
  await hardware(page).done();
  await home(page).shown();
});

test('another passphrase opens another wallet, which is said; closing the tab refuses with its own words', async ({
  wallet,
  stack,
}) => {
  const page = await wallet.openTab();
  const speaksToDevices = watchScripts(page);
  await hardware(page).plugIn(pluggedMini({ passphraseProtection: true, pin: null }).cable);
  await beginWithLock(page);
  expect(await speaksToDevices()).toBe(false);
  await hardware(page).choose();
  await hardware(page).connect();
  expect(await speaksToDevices()).toBe(true);
  await hardware(page).passphrase('correct horse');
  await hardware(page).add();
  await home(page).shown();
  const address = await home(page).address();
  expect(address).not.toBe(FIRST);

  await stack.chain.fund(getAddress(address), parseEther('1'));
  await page.reload();
  await pay(page, '0.1');
  await hardware(page).connect();
  await hardware(page).passphrase('corect horse');
  const said = new RegExp(`Another wallet is open on the device.*${address}, the device has 0x`);
  await expect(page.getByRole('alert')).toHaveText(said);

  const popup = await wallet.openPopup();
  await expect(popup.getByRole('heading', { name: 'Your OneKey is being asked' })).toBeVisible();
  await page.close();
  await expect(popup.getByRole('alert')).toHaveText(/The page that asks the device was closed.*Nothing was signed/);
  await hardware(popup).done();
  await home(popup).shown();
});
