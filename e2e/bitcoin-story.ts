/**
 * Bitcoin on a real node of this machine, behind a Blockbook, in a real browser: received, sent, sped up and mined, once
 * with a recovery phrase and once with a simulated OneKey Mini.
 */
import { expect, type Page } from '@playwright/test';
import type { WalletBrowser } from './browser';
import { beginWithLock } from './hardware-story';
import { coins } from './pages/coins';
import { home } from './pages/home';
import { addWallet, importPhrase } from './pages/wallets';
import { type Node, startNode } from './simulators/nodes/node';
import { scriptOfAddress } from './simulators/utxo/addresses';
import { type Served, serveBlockbook } from './simulators/utxo/blockbook';
import { CHAINS } from './simulators/utxo/chains';
import { WORK_MS } from './steps';

export interface BitcoinWorld {
  openBrowser(): Promise<WalletBrowser>;
  /** Told where the server is before a browser asks it. */
  onServer?(origin: string): void;
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

const PHRASE = `${'abandon '.repeat(11)}about`;
/** Somebody else's, of `all` twelve times. */
const RECIPIENT = '1JAd7XCBzGudGpJQSDSfpmJhiygtLQWaGL';
const RECEIVED = 100_000_000;
/** The server is asked again by itself every half a minute while the page is open. */
const NEWS_MS = 60_000;

export interface LocalBitcoin {
  readonly node: Node;
  readonly server: Served;
  stop(): Promise<void>;
}

export async function startBitcoin(): Promise<LocalBitcoin> {
  const node = await startNode('bcoin');
  const server = await serveBlockbook({ coin: 'btc', node });
  const stop = async () => {
    await server.close();
    await node.close();
  };
  return { node, server, stop };
}

const scriptOf = (address: string): string => scriptOfAddress(CHAINS.btc, address)?.toString('hex') ?? '';

/** Whether a transaction that waits pays it. */
const isPaid = async ({ node }: LocalBitcoin, script: string): Promise<boolean> =>
  (await node.mempool()).some(({ hex }) => hex.includes(script));

export async function playBitcoin({ openBrowser, onServer, step }: BitcoinWorld): Promise<void> {
  const bitcoin = await step('Start a node and a Blockbook', startBitcoin);
  try {
    onServer?.(new URL(bitcoin.server.url).origin);
    const page = await (await openBrowser()).openTab();
    page.setDefaultTimeout(WORK_MS);
    await step('A recovery phrase is brought along', () => bringPhrase(page));
    await playCoin(page, bitcoin, step);
  } finally {
    await bitcoin.stop();
  }
}

async function bringPhrase(page: Page): Promise<void> {
  await beginWithLock(page);
  await addWallet(page).phrase();
  await importPhrase(page).paste(PHRASE);
  await importPhrase(page).add();
  await home(page).shown();
}

/** Everything that is done with one account, from its page. */
async function playCoin(page: Page, bitcoin: LocalBitcoin, step: BitcoinWorld['step']): Promise<void> {
  const { node, server } = bitcoin;
  await step('Pick the server: accounts are looked for', async () => {
    await coins(page).open('Bitcoin');
    expect(server.asked).toEqual([]);
    await coins(page).pickServer(server.url);
    await coins(page).accountShown();
  });
  const address = await step('Receive: it arrives, and is mined', async () => {
    const fresh = await coins(page).freshAddress();
    await node.pay(scriptOf(fresh), RECEIVED);
    await node.mine(1);
    await page.getByText('1 BTC', { exact: true }).first().waitFor({ timeout: NEWS_MS });
    return fresh;
  });
  expect(await coins(page).freshAddress()).not.toBe(address);
  await step('Send: the node takes it', async () => {
    await coins(page).fill(RECIPIENT, '0.25');
    await coins(page).confirm('0.25 BTC');
    await coins(page).onItsWay();
    expect(await isPaid(bitcoin, scriptOf(RECIPIENT))).toBe(true);
    await coins(page).done();
  });
  await step('Speed up: a dearer one takes its place, and is mined', async () => {
    const [before] = await node.mempool();
    await coins(page).newest();
    await coins(page).speedUp();
    await expect.poll(async () => (await node.mempool())[0]?.hex, { timeout: WORK_MS }).not.toBe(before?.hex);
    expect(await node.mempool()).toHaveLength(1);
    expect(await isPaid(bitcoin, scriptOf(RECIPIENT))).toBe(true);
    await node.mine(1);
    expect(await node.mempool()).toEqual([]);
    await page
      .getByText(/In a block/)
      .first()
      .waitFor({ timeout: NEWS_MS });
  });
}
