/** How the background of a browser is killed: between two steps of its user, or while a request is on its way. */
import type { Page } from '@playwright/test';
import type { WalletBrowser } from './browser';
import type { Exchange, Network } from './network';

/** One device of a story. */
export interface Device {
  readonly browser: Pick<WalletBrowser, 'context' | 'openPopup' | 'openTab' | 'killWorker'>;
  readonly network: Network;
  /** The page in use; another one after each kill. */
  page: Page;
}

export type Matches = (exchange: Exchange) => boolean;

export const asks = (method: string, path: string): Matches => {
  return (exchange) => exchange.method === method && new URL(exchange.url).pathname === path;
};

/** To any realm; their requests are named in the clear by their first bytes. */
export const asksRealm = (name: string): Matches => {
  return ({ requestBody }) => requestBody.subarray(0, 16).includes(name);
};

export const asksChain = (method: string): Matches => {
  return ({ requestBody }) => requestBody.includes(`"${method}"`);
};

type Reopen = (device: Device, shown: (page: Page) => Promise<unknown>, afterKill?: () => void) => Promise<void>;

/**
 * Closes all pages, kills the background, and opens popup and tab again: both must show the same, `shown`. The story
 * goes on in the tab.
 * @param afterKill done while there is no background
 */
export const killAndReopen: Reopen = async (device, shown, afterKill) => {
  await kill(device, afterKill);
  const popup = await device.browser.openPopup();
  await shown(popup);
  device.page = await device.browser.openTab();
  await shown(device.page);
  await popup.close();
};

/** The same without the popup. */
export const killAndReopenTab: Reopen = async (device, shown, afterKill) => {
  await kill(device, afterKill);
  device.page = await device.browser.openTab();
  await shown(device.page);
};

async function kill({ page, browser }: Device, afterKill = () => {}): Promise<void> {
  await page.close();
  await browser.killWorker();
  afterKill();
}

/** The same while a request is on its way, before it is sent or before its answer is read. */
export async function killAtRequest(
  device: Device,
  matches: Matches,
  at: 'request' | 'reply',
  act: () => Promise<unknown>,
  shown: (page: Page) => Promise<unknown>,
  reopen: Reopen = killAndReopen,
): Promise<void> {
  const held = device.network.hold(matches, at);
  await act();
  await held.arrived;
  // Not before: a background that hears of the loss would tell it.
  await reopen(device, shown, held.lose);
}
