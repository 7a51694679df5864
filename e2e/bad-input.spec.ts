import type { BrowserContext, Page } from '@playwright/test';
import type { PartyName } from '@/scripts/stack/parties';
import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { backupVerified } from './pages/creating';
import { deviceUnlock } from './pages/device-unlock';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { choosePin, recoverPin } from './pages/pin';
import { providerWindow } from './pages/provider';
import { send } from './pages/send';
import { accounts, addWallet } from './pages/wallets';
import { welcome } from './pages/welcome';
import { backUp, seal, signIn, WORK_MS } from './steps';

const PIN = '482913';
const PASSWORD = 'copper lantern drift';
const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

test('a weak or a mismatched PIN is refused with the reason', async ({ wallet, network }) => {
  const page = await wallet.openPopup();
  await signIn(wallet, page, 'Weak');
  await choosePin(page).shown();
  const before = network.exchanges.length;
  const proceed = page.getByRole('button', { name: 'Continue', exact: true });
  for (const [pin, reason] of [
    ['111111', /one digit over and over/],
    ['345678', /a row, one after the other/],
    ['282828', /repeats itself/],
    ['190585', /looks like a date/],
    ['147258', /Many people choose that one/],
  ] as const) {
    await choosePin(page).type(pin);
    await expect(page.getByText(reason)).toBeVisible();
    await expect(proceed).toBeDisabled();
    await choosePin(page).clear();
  }
  await choosePin(page).type('48291');
  await expect(proceed).toBeDisabled();
  await choosePin(page).clear();

  await choosePin(page).choose(PIN);
  await choosePin(page).confirm('482914');
  await expect(page.getByText('That is not the same PIN.')).toBeVisible();
  // All of it on this device.
  expect(network.exchanges.length).toBe(before);
});

test('a cancelled sign-in leads back without a word', async ({ wallet }) => {
  const page = await wallet.openPopup();
  const silent = async () => {
    await welcome(page).shown();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText('cancelled')).toHaveCount(0);
  };
  await welcome(page).shown();
  const provider = await providerWindow(wallet.context, welcome(page).continueWithGoogle);
  await provider.cancel();
  await silent();
  const again = await providerWindow(wallet.context, welcome(page).continueWithGoogle);
  await again.close();
  await silent();
});

test('another account is told, and the PIN goes nowhere', async ({ wallet, network, stack }) => {
  const page = await wallet.openTab();
  await signIn(wallet, page, 'Mine');
  await backUp(page, PIN);
  await backupVerified(page).proceed();
  await deviceUnlock(page).shown(WORK_MS);
  await deviceUnlock(page).usePin();
  await home(page).shown(WORK_MS);

  await test.step('a device that keeps nothing takes in no phrase before it has a lock of its own', async () => {
    await accounts(page).open();
    await accounts(page).addWallet();
    await addWallet(page).phrase();
    await expect(page.getByRole('heading', { name: 'First, a lock for this device' })).toBeVisible();
    await home(page).back();
    await home(page).back();
    await home(page).shown();
  });

  await home(page).lock();
  await locked(page).pinShown();
  await forgetProvider(wallet.context);
  const before = network.exchanges.length;
  const provider = await providerWindow(wallet.context, () => locked(page).enterPin(PIN));
  await provider.chooseAccount('Not mine');
  await expect(page.getByText('That is another account')).toBeVisible({ timeout: WORK_MS });
  const asked = new Set(network.exchanges.slice(before).map(({ url }) => new URL(url).origin));
  expect([...asked]).toEqual([stack.urls.identity]);

  const right = await providerWindow(wallet.context, () => locked(page).enterPin(PIN));
  await right.chooseAccount('Mine');
  await home(page).shown(WORK_MS);
});

test.describe('a sign-in that expired while the PIN was chosen', () => {
  test('is renewed silently', async ({ wallet, expectedErrors }) => {
    expectedErrors.push(/401/);
    const page = await wallet.openTab();
    await signIn(wallet, page, 'Expired');
    await choosePin(page).choose(PIN);
    await expireSession(wallet);
    const windows = countWindows(wallet.context);
    await choosePin(page).confirm(PIN);
    await backupVerified(page).shown(WORK_MS);
    expect(windows()).toBe(0);
  });

  test('and cannot be renewed costs a sign-in and the PIN, and no try', async ({ wallet, network, expectedErrors }) => {
    expectedErrors.push(/401/);
    const page = await wallet.openTab();
    await signIn(wallet, page, 'Expired for good');
    await choosePin(page).choose(PIN);
    await expireSession(wallet);
    await forgetProvider(wallet.context);
    await choosePin(page).confirm(PIN);
    await expect(page.getByText('The sign-in has expired')).toBeVisible({ timeout: WORK_MS });
    expect(network.exchanges.filter(({ method, url }) => method === 'POST' && url.endsWith('/generations'))).toEqual(
      [],
    );

    await signIn(wallet, page, 'Expired for good');
    await backUp(page, PIN);
    await backupVerified(page).proceed();
    await seal(page, PASSWORD);
  });
});

test('a sign-in that expired before the PIN of a recovery costs no try', async ({
  openBrowser,
  lockedWallet,
  expectedErrors,
}) => {
  expectedErrors.push(/401/);
  const browser = await openBrowser();
  const page = await browser.openTab();
  await signIn(browser, page, lockedWallet.account);
  await recoverPin(page).shown();
  await expireSession(browser);
  await forgetProvider(browser.context);
  await recoverPin(page).enter('739164');
  await expect(page.getByText('no try was used')).toBeVisible({ timeout: WORK_MS });
  await signIn(browser, page, lockedWallet.account);
  await recoverPin(page).shown();
  await recoverPin(page).enter('739164');
  expect(await recoverPin(page).triesLeft()).toBe(7);
  await recoverPin(page).enter(lockedWallet.pin);
  await deviceUnlock(page).shown(WORK_MS);
});

test('each server that is down is named, nothing is lost, and trying again works', async ({
  wallet,
  network,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_EMPTY_RESPONSE|ERR_CONNECTION/);
  const page = await wallet.openTab();
  const whileDown = async (party: PartyName, work: () => Promise<unknown>, title: string) => {
    network.cut(stack.urls[party]);
    await work();
    await expect(page.getByText(title)).toBeVisible({ timeout: WORK_MS });
    await expect(page.getByText(/Nothing is lost\.|nothing is lost/).first()).toBeVisible();
    network.mend(stack.urls[party]);
  };
  const tryAgain = () => page.getByRole('button', { name: 'Try again' }).click();

  await welcome(page).shown();
  await whileDown('identity', welcome(page).continueWithGoogle, 'The sign-in provider does not answer');
  for (const [party, title] of [
    ['vault', 'The vault does not answer'],
    ['issuer', 'The issuer does not answer'],
  ] as const)
    await whileDown(party, () => signIn(wallet, page, 'Outage'), title);
  await signIn(wallet, page, 'Outage');
  await choosePin(page).choose(PIN);
  await whileDown('vault', () => choosePin(page).confirm(PIN), 'The vault does not answer');
  await whileDown('issuer', tryAgain, 'The issuer does not answer');
  await whileDown('realm-3', tryAgain, 'Too few realms answer');
  await tryAgain();
  await backupVerified(page).shown(WORK_MS);
  await backupVerified(page).proceed();
  await seal(page, PASSWORD);
  await home(page).balanceShown('0', WORK_MS);
  await whileDown('chain', () => page.reload(), 'The network does not answer.');
  await page.reload();
  await home(page).shown();
  await expect(page.getByText('The network does not answer.')).toHaveCount(0, { timeout: WORK_MS });
});

test('a wrong address or amount is said at its field', async ({ openBrowser, lockedWallet }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(lockedWallet.password);
  await home(page).someBalanceShown(WORK_MS);
  await home(page).send();
  const [to, amount] = [page.getByLabel('To', { exact: true }), page.getByRole('textbox', { name: /^Amount/ })];
  for (const [typed, reason] of [
    ['', 'An address is missing.'],
    ['mira', 'That is not an address.'],
    ['mira.eth', 'Names are looked up on Ethereum only'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'That is an address of Bitcoin.'],
    [RECIPIENT.slice(0, -1), 'This address is too short.'],
    [`${RECIPIENT}0`, 'This address is too long.'],
    [RECIPIENT.replace('dC79C8', 'dC79c8').replace('dc79C8', 'dc79c8'), 'This address has a typing mistake.'],
    [`0x${'0'.repeat(40)}`, 'Nobody holds this address.'],
  ] as const) {
    await send(page).fill(typed, '0.1');
    await expect(to).toHaveAccessibleDescription(new RegExp(`^${reason}`));
    await expect(to).toHaveAttribute('aria-invalid', 'true');
  }
  for (const [typed, reason] of [
    ['', 'An amount is missing.'],
    ['a little', 'That is not an amount.'],
    ['0', 'More than nothing has to be sent.'],
    ['0.1234567890123456789', 'ETH has 18 decimals at most.'],
    ['100', 'That is more than you have.'],
  ] as const) {
    await send(page).fill(RECIPIENT, typed);
    await expect(amount).toHaveAccessibleDescription(reason);
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the background refuses what is not in the table of messages', async ({ wallet, stack, expectedErrors }) => {
  // The provider has no page at its root.
  expectedErrors.push(/404/);
  const page = await wallet.openPopup();
  await welcome(page).shown();
  for (const message of [
    { name: 'keys.export', input: {} },
    { name: 'toString', input: {} },
    { name: '__proto__', input: {} },
    { name: ['state.get'], input: {} },
    { name: 'state.get', input: { more: 1 } },
    { name: 'state.get' },
    { name: 'settings.change', input: { idleLockMinutes: 0 } },
    { name: 'accounts.add', input: { name: 'x'.repeat(41) } },
    'state.get',
    null,
    [],
  ])
    expect(await page.evaluate(sendMessage, message)).toMatchObject({ ok: false, error: { code: 'bad-message' } });
  expect(await page.evaluate(sendMessage, { name: 'flow.continue', input: {} })).toEqual({
    ok: false,
    error: { code: 'bad-message', details: { reason: 'stage' } },
  });
  await welcome(page).shown();

  // A page of the web has nothing to send it with.
  const foreign = await wallet.context.newPage();
  await foreign.goto(stack.urls.identity);
  expect(await foreign.evaluate(() => typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime)).toBe(
    'undefined',
  );
});

test('garbage and too much of it are refused by each server with a code', async ({ stack }) => {
  const much = Buffer.alloc(10 * 1024 * 1024, 'x');
  const requests = [
    ...(['vault', 'issuer'] as const).flatMap((party) => [
      { party, path: '/session', body: '{"idToken":', status: [400, 401], code: /^(bad-request|unauthenticated)$/ },
      { party, path: '/session', body: much, status: [413], code: /^too-large$/ },
      { party, path: '/nowhere', body: '{}', status: [404], code: /^not-found$/ },
    ]),
    { party: 'vault', path: '/activate', body: '[]', status: [401], code: /^unauthenticated$/ },
    { party: 'issuer', path: '/witness', body: '[]', status: [401], code: /^unauthenticated$/ },
    ...(['realm-1', 'realm-2', 'realm-3'] as const).flatMap((party) => [
      { party, path: '/req', body: 'garbage', status: [401], code: null },
      { party, path: '/req', body: much, status: [413], code: null },
    ]),
    { party: 'identity', path: '/auth', body: 'garbage', status: [400, 404, 415], code: null },
    { party: 'identity', path: '/auth', body: much, status: [400, 404, 413, 415], code: null },
  ] as const;
  for (const { party, path, body, status, code } of requests) {
    const response = await fetch(`${stack.urls[party]}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([party, path, status.some((expected) => expected === response.status), response.status]).toEqual([
      party,
      path,
      true,
      response.status,
    ]);
    if (code !== null) expect((await response.json()).code).toMatch(code);
  }
});

function sendMessage(message: unknown): Promise<unknown> {
  type Runtime = { sendMessage(message: unknown): Promise<unknown> };
  return (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome.runtime.sendMessage(message);
}

/** The provider no longer knows this browser. */
const forgetProvider = (context: BrowserContext) => context.clearCookies();

/** Access tokens that no server takes any more, and that are known to be over. */
async function expireSession(browser: WalletBrowser): Promise<void> {
  await (await browser.background()).evaluate(async () => {
    type Area = { get(key: string): Promise<{ session: object }>; set(items: object): Promise<void> };
    const { session: area } = (globalThis as unknown as { chrome: { storage: { session: Area } } }).chrome.storage;
    const { session } = await area.get('session');
    const expired = { vaultToken: 'expired', issuerToken: 'expired', expiresAtMs: 0 };
    await area.set({ session: { ...session, ...expired } });
  });
}

function countWindows(context: BrowserContext): () => number {
  let count = 0;
  context.on('page', (page: Page) => {
    page.on('framenavigated', (frame) => {
      if (frame.url().includes('/interaction/')) count += 1;
    });
  });
  return () => count;
}
