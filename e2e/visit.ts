/** Somebody with an open wallet on a web site: asking, deciding in the window, and back to the page. */
import { expect, type Page } from '@playwright/test';
import { createPublicClient, http } from 'viem';
import { ask } from './ask';
import type { WalletBrowser } from './browser';
import type { LockedWallet } from './fixtures';
import { approval, approvalWindow } from './pages/approval';
import { home } from './pages/home';
import { locked } from './pages/locked';
import type { Site } from './site';
import type { Stack } from './stack';
import { WORK_MS } from './steps';

export const CONNECT = /^Connect/;
export const SIGN = /^Sign/;
export const SEND = /^(Send|Confirm|Approve)/;

export interface Visit {
  readonly browser: WalletBrowser;
  readonly page: Page;
}

/** @param prepare what is done in the open wallet before the site is visited */
export async function openUnlocked(
  openBrowser: () => Promise<WalletBrowser>,
  owner: LockedWallet,
  site: Pick<Site, 'origin'>,
  prepare: (wallet: Page) => Promise<void> = async () => undefined,
): Promise<Visit> {
  const browser = await openBrowser();
  const wallet = await browser.openPopup();
  await locked(wallet).unlock(owner.password);
  await home(wallet).shown(WORK_MS);
  await prepare(wallet);
  await wallet.close();
  const page = await browser.context.newPage();
  await page.goto(site.origin);
  return { browser, page };
}

/** Asks the background as a page of the wallet does. */
export async function tell(wallet: Page, message: { readonly name: string; readonly input: object }): Promise<void> {
  const reply = await wallet.evaluate((asked) => {
    type Runtime = { sendMessage(message: unknown): Promise<{ ok: boolean }> };
    return (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome.runtime.sendMessage(asked);
  }, message);
  expect(reply).toMatchObject({ ok: true });
}

/** Does it in the window that what was asked opens, and gives the answer. */
export async function decide<Answered>(
  { browser, page }: Visit,
  asked: Promise<Answered>,
  press: (window: Page) => Promise<void>,
): Promise<Answered> {
  const window = await approvalWindow(browser.context);
  await press(window);
  const answer = await asked;
  await approval(window).closed();
  await page.bringToFront();
  return answer;
}

export const approve = (name: RegExp) => (window: Page) => approval(window).approve(name);

/** @returns the account that the site was given */
export async function connect(visit: Visit): Promise<string> {
  const answer = await decide(visit, ask(visit.page, 'eth_requestAccounts'), approve(CONNECT));
  if (!('result' in answer)) throw new Error(answer.message);
  return String((answer.result as string[])[0]);
}

/** The only network of the build under test. */
export const chainIdOf = ({ config }: Stack): number => config.chains[0]?.chainId ?? 0;

export const reader = ({ chain }: Stack) => createPublicClient({ transport: http(chain.rpcUrl) });
