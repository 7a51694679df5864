import type { Page } from '@playwright/test';
import { createPublicClient, getAddress, type Hex, http, parseEther, verifyMessage } from 'viem';
import { startLocalChain } from '@/scripts/local-chain';
import { home } from '../pages/home';
import { startSite } from '../site';
import { createWallet, WORK_MS } from '../steps';
import type { FirefoxBrowser } from './browser';
import { chains, frames, type Guest, manager, signatures } from './dapp-story';
import { expect, test } from './fixtures';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const MESSAGE = 'Hello from a site';

/** A site that asks when somebody presses a button, and writes down what it was answered. */
const PAGE = `<title>Site</title>
<button>Connect</button> <button>Sign</button> <button>Send</button> <button>Look</button> <output>nothing yet</output>
<script>
  let account;
  let count = 0;
  const asked = {
    Connect: () => ['eth_requestAccounts'],
    Sign: () => ['personal_sign', [${JSON.stringify(MESSAGE)}, account]],
    Send: () => ['eth_sendTransaction', [{ from: account, to: '${MIRA}', value: '0x2386f26fc10000' }]],
    Look: () => ['eth_accounts'],
  };
  addEventListener('click', async ({ target }) => {
    const [method, params] = asked[target.textContent]?.() ?? [];
    if (!method) return;
    const answer = await ethereum.request({ method, params }).catch(({ code }) => 'refused ' + code);
    if (method === 'eth_requestAccounts') account = answer[0];
    document.querySelector('output').textContent = ++count + ' ' + JSON.stringify(answer);
  });
</script>`;

/** Asks what the page around it tells it to ask. */
const FRAME = `<title>Frame</title><script>
addEventListener('message', async ({ data, source }) => {
  const answer = await ethereum.request(data).then((result) => ({ result }), ({ code }) => ({ code }));
  source.postMessage(answer, '*');
});
</script>`;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The answer to the request of this number, from 1. */
async function answered(page: Page, count: number): Promise<unknown> {
  const output = page.getByText(new RegExp(`^${count} `));
  await output.waitFor({ timeout: WORK_MS });
  return JSON.parse(((await output.textContent()) ?? '').replace(/^[0-9]+ /, ''));
}

/** Does it in the window that opens, and gives what the site was answered. */
async function decide(
  { browser, page }: { readonly browser: FirefoxBrowser; readonly page: Page },
  ask: string,
  count: number,
  answer: RegExp,
): Promise<unknown> {
  const opened = browser.context.waitForEvent('page');
  await press(page, ask);
  const window = await opened;
  await window.bringToFront();
  await window.locator('footer button:not([data-arming])').filter({ hasText: answer }).click();
  await page.bringToFront();
  return answered(page, count);
}

test('a site does all that it does in Chromium', async ({ stack, network, openFirefox, expectedErrors }) => {
  // What Firefox says of questions to itself that a background was waiting for when it was ended.
  expectedErrors.push(/Promise (resolved|rejected) after context unloaded/);
  test.setTimeout(300_000);
  const inner = await startSite({ '/frame': { body: FRAME } });
  const site = await startSite({
    '/': { body: PAGE },
    '/frame': { body: FRAME },
    '/frames': {
      body: `<title>Frames</title><h1>Frames</h1><iframe name="inner" src="${inner.origin}/frame"></iframe>
        <iframe name="sandboxed" sandbox="allow-scripts" src="/frame"></iframe>`,
    },
  });
  const other = await startLocalChain({ chainId: 4_242 });
  for (const origin of [site.origin, inner.origin, other.rpcUrl]) network.allow(origin);
  const browser = await openFirefox();
  const wallet = await browser.openTab();
  await createWallet(browser, wallet, { account: 'Firefox site', pin: '482913', password: 'copper lantern drift' });
  const address = getAddress(await home(wallet).address());
  await stack.chain.fund(address, parseEther('1'));

  const page = await browser.openSite(site.origin);
  await press(page, 'Look');
  expect(await answered(page, 1)).toEqual([]);
  const visit = { browser, page };
  expect(await decide(visit, 'Connect', 2, /^Connect/)).toEqual([address.toLowerCase()]);
  const signature = (await decide(visit, 'Sign', 3, /^Sign/)) as Hex;
  expect(await verifyMessage({ address, message: MESSAGE, signature })).toBe(true);
  await browser.killWorker();
  expect(await decide(visit, 'Sign', 4, /^Reject$/)).toBe('refused 4001');
  const hash = (await decide(visit, 'Send', 5, /^(Send|Confirm)/)) as Hex;
  const reader = createPublicClient({ transport: http(stack.chain.rpcUrl) });
  expect(await reader.waitForTransactionReceipt({ hash })).toMatchObject({ status: 'success', to: MIRA.toLowerCase() });

  const guest: Guest = { browser, page, wallet, address, site, stack };
  await test.step('typed data and sign-ins', () => signatures(guest));
  await test.step('networks', () => chains(guest, other));
  await test.step('the name MetaMask, allowances, disconnecting', () => manager(guest));
  await test.step('frames', () => frames(guest, inner));
  await Promise.all([site.stop(), inner.stop(), other.stop()]);
});
