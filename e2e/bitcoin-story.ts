/**
 * Bitcoin on a real node of this machine, behind a Blockbook, in a real browser: received, sent, sped up and mined, once
 * with a recovery phrase and once with a simulated OneKey Mini.
 */
import { expect, type Page } from '@playwright/test';
import { drawCode } from '@/lib/scan/testing/pictures';
import type { WalletBrowser } from './browser';
import { beginWithLock, pluggedMini } from './hardware-story';
import { coins } from './pages/coins';
import { hardware } from './pages/hardware';
import { home } from './pages/home';
import { addWallet, importPhrase } from './pages/wallets';
import { bmpOf } from './qr-pictures';
import { type Node, startNode } from './simulators/nodes/node';
import { scriptOfAddress } from './simulators/utxo/addresses';
import { type Blockbook, serveBlockbook } from './simulators/utxo/blockbook';
import { CHAINS } from './simulators/utxo/chains';
import { WORK_MS } from './steps';
import { unlocked } from './unlocked';

export interface BitcoinWorld {
  openBrowser(): Promise<WalletBrowser>;
  /** Told where the server is before a browser asks it. */
  onServer?(origin: string): void;
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** Words, and an address that is not of theirs: of the first block, and of the phrase that is done by then. */
const PHRASE = { words: `${'abandon '.repeat(11)}about`, pays: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' };
const DEVICE = { words: 'all '.repeat(12).trim(), pays: '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA' };
const RECEIVED = 100_000_000;
/** The server is asked again by itself every minute while the page is open. */
const NEWS_MS = 90_000;

export interface LocalBitcoin {
  readonly node: Node;
  readonly server: Blockbook;
  stop(): Promise<void>;
}

export async function startBitcoin(): Promise<LocalBitcoin> {
  const node = await startNode('bcoin');
  const server = await serveBlockbook({ coin: 'btc', node, onSent: unlocked('btc') });
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
    await step('A browser gets a password', () => beginWithLock(page));
    await playPhrase({ bitcoin, page, step });
    await playDevice(bitcoin, await openBrowser(), step);
  } finally {
    await bitcoin.stop();
  }
}

type Step = BitcoinWorld['step'];

export interface PhraseWorld {
  readonly bitcoin: LocalBitcoin;
  /** Where a first wallet is chosen. */
  readonly page: Page;
  readonly step: Step;
  /** What happens between what is received and what is sent. */
  readonly meanwhile?: () => Promise<void>;
}

export async function playPhrase({ bitcoin, page, step, meanwhile }: PhraseWorld): Promise<void> {
  await step('A recovery phrase is brought along', async () => {
    await addWallet(page).phrase();
    await importPhrase(page).typeAll(PHRASE.words);
    await importPhrase(page).add();
    await home(page).shown();
  });
  await step('Pick the server: accounts are looked for', async () => {
    await coins(page).open('Bitcoin');
    await coins(page).pickServer(bitcoin.server.url);
    await coins(page).accountShown();
  });
  await receive(page, bitcoin, step);
  await meanwhile?.();
  await step('Send, by a code that asks for it: the node takes it', async () => {
    const code = drawCode(`bitcoin:${PHRASE.pays}?amount=0.25`, { width: 480, height: 480, scale: 6, turn: 12 });
    await coins(page).scan(bmpOf(code), '0.25');
    await coins(page).confirm('0.25 BTC');
    await sent(page, bitcoin, PHRASE.pays);
  });
  await step('Speed up: a dearer one takes its place, and is mined', async () => {
    await coins(page).newest();
    await replaced(bitcoin, PHRASE.pays, () => coins(page).speedUp());
    await coins(page).lookAgain();
    await page.getByText('Waiting for a block').first().waitFor({ state: 'hidden', timeout: NEWS_MS });
    // Blocks of the node are dated ahead of the clock, and so before what never came into one.
    await coins(page).listed([/^Sent.*−0\.25/, /^Received.*\+1 BTC/, /^SentReplaced or dropped/]);
  });
}

async function playDevice(bitcoin: LocalBitcoin, browser: WalletBrowser, step: Step): Promise<void> {
  const { cable, shown } = pluggedMini({ mnemonic: DEVICE.words });
  const page = await browser.openTab();
  page.setDefaultTimeout(WORK_MS);
  await step('A OneKey Mini is paired', async () => {
    await hardware(page).plugIn(cable);
    await beginWithLock(page);
    await hardware(page).choose();
    await hardware(page).connect();
    await hardware(page).add();
    await home(page).shown();
  });
  await step(
    'Its accounts are read from it, and looked for on a server that is the user’s own, by their keys',
    async () => {
      const before = bitcoin.server.about.length;
      await coins(page).open('Bitcoin');
      await coins(page).pickServer(bitcoin.server.url, 'mine');
      await coins(page).askDevice();
      await hardware(page).connect();
      await home(page).shown();
      await coins(page).open('Bitcoin');
      await coins(page).accountShown();
      const about = bitcoin.server.about.slice(before);
      expect(about.length).toBeGreaterThan(0);
      expect(about.filter((one) => !/^(pkh|wpkh|sh\(wpkh|tr)\(xpub/.test(one))).toEqual([]);
    },
  );
  await step('The fresh address is checked on its screen', async () => {
    const fresh = await coins(page).freshAddress();
    await coins(page).checkOnDevice();
    await hardware(page).connect();
    await page.getByText('Confirmed on the device.').waitFor();
    expect(shown()).toContain(fresh);
    await hardware(page).done();
    await home(page).shown();
    await coins(page).open('Bitcoin');
  });
  await receive(page, bitcoin, step);
  await step('Send: it stands on the device, is confirmed there, and the node takes it', async () => {
    await coins(page).fill(DEVICE.pays, '0.25');
    await coins(page).confirm('0.25 BTC');
    await hardware(page).compareShown();
    await hardware(page).connect();
    await sent(page, bitcoin, DEVICE.pays);
    expect(shown()).toContain(DEVICE.pays);
    expect(shown()).toContain('0.25 BTC');
    await home(page).shown();
  });
  await step('Speed up: confirmed on the device again, and mined', async () => {
    await coins(page).open('Bitcoin');
    await coins(page).newest();
    await replaced(bitcoin, DEVICE.pays, async () => {
      await coins(page).speedUp();
      await hardware(page).compareShown();
      await hardware(page).connect();
    });
  });
}

/** To the address that is shown; the next one is another. */
async function receive(page: Page, { node }: LocalBitcoin, step: Step): Promise<void> {
  await step('Receive: it arrives and is mined, and the next address is another one', async () => {
    const fresh = await coins(page).freshAddress();
    await node.pay(scriptOf(fresh), RECEIVED);
    await node.mine(1);
    await coins(page).lookAgain();
    await page.getByText('1 BTC', { exact: true }).first().waitFor({ timeout: NEWS_MS });
    expect(await coins(page).freshAddress()).not.toBe(fresh);
  });
}

async function sent(page: Page, bitcoin: LocalBitcoin, to: string): Promise<void> {
  await coins(page).onItsWay();
  expect(await isPaid(bitcoin, scriptOf(to))).toBe(true);
  await coins(page).done();
}

/** One is in the place of the other, pays the same, and is mined. */
async function replaced(bitcoin: LocalBitcoin, to: string, work: () => Promise<void>): Promise<void> {
  const { node } = bitcoin;
  const [before] = await node.mempool();
  await work();
  await expect.poll(async () => (await node.mempool())[0]?.hex, { timeout: WORK_MS }).not.toBe(before?.hex);
  expect(await node.mempool()).toHaveLength(1);
  expect(await isPaid(bitcoin, scriptOf(to))).toBe(true);
  await node.mine(1);
  expect(await node.mempool()).toEqual([]);
}
