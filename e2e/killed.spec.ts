import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, type Hex, http, parseEther } from 'viem';
import type { Stack } from '@/scripts/stack/stack';
import { expect, test } from './fixtures';
import { asks, asksChain, asksRealm, type Device, killAndReopen, killAtRequest, type Matches } from './kill';
import { backupVerified, creating } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { choosePin, recoverPin } from './pages/pin';
import { send } from './pages/send';
import { signIn, WORK_MS } from './steps';

const PIN = '482913';
const PASSWORD = 'copper lantern drift';
const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

const askedAgain = async (page: Page) => {
  await choosePin(page).shown();
  await page.getByText('That was interrupted').waitFor();
};

test('killed at each step, the background goes on where it was, and one transaction is mined', async ({
  stack,
  network,
  wallet,
  openBrowser,
  expectedErrors,
}) => {
  test.setTimeout(400_000);
  expectedErrors.push(/ERR_EMPTY_RESPONSE/);
  const first: Device = { browser: wallet, network, page: await wallet.openTab() };
  const address = await createWithKills(first);
  await sendWithKills(stack, first, address);
  await test.step('while locked', async () => {
    await home(first.page).lock();
    await killAndReopen(first, (page) => locked(page).shown());
    await locked(first.page).unlock(PASSWORD);
    await home(first.page).shown(WORK_MS);
    expect(await home(first.page).address()).toBe(address);
  });
  await wallet.close();

  const second = await openBrowser();
  expect(await recoverWithKills({ browser: second, network, page: await second.openTab() })).toBe(address);
});

/** @returns the address */
async function createWithKills(device: Device): Promise<string> {
  const { browser } = device;
  const chooseAndConfirm = async () => {
    await choosePin(device.page).choose(PIN);
    await choosePin(device.page).confirm(PIN);
  };
  await test.step('after the sign-in', async () => {
    await signIn(browser, device.page, 'Killed');
    await choosePin(device.page).shown();
    await killAndReopen(device, (page) => choosePin(page).shown());
  });
  await test.step('while the PIN is typed, the page stays as it is', async () => {
    await choosePin(device.page).type(PIN);
    await browser.killWorker();
    await choosePin(device.page).proceed();
    await device.page.getByRole('button', { name: 'Back', exact: true }).click();
  });

  const beforeKept: readonly [string, Matches, 'request' | 'reply'][] = [
    ['after the reservation', asks('POST', '/generations'), 'reply'],
    ['between the two halves of registering', asksRealm('Register2'), 'request'],
    ['when the issuer has kept it and nobody knows', asks('POST', '/witness'), 'reply'],
  ];
  for (const [name, matches, at] of beforeKept)
    await test.step(name, () => killAtRequest(device, matches, at, chooseAndConfirm, askedAgain));

  await test.step('between kept and activated: no PIN is asked any more', async () => {
    const verified = (page: Page) => backupVerified(page).shown(WORK_MS);
    await killAtRequest(device, asks('POST', '/activate'), 'request', chooseAndConfirm, verified);
  });
  await test.step('at "Backup verified"', async () => {
    await killAndReopen(device, (page) => backupVerified(page).shown(WORK_MS));
    await backupVerified(device.page).proceed();
  });
  await test.step('at the choice of device unlock', async () => {
    await killAndReopen(device, (page) => deviceUnlock(page).shown(WORK_MS));
    await deviceUnlock(device.page).usePassword(PASSWORD);
    await home(device.page).shown(WORK_MS);
  });
  await test.step('at home', () => killAndReopen(device, (page) => home(page).shown()));
  return home(device.page).address();
}

async function sendWithKills(stack: Stack, device: Device, address: string): Promise<void> {
  const chain = createPublicClient({ transport: http(stack.chain.rpcUrl) });
  const before = await chain.getBalance({ address: RECIPIENT });
  const account = getAddress(address);
  await stack.chain.fund(account, parseEther('2'));
  await test.step('between signing and sending', async () => {
    await home(device.page).balanceShown('2', WORK_MS);
    await home(device.page).send();
    await send(device.page).fill(RECIPIENT, '0.25');
    const confirm = () => send(device.page).confirm('0.25');
    await killAtRequest(device, asksChain('eth_sendRawTransaction'), 'request', confirm, (page) => home(page).shown());
  });
  const hash = await home(device.page).lastHash();
  const receipt = await chain.waitForTransactionReceipt({ hash: hash as Hex, timeout: WORK_MS, pollingInterval: 200 });
  expect(receipt.status).toBe('success');
  expect(await chain.getTransactionCount({ address: account })).toBe(1);
  expect((await chain.getBalance({ address: RECIPIENT })) - before).toBe(parseEther('0.25'));
}

/** @returns the address */
async function recoverWithKills(device: Device): Promise<string> {
  const enter = () => recoverPin(device.page).enter(PIN);
  const lost = (title: string) => async (page: Page) => {
    await recoverPin(page).shown();
    await page.getByText(title).waitFor();
  };
  await signIn(device.browser, device.page, 'Killed');
  await recoverPin(device.page).shown();
  await test.step('while the realms are asked', () =>
    killAtRequest(device, asksRealm('Recover2'), 'reply', enter, lost('The answer got lost on the way')));
  await test.step('while the vault is asked', () =>
    killAtRequest(device, asks('POST', '/generations/1/release'), 'reply', enter, lost('That was interrupted')));
  await test.step('the right PIN still recovers', async () => {
    await enter();
    await deviceUnlock(device.page).shown(WORK_MS);
    await killAndReopen(device, (page) => deviceUnlock(page).shown(WORK_MS));
    await deviceUnlock(device.page).usePassword(PASSWORD);
    await home(device.page).shown(WORK_MS);
  });
  return home(device.page).address();
}

test('an answer to the activation that got lost with the background is asked for again', async ({
  network,
  wallet,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_EMPTY_RESPONSE/);
  const device: Device = { browser: wallet, network, page: await wallet.openTab() };
  await signIn(wallet, device.page, 'Activated unheard');
  const create = async () => {
    await choosePin(device.page).choose(PIN);
    await choosePin(device.page).confirm(PIN);
  };
  const verified = (page: Page) => backupVerified(page).shown(WORK_MS);
  await killAtRequest(device, asks('POST', '/activate'), 'reply', create, verified);
});

test('a popup that is closed while the wallet is made loses nothing', async ({ network, wallet }) => {
  const popup = await wallet.openPopup();
  await signIn(wallet, popup, 'Closed');
  await choosePin(popup).choose(PIN);
  const held = network.hold(asks('PUT', '/generations/1'), 'request');
  await choosePin(popup).confirm(PIN);
  await held.arrived;
  await popup.close();
  const again = [await wallet.openPopup(), await wallet.openTab()];
  for (const page of again) await creating(page).shown();
  held.pass();
  for (const page of again) await backupVerified(page).shown(WORK_MS);
});

test('a browser that loses its power while it creates finishes after the next sign-in', async ({
  network,
  openBrowser,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_EMPTY_RESPONSE/);
  const loseTo = async (matches: Matches, profile?: string): Promise<string> => {
    const browser = await openBrowser(profile === undefined ? {} : { profile });
    const page = await browser.openTab();
    await signIn(browser, page, 'Powerless');
    await choosePin(page).choose(PIN);
    const held = network.hold(matches, 'request');
    await choosePin(page).confirm(PIN);
    await held.arrived;
    await browser.crash();
    held.lose();
    return browser.profile;
  };
  const profile = await loseTo(asks('PUT', '/generations/1'));
  // Nothing was promised: a PIN is asked again. Then it is kept, and the entropy went with the power.
  await loseTo(asks('POST', '/activate'), profile);
  const browser = await openBrowser({ profile });
  const page = await browser.openTab();
  await signIn(browser, page, 'Powerless');
  await recoverPin(page).shown();
  await recoverPin(page).enter(PIN);
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePassword(PASSWORD);
  await home(page).shown(WORK_MS);
});
