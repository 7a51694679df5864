/** What a site does with a wallet beyond connecting, signing a text and sending: in Firefox, step by step. */
import { expect, type Page } from '@playwright/test';
import {
  type Address,
  createPublicClient,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  verifyMessage,
  verifyTypedData,
} from 'viem';
import { createSiweMessage } from 'viem/siwe';
import type { LocalChain } from '@/scripts/local-chain';
import { type Answer, ask } from '../ask';
import { settings } from '../pages/settings';
import type { Site } from '../site';
import type { Stack } from '../stack';
import { WORK_MS } from '../steps';
import { deployToken } from '../token';
import type { FirefoxBrowser } from './browser';

/** A site that is connected, and the wallet's own page beside it. */
export interface Guest {
  readonly browser: FirefoxBrowser;
  readonly page: Page;
  /** At home. */
  readonly wallet: Page;
  readonly address: Address;
  readonly site: Site;
  readonly stack: Stack;
}

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const chainIdOf = ({ stack }: Guest): number => stack.config.chains[0]?.chainId ?? 0;
const reader = ({ stack }: Guest) => createPublicClient({ transport: http(stack.chain.rpcUrl) });
const hexResult = (answer: Answer): Hex => ('result' in answer ? (answer.result as Hex) : '0x');

/** Does it in the window that opens, and gives the answer. */
async function decide<Answered>(
  { browser, page }: Guest,
  asking: () => Promise<Answered>,
  press: (window: Page) => Promise<void>,
): Promise<Answered> {
  const opened = browser.context.waitForEvent('page');
  const answer = asking();
  const window = await opened;
  await window.bringToFront();
  await press(window);
  await page.bringToFront();
  return answer;
}

/** Presses the button of that name once what has to stand above it does. */
const pressing =
  (name: RegExp, ...texts: readonly string[]) =>
  async (window: Page): Promise<void> => {
    for (const text of texts) await window.getByText(text).first().waitFor({ timeout: WORK_MS });
    await window.locator('footer button:not([data-arming])').filter({ hasText: name }).click();
  };

export async function signatures(guest: Guest): Promise<void> {
  const { page, address, site } = guest;
  const chainId = chainIdOf(guest);
  const typed = {
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'chainId', type: 'uint256' },
      ],
      Mail: [
        { name: 'to', type: 'address' },
        { name: 'contents', type: 'string' },
      ],
    },
    primaryType: 'Mail',
    domain: { name: 'Letters', chainId },
    message: { to: MIRA, contents: 'Hi' },
  } as const;
  const sealed = await decide(
    guest,
    () => ask(page, 'eth_signTypedData_v4', [address, JSON.stringify(typed)]),
    pressing(/^Sign/, 'Letters'),
  );
  const domain = { ...typed.domain, chainId: BigInt(chainId) };
  expect(await verifyTypedData({ ...typed, domain, address, signature: hexResult(sealed) })).toBe(true);
  expect(await ask(page, 'eth_signTypedData_v4', [address, '{}'])).toMatchObject({ code: -32602 });

  const { host } = new URL(site.origin);
  const signIn = { address, chainId, uri: site.origin, version: '1', nonce: '32891757a8f2' } as const;
  const message = createSiweMessage({ ...signIn, domain: host, scheme: 'http' });
  const signed = await decide(
    guest,
    () => ask(page, 'personal_sign', [message, address]),
    pressing(/^Sign in$/, 'The site in the message is the one that asks.'),
  );
  expect(await verifyMessage({ address, message, signature: hexResult(signed) })).toBe(true);
  const elsewhere = createSiweMessage({ ...signIn, domain: 'bank.example' });
  const refused = await decide(
    guest,
    () => ask(page, 'personal_sign', [elsewhere, address]),
    pressing(/^Reject$/, 'This is a sign-in to another site.', 'bank.example'),
  );
  expect(refused).toMatchObject({ code: 4001 });
}

export async function chains(guest: Guest, other: LocalChain): Promise<void> {
  const { page } = guest;
  const [first, second] = [chainIdOf(guest), other.chainId].map((chainId) => `0x${chainId.toString(16)}`);
  const orchard = {
    chainId: second,
    chainName: 'Orchard',
    nativeCurrency: { name: 'Apple', symbol: 'APL', decimals: 18 },
    rpcUrls: [other.rpcUrl],
  };
  const switchTo = (chainId: string | undefined) => ask(page, 'wallet_switchEthereumChain', [{ chainId }]);
  expect(await switchTo(second)).toMatchObject({ code: 4902 });
  const adding = () => ask(page, 'wallet_addEthereumChain', [orchard]);
  expect(await decide(guest, adding, pressing(/^Add it$/, 'Add the network Orchard', other.rpcUrl))).toEqual({
    result: null,
  });
  expect(await ask(page, 'eth_chainId')).toEqual({ result: second });
  expect(await decide(guest, () => switchTo(first), pressing(/^Use /))).toEqual({ result: null });
  expect(await ask(page, 'eth_chainId')).toEqual({ result: first });
}

/** Switches another name on and off, ends an allowance, and the connection while something waits. */
export async function manager(guest: Guest): Promise<void> {
  const { page, wallet, address, site, stack, browser } = guest;
  await wallet.bringToFront();
  await settings(wallet).open();
  await wallet.getByRole('button', { name: /^Connected sites/ }).click();
  const siteRow = wallet.getByRole('button', { name: new RegExp(new URL(site.origin).host) });
  await siteRow.click();
  for (const asMetaMask of [true, false]) {
    await wallet.bringToFront();
    const name = wallet.getByRole('switch', { name: 'Answer to the name MetaMask' });
    await name.click();
    await expect.poll(() => name.getAttribute('aria-checked')).toBe(String(asMetaMask));
    await page.bringToFront();
    await page.reload();
    await expect.poll(() => isMetaMask(page)).toBe(asMetaMask);
  }

  const token = await deployToken(stack, address, { symbol: 'USDX', name: 'Dollar X' });
  const abi = parseAbi([
    'function approve(address spender, uint256 units)',
    'function allowance(address owner, address spender) view returns (uint256)',
  ]);
  const allowed = () =>
    reader(guest).readContract({ address: token, abi, functionName: 'allowance', args: [address, MIRA] });
  const data = encodeFunctionData({ abi, functionName: 'approve', args: [MIRA, 5_000_000n] });
  const hash = await decide(
    guest,
    () => ask(page, 'eth_sendTransaction', [{ from: address, to: token, data }]),
    pressing(/^Allow 5\sUSDX$/),
  );
  await reader(guest).waitForTransactionReceipt({ hash: hexResult(hash) });
  expect(await allowed()).toBe(5_000_000n);
  await wallet.bringToFront();
  await settings(wallet).back();
  await wallet.getByRole('button', { name: /^Allowances/ }).click();
  await wallet.getByRole('button', { name: /^At most 5\sUSDX/ }).click();
  await wallet.getByRole('dialog').locator('button:not([data-arming])').filter({ hasText: 'End it' }).click();
  await wallet.getByText('Nobody may take anything that is known here').waitFor({ timeout: WORK_MS });
  expect(await allowed()).toBe(0n);

  await settings(wallet).back();
  await siteRow.click();
  const refused = await decide(
    guest,
    () => ask(page, 'personal_sign', ['0x6869', address]),
    async (window) => {
      await window.getByRole('button', { name: 'Reject', exact: true }).waitFor({ timeout: WORK_MS });
      await wallet.bringToFront();
      await wallet.getByRole('button', { name: 'Disconnect' }).click();
    },
  );
  expect(refused).toMatchObject({ code: 4001 });
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  await expect.poll(() => approvalWindows(browser)).toBe(0);
}

/** Null while one document takes the place of another. */
const isMetaMask = (page: Page): Promise<boolean | null> =>
  page
    .evaluate(() => (window as unknown as { ethereum?: { isMetaMask: boolean } }).ethereum?.isMetaMask ?? null)
    .catch(() => null);

const approvalWindows = async ({ inChrome }: FirefoxBrowser): Promise<number> =>
  Number(
    await inChrome(`
      const windows = [...Services.wm.getEnumerator('navigator:browser')];
      return windows.filter(({ gBrowser }) => gBrowser.currentURI.spec.endsWith('/approval.html')).length;`),
  );

/** A frame of another site asks for itself; one without an origin has nothing. */
export async function frames(guest: Guest, inner: Site): Promise<void> {
  const { page, site, address } = guest;
  await page.goto(`${site.origin}/frames`);
  await page.getByRole('heading', { name: 'Frames' }).waitFor({ timeout: WORK_MS });
  await page.evaluate(async () => {
    if (document.readyState !== 'complete') await new Promise((loaded) => window.addEventListener('load', loaded));
  });
  const askFrame = (name: string, method: string): Promise<unknown> =>
    page.evaluate(
      ([frame, asked]) =>
        new Promise((answered) => {
          window.addEventListener('message', ({ data }) => answered(data), { once: true });
          const found = document.querySelector<HTMLIFrameElement>(`iframe[name="${frame}"]`);
          found?.contentWindow?.postMessage({ method: asked }, '*');
        }),
      [name, method] as const,
    );
  expect(await askFrame('sandboxed', 'eth_accounts')).toEqual({ result: [] });
  expect(await askFrame('sandboxed', 'eth_requestAccounts')).toEqual({ code: 4100 });
  const given = await decide(
    guest,
    () => askFrame('inner', 'eth_requestAccounts'),
    pressing(/^Connect/, `${inner.origin} inside ${site.origin}`),
  );
  expect(given).toEqual({ result: [address.toLowerCase()] });
  // What the frame was given is the frame's.
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
}
