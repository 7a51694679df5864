import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, http, parseEther } from 'viem';
import { EXTENSION_ID } from '@/config/extension-id';
import { BRIDGE_URLS } from '@/lib/hardware/transport/bridge';
import { expect, test } from './fixtures';
import { beginWithLock, FIRST, type PluggedMini, pay, playHardware, pluggedMini, watchScripts } from './hardware-story';
import { approval, approvalWindow } from './pages/approval';
import { hardware } from './pages/hardware';
import { home } from './pages/home';
import { send } from './pages/send';
import { serveBridge } from './simulators/onekey-mini/bridge';
import type { Person } from './simulators/onekey-mini/person';
import { willing } from './simulators/onekey-mini/person';
import { plugIn } from './simulators/onekey-mini/pipe';
import { startSite } from './site';
import type { Stack } from './stack';
import { connectAsMetaMask, startTestDapp, testDapp } from './test-dapp';
import { deployToken, listToken, tokenBalance } from './token';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

async function sendTether(page: Page, stack: Stack, { shown }: PluggedMini): Promise<void> {
  const address = await deployToken(stack, FIRST, { symbol: 'USDT', name: 'Tether USD' });
  await listToken(page, stack, address);
  await home(page).send();
  await send(page).asset('Tether USD');
  await send(page).fill(MIRA, '12.5');
  await send(page).confirm('12.5', 'USDT');
  await hardware(page).asks('a transaction');
  await expect(page.getByText('12.5 USDT', { exact: true })).toBeVisible();
  await hardware(page).connect();
  await hardware(page).signed();
  // The device shows the contract that is called.
  expect(shown()).toContain(getAddress(address));
  await expect.poll(() => tokenBalance(stack, address, MIRA)).toBe(12_500_000n);
  await hardware(page).done();
  await home(page).shown();
}

test('a OneKey Mini is added, checked, pays in ether and USDT and signs for a site; pulled out in the middle it signs nothing, and goes on when it is back', async ({
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
  await sendTether(page, stack, mini);
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

test('the PIN is typed by its places; another passphrase opens another wallet, which is said; closing the tab refuses with its own words', async ({
  wallet,
  stack,
}) => {
  const page = await wallet.openTab();
  const speaksToDevices = watchScripts(page, 'halfkey-hardware');
  await hardware(page).plugIn(pluggedMini({ passphraseProtection: true, pin: '1234', pinOnHost: true }).cable);
  await beginWithLock(page);
  expect(await speaksToDevices()).toBe(false);
  await hardware(page).choose();
  await hardware(page).connect();
  expect(await speaksToDevices()).toBe(true);
  // The simulated pad has nine minus each digit, plus one.
  await hardware(page).pinPlaces('9876');
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
  await expect(popup.getByRole('heading', { name: 'Your device is being asked' })).toBeVisible();
  await page.close();
  await expect(popup.getByRole('alert')).toHaveText(/The page that asks the device was closed.*Nothing was signed/);
  await hardware(popup).done();
  await home(popup).shown();
});

test.describe('a site of another wallet’s maker', () => {
  // What the dApp is refused it writes to the console; for fonts and relays of its own it asks in vain.
  test.use({ expectedErrors: [/.*/], expectedForeign: null });

  test('its message and its permit are signed by the device, whose hashes stand beside it', async ({
    wallet,
    network,
  }) => {
    const page = await wallet.openTab();
    const mini = pluggedMini({ pin: null });
    await hardware(page).plugIn(mini.cable);
    await beginWithLock(page);
    await hardware(page).choose();
    await hardware(page).connect();
    await hardware(page).add();
    await home(page).shown();

    const site = await startTestDapp();
    network.allow(site.origin);
    const visit = { browser: wallet, page: await wallet.context.newPage() };
    await visit.page.goto(site.origin);
    const account = await connectAsMetaMask(visit);
    expect(account).toBe(FIRST.toLowerCase());
    const dapp = testDapp(visit);
    await dapp.click('personalSign');
    await approval(await approvalWindow(wallet.context)).approve(/^Sign$/);
    await hardware(page).asks('a message');
    await page.bringToFront();
    await hardware(page).connect();
    await hardware(page).signed();
    await hardware(page).done();
    await visit.page.bringToFront();
    await dapp.click('personalSignVerify');
    await expect(dapp.result('personalSignVerifySigUtilResult')).toHaveText(account);
    await dapp.click('signPermit');
    const asking = await approvalWindow(wallet.context);
    await expect(asking.getByText('This looks like a message. It works like a cheque.')).toBeVisible();
    const beside = asking.locator('section').filter({ hasText: 'On your device' });
    const hashes = await beside.getByText(/^0x[0-9a-f]{64}$/).allTextContents();
    expect(hashes).toHaveLength(2);
    await approval(asking).approve(/^Sign anyway$/);
    await hardware(page).asks('data');
    await page.bringToFront();
    await hardware(page).connect();
    await hardware(page).signed();
    for (const hash of hashes) expect(mini.shown().toLowerCase()).toContain(hash.slice(2));
    await hardware(page).done();
    await visit.page.bringToFront();
    await dapp.click('signPermitVerify');
    await expect(dapp.result('signPermitVerifyResult')).toHaveText(account);
    await site.stop();
  });
});

test.describe('by a bridge', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('a OneKey Mini is added where it answers this extension; where it does not, that is said', async ({
    wallet,
    network,
  }) => {
    const page = await wallet.openTab();
    await beginWithLock(page);
    await hardware(page).choose();
    const { cable } = pluggedMini();
    const [deaf, open] = await Promise.all([
      serveBridge(pluggedMini().cable, { knows: () => false }),
      serveBridge(cable, { knows: (origin) => origin === `chrome-extension://${EXTENSION_ID}` }),
    ]);
    for (const bridge of BRIDGE_URLS) network.stand(bridge, deaf.url);
    await hardware(page).bridge();
    const said =
      /The bridge does not answer this extension.*Chrome and Chromium reach the device by USB, without a bridge/;
    await expect(page.getByRole('alert')).toHaveText(said);

    network.stand(BRIDGE_URLS[1] ?? '', open.url);
    await hardware(page).bridge();
    await hardware(page).add();
    await home(page).shown();
    expect(await home(page).address()).toBe(FIRST);
    await Promise.all([deaf.close(), open.close()]);
  });
});
