import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, type Hex, http, parseEther } from 'viem';
import { paymentUri } from '@/lib/chains/payment-uri';
import { expect, type LockedWallet, test } from './fixtures';
import { activity } from './pages/activity';
import { contacts } from './pages/contacts';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { receive } from './pages/receive';
import { send } from './pages/send';
import type { Stack } from './stack';
import { WORK_MS } from './steps';
import { askBackground, deployToken, listToken, rpc, tokenBalance } from './token';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
/** The same ends, another address. */
const MIRA_LIKE = '0x71c765019b3fa4c2d7738e6029c1a5b4e2d8976f';
const JONAS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

const reader = ({ chain }: Stack) => createPublicClient({ transport: http(chain.rpcUrl) });

async function openFunded(page: Page, stack: Stack, owner: LockedWallet): Promise<void> {
  await stack.chain.fund(getAddress(owner.address), parseEther('1'));
  await locked(page).unlock(owner.password);
  await home(page).shown(WORK_MS);
  await expect(page.getByText(/^[1-9][0-9.]* ETH$/).first()).toBeVisible({ timeout: WORK_MS });
}

test('a token is sent, and the fee is paid in ether', async ({ openBrowser, lockedWallet, stack }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await openFunded(page, stack, lockedWallet);
  const address = await deployToken(stack, lockedWallet.address, { symbol: 'USDX', name: 'Dollar X' });
  await listToken(page, stack, address);

  await test.step('a code asks for an amount of it, and whoever pastes it has token and amount', async () => {
    await home(page).receive();
    await receive(page).ask();
    await receive(page).asset('Dollar X');
    await receive(page).amountField().fill('0.1234567');
    await receive(page).show();
    await expect(receive(page).amountField()).toHaveAccessibleDescription(/USDX has 6 decimals at most\./);
    await receive(page).amountField().fill('12.5');
    await receive(page).show();
    await expect(page.getByText('Asks for 12.5 USDX')).toBeVisible();
    const chainId = Number(await rpc<Hex>(stack, 'eth_chainId'));
    const request = {
      chainId,
      address: getAddress(lockedWallet.address),
      token: getAddress(address),
      amount: 12_500_000n,
    };
    expect((await receive(page).requested()).toLowerCase()).toBe(paymentUri(request).toLowerCase());
    await receive(page).copyRequest();
    await receive(page).addressOnly();
    expect(await page.getByRole('img', { name: /^QR code of the address 0x/ }).count()).toBe(1);
    await home(page).back();

    // As somebody does who was sent it: by the clipboard.
    await home(page).send();
    await page.getByLabel('To', { exact: true }).press('ControlOrMeta+V');
    await expect(page.getByRole('textbox', { name: /^Amount/ })).toHaveValue('12.5');
    await expect(page.getByText('Dollar X', { exact: false }).first()).toBeVisible();
    await expect(page.getByText('That is the account you send from.')).toBeVisible();
    await home(page).back();
  });

  await home(page).send();
  await send(page).asset('Dollar X');
  await send(page).fill(MIRA, '0.1234567');
  await expect(page.getByRole('textbox', { name: /^Amount/ })).toHaveAccessibleDescription(
    'USDX has 6 decimals at most.',
  );
  await send(page).fill(MIRA, '12.5');
  await send(page).confirm('12.5', 'USDX');
  await send(page).arrived(WORK_MS);
  expect(await tokenBalance(stack, address, MIRA)).toBe(12_500_000n);

  await send(page).saveContact();
  await contacts(page).name('Mira');
  await contacts(page).save();
  await send(page).done();
  await activity(page).open();
  await activity(page).item('To Mira').click();
  await expect(page.getByText('12.5 USDX').first()).toBeVisible();
});

test('everything leaves the fee, and nothing more', async ({ openBrowser, lockedWallet, stack }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await openFunded(page, stack, lockedWallet);
  const heldBefore = await reader(stack).getBalance({ address: JONAS });
  await home(page).send();
  await send(page).recipient(JONAS);
  await send(page).max();
  await send(page).review();
  const button = page.getByRole('dialog').getByRole('button', { name: /^Send .+ ETH$/ });
  const shown = /^Send (?<amount>[0-9.]+)/.exec((await button.textContent()) ?? '')?.groups?.amount ?? '';
  await button.click();
  await send(page).arrived(WORK_MS);
  const [held, left] = await Promise.all([
    reader(stack).getBalance({ address: JONAS }),
    reader(stack).getBalance({ address: getAddress(lockedWallet.address) }),
  ]);
  expect(held - heldBefore).toBe(parseEther(shown));
  expect(left).toBeLessThan(parseEther('0.001'));

  // Whom one has sent to is offered the next time.
  await send(page).done();
  await home(page).send();
  await page.getByRole('button', { name: 'Choose somebody you know' }).click();
  await expect(page.getByRole('list', { name: 'Recent' }).getByRole('button')).toContainText('0x5aAeb6…1BeAed');
});

test('what is typed is there again when the popup was closed and the background ended, until it is sent or given up', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const kept = async () => {
    const background = await browser.background();
    const session = await background.evaluate(() => {
      type Session = { chrome: { storage: { session: { get(keys: null): Promise<Record<string, unknown>> } } } };
      return (globalThis as unknown as Session).chrome.storage.session.get(null);
    });
    return session.sendDraft;
  };
  const amountOf = (page: Page) => page.getByRole('textbox', { name: /^Amount/ });
  const popup = await browser.openPopup();
  await openFunded(popup, stack, lockedWallet);
  await home(popup).send();
  // Somebody's request, as they have copied it.
  const chainId = Number(await rpc<Hex>(stack, 'eth_chainId'));
  const asked = { chainId, address: JONAS, token: null, amount: parseEther('0.02') };
  await send(popup).recipient(paymentUri(asked));
  await expect(amountOf(popup)).toHaveValue('0.02');
  await popup.getByRole('radio', { name: /^Fast/ }).click();
  await expect.poll(kept).toMatchObject({ form: { to: JONAS, amount: '0.02', token: null, fee: 'fast' } });
  await popup.close();
  await browser.killWorker();

  const again = await browser.openPopup();
  await expect(amountOf(again)).toHaveValue('0.02');
  await expect(again.getByRole('radio', { name: /^Fast/ })).toBeChecked();
  // Whom it is for was asked again.
  await send(again).review();
  await send(again).confirm('0.02');
  await send(again).arrived(WORK_MS);
  expect(await kept()).toBeUndefined();
  await again.reload();
  await home(again).shown();

  await test.step('nothing of it outlives going back, and nothing a lock', async () => {
    await home(again).send();
    await send(again).amount('0.03');
    await expect.poll(kept).toMatchObject({ form: { amount: '0.03' } });
    await home(again).back();
    await expect.poll(kept).toBeUndefined();
    await home(again).send();
    await send(again).amount('0.04');
    await expect.poll(kept).toMatchObject({ form: { amount: '0.04' } });
    await askBackground(again, { name: 'session.lock', input: {} });
    await locked(again).shown();
    expect(await kept()).toBeUndefined();
  });
});

test('an address that looks like one in the address book is not sent to by mistake', async ({
  openBrowser,
  lockedWallet,
  stack,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await openFunded(page, stack, lockedWallet);
  await home(page).send();

  await test.step('somebody gets a name, another, and is found by it', async () => {
    await page.getByRole('button', { name: 'Choose somebody you know' }).click();
    await page.getByRole('button', { name: 'Open the address book' }).click();
    await contacts(page).add();
    await contacts(page).name('Mira');
    await contacts(page).address('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4');
    await contacts(page).save();
    await expect(page.getByLabel('Address', { exact: true })).toHaveAccessibleDescription(
      /^That is an address of Bitcoin/,
    );
    await contacts(page).address(MIRA);
    await contacts(page).save();
    await contacts(page).entry('Mira').click();
    await contacts(page).name('Mira K.');
    await contacts(page).save();
    await contacts(page).add();
    await contacts(page).name('Jonas');
    await contacts(page).address(JONAS);
    await contacts(page).save();
    await contacts(page).entry('Jonas').click();
    await contacts(page).remove();
    await expect(contacts(page).entry('Jonas')).toHaveCount(0);
    await contacts(page).back();
    await send(page).pick('Mira K.');
    await expect(page.getByText('Mira K.')).toBeVisible();
  });

  await test.step('one with the same ends is warned about, and has to be compared', async () => {
    await send(page).fill(MIRA_LIKE, '0.1');
    const review = page.getByRole('dialog');
    await expect(review.getByText('This only looks like an address you know.')).toBeVisible();
    await expect(send(page).sendButton('0.1')).toBeDisabled();
    await send(page).compared();
    await expect(send(page).sendButton('0.1')).toBeEnabled();
    await page.keyboard.press('Escape');
  });

  await test.step('oneself, and a name where there are none, are said', async () => {
    await send(page).recipient(lockedWallet.address);
    await expect(page.getByText('That is the account you send from.')).toBeVisible();
    await send(page).recipient('mira.eth');
    await page.getByRole('textbox', { name: /^Amount/ }).focus();
    await expect(page.getByText(/^Names are looked up on Ethereum only/)).toBeVisible();
  });
});

test('a payment that waits is sped up, and another one is cancelled', async ({ openBrowser, lockedWallet, stack }) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openTab();
  await openFunded(page, stack, lockedWallet);
  const account = getAddress(lockedWallet.address);
  const counted = () => reader(stack).getTransactionCount({ address: account });
  const [before, held] = await Promise.all([counted(), reader(stack).getBalance({ address: MIRA })]);
  await rpc(stack, 'evm_setAutomine', [false]);
  try {
    await test.step('sped up: the same payment, dearer, once', async () => {
      await home(page).send();
      await send(page).fill(MIRA, '0.01');
      await send(page).confirm('0.01');
      await send(page).onItsWay();
      await send(page).done();
      await activity(page).open();
      await activity(page).item('To 0x71C765').click();
      await activity(page).speedUp();
      await activity(page).confirm('Send it dearer');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await browser.killWorker();
      await rpc(stack, 'evm_mine');
      await expect(page.getByText(/^Sent · /)).toBeVisible({ timeout: WORK_MS });
      expect((await counted()) - before).toBe(1);
      expect((await reader(stack).getBalance({ address: MIRA })) - held).toBe(parseEther('0.01'));
      await activity(page).back();
    });

    await test.step('cancelled: only a fee is paid', async () => {
      await home(page).send();
      await send(page).fill(MIRA, '0.02');
      await send(page).confirm('0.02');
      await send(page).onItsWay();
      await send(page).done();
      await activity(page).open();
      await activity(page).item('To 0x71C765').first().click();
      await activity(page).cancel();
      await activity(page).confirm('Try to cancel it');
      await expect(page.getByText(/^Being cancelled · /)).toBeVisible();
      // It is kept before it is sent; the sheet goes when the node has it.
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await rpc(stack, 'evm_mine');
      await expect(page.getByText(/^Cancelled, fee only · /)).toBeVisible({ timeout: WORK_MS });
      expect((await counted()) - before).toBe(2);
      expect((await reader(stack).getBalance({ address: MIRA })) - held).toBe(parseEther('0.01'));
    });
  } finally {
    await rpc(stack, 'evm_setAutomine', [true]);
  }
});
