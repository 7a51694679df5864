/** What a site sends together, and what its user ends. */
import type { Page } from '@playwright/test';
import { getAddress, parseEther } from 'viem';
import { ask } from './ask';
import { expect, test } from './fixtures';
import { approval, approvalWindow, approvalWindows } from './pages/approval';
import { home } from './pages/home';
import { settings } from './pages/settings';
import { startSite } from './site';
import { WORK_MS } from './steps';
import { approve, chainIdOf, connect, decide, openUnlocked, reader, tell, type Visit } from './visit';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

test('calls that are sent together are mined one by one, and their status is told', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const site = await startSite();
  network.allow(site.origin);
  await stack.chain.fund(getAddress(lockedWallet.address), parseEther('1'));
  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const { page } = visit;
  await connect(visit);
  const chainId = `0x${chainIdOf(stack).toString(16)}`;
  const call = { to: MIRA, value: '0x2386f26fc10000' };
  const send = (id: string, count: number) =>
    ask(page, 'wallet_sendCalls', [
      { version: '2.0.0', id, chainId, atomicRequired: false, calls: Array.from({ length: count }, () => call) },
    ]);
  const held = await reader(stack).getBalance({ address: MIRA });

  const waiting = send('first', 2);
  await approvalWindow(visit.browser.context);
  // The same id, while nothing is sent yet.
  expect(await send('first', 1)).toMatchObject({ code: 5720 });
  expect(await decide(visit, waiting, approve(/^Do all of it/))).toEqual({ result: { id: 'first' } });
  const status = async () => {
    const told = await ask(page, 'wallet_getCallsStatus', ['first']);
    return 'result' in told ? (told.result as { status: number; receipts: object[] }) : null;
  };
  await expect.poll(async () => (await status())?.status, { timeout: WORK_MS }).toBe(200);
  const { receipts = [], ...told } = (await status()) ?? {};
  expect(told).toEqual({ version: '2.0.0', id: 'first', chainId, status: 200, atomic: false });
  expect(receipts).toHaveLength(2);
  for (const receipt of receipts) {
    expect(receipt).toMatchObject({ status: '0x1', gasUsed: '0x5208', logs: [] });
    const names = ['blockHash', 'blockNumber', 'gasUsed', 'logs', 'status', 'transactionHash'];
    expect(Object.keys(receipt).sort()).toEqual(names);
  }
  expect((await reader(stack).getBalance({ address: MIRA })) - held).toBe(parseEther('0.02'));

  expect(await send('first', 1)).toMatchObject({ code: 5720 });
  expect(await ask(page, 'wallet_getCallsStatus', ['second'])).toMatchObject({ code: 5730 });
  expect(await decide(visit, send('second', 1), (window) => approval(window).reject())).toMatchObject({ code: 4001 });
  expect(await ask(page, 'wallet_getCallsStatus', ['second'])).toMatchObject({ code: 5730 });
  await site.stop();
});

/** The wallet's page about the site that is visited. */
async function openSitePage({ browser, page }: Visit): Promise<Page> {
  const wallet = await browser.openPopup();
  await home(wallet).shown(WORK_MS);
  await settings(wallet).open();
  await wallet.getByRole('button', { name: /^Connected sites/ }).click();
  await wallet.getByRole('button', { name: new RegExp(new URL(page.url()).host) }).click();
  return wallet;
}

test('a site that is disconnected has what waits refused; the name MetaMask ends with it, and with signing out', async ({
  openBrowser,
  lockedWallet,
  network,
}) => {
  const site = await startSite();
  network.allow(site.origin);
  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const { page, browser } = visit;
  const isMetaMask = async () => {
    await page.reload();
    return page.evaluate(() => (window as unknown as { ethereum: { isMetaMask: boolean } }).ethereum.isMetaMask);
  };
  const connectAsMetaMask = async () => {
    await connect(visit);
    const wallet = await openSitePage(visit);
    const name = wallet.getByRole('switch', { name: 'Answer to the name MetaMask' });
    await name.click();
    await expect(name).toBeChecked();
    expect(await isMetaMask()).toBe(true);
    return wallet;
  };

  const wallet = await connectAsMetaMask();
  await page.evaluate(() => {
    const { ethereum } = window as unknown as {
      ethereum: { on(name: string, listener: (value: unknown) => void): void };
    };
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    ethereum.on('accountsChanged', (accounts) => heard.push(accounts));
  });
  const signing = ask(page, 'personal_sign', ['0x6869', lockedWallet.address]);
  await approvalWindow(browser.context);
  await wallet.bringToFront();
  await wallet.getByRole('button', { name: 'Disconnect' }).click();
  expect(await signing).toMatchObject({ code: 4001 });
  await expect.poll(() => approvalWindows(browser.context).length).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { heard: unknown }).heard)).toEqual([[]]);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await isMetaMask()).toBe(false);
  await wallet.close();

  const again = await connectAsMetaMask();
  await browser.killWorker();
  expect(await isMetaMask()).toBe(true);
  await tell(again, { name: 'device.sign-out', input: {} });
  expect(await isMetaMask()).toBe(false);
  await site.stop();
});
