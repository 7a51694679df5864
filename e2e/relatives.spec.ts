/**
 * What Bitcoin's story does, for its relatives on real nodes: Bitcoin Cash on bcash; bcoin stands in for Litecoin, Dogecoin and
 * Dash, with their addresses.
 */
import { expect, type Page } from '@playwright/test';
import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { ABANDON, addressAt } from '@/lib/chains/utxo/testing/seed';
import { test } from './fixtures';
import { beginWithLock } from './hardware-story';
import { coins } from './pages/coins';
import { home } from './pages/home';
import { addWallet, importPhrase } from './pages/wallets';
import { type Node, type NodeName, startNode } from './simulators/nodes/node';
import { scriptOfAddress } from './simulators/utxo/addresses';
import { serveBlockbook } from './simulators/utxo/blockbook';
import { CHAINS } from './simulators/utxo/chains';
import { WORK_MS } from './steps';
import { unlocked } from './unlocked';

type Relative = Exclude<CoinId, 'btc' | 'btg'>;

const PHRASE = 'all '.repeat(12).trim();
const RECEIVED = 100_000_000;
const NEWS_MS = 90_000;
/** What nodes of Dogecoin want is more than others do. */
const FEE_PER_KB = 400_000;

const scriptOf = (coin: Relative, address: string): string =>
  scriptOfAddress(CHAINS[coin], address)?.toString('hex') ?? '';

/** Received, sent, sped up where nodes replace, mined, and in the history. */
async function play(page: Page, node: Node, coin: Relative, onServer: (origin: string) => void): Promise<void> {
  const { name, symbol, purposes, replaceable } = COINS[coin];
  const server = await serveBlockbook({ coin, node, feePerKb: FEE_PER_KB, onSent: unlocked(coin) });
  onServer(new URL(server.url).origin);
  const pays = addressAt(ABANDON, coin, purposes[0] ?? 44, 0, 7).address;
  const paid = async () => (await node.mempool()).filter(({ hex }) => hex.includes(scriptOf(coin, pays)));
  try {
    await coins(page).open(name);
    await coins(page).pickServer(server.url, 'mine');
    await coins(page).accountShown();
    const fresh = await coins(page).freshAddress();
    await node.pay(scriptOf(coin, fresh), RECEIVED);
    await node.mine(1);
    await coins(page).lookAgain();
    await page.getByText(`1 ${symbol}`, { exact: true }).first().waitFor({ timeout: NEWS_MS });
    expect(await coins(page).freshAddress()).not.toBe(fresh);
    await coins(page).fill(pays, '0.25');
    await coins(page).confirm(`0.25 ${symbol}`);
    await coins(page).onItsWay();
    const [slow] = await paid();
    expect(slow).toBeDefined();
    await coins(page).done();
    if (replaceable) {
      await coins(page).newest();
      await coins(page).speedUp();
      await expect.poll(async () => (await paid())[0]?.hex, { timeout: WORK_MS }).not.toBe(slow?.hex);
      expect(await node.mempool()).toHaveLength(1);
    }
    await node.mine(1);
    expect(await node.mempool()).toEqual([]);
    await coins(page).lookAgain();
    // Blocks of the nodes are dated ahead of the clock, and so before what never came into one.
    const beaten = replaceable ? [/^SentReplaced or dropped/] : [];
    await coins(page).listed([/^SentToday, [0-9]+:[0-9]{2}−0\.25/, /^ReceivedToday, [0-9]+:[0-9]{2}\+1 /, ...beaten]);
    await coins(page).back();
    await coins(page).back();
  } finally {
    await server.close();
  }
}

test('the relatives of Bitcoin are received, sent and mined on real nodes', async ({ openBrowser, network }) => {
  test.setTimeout(480_000);
  const nodes = new Map<NodeName, Node>();
  try {
    for (const name of ['bcoin', 'bcash'] as const) nodes.set(name, await startNode(name));
    const browser = await openBrowser();
    const page = await browser.openTab();
    page.setDefaultTimeout(WORK_MS);
    await beginWithLock(page);
    await addWallet(page).phrase();
    await importPhrase(page).paste(PHRASE);
    await importPhrase(page).add();
    await home(page).shown();
    for (const coin of ['bch', 'ltc', 'doge', 'dash'] as const) {
      const node = nodes.get(coin === 'bch' ? 'bcash' : 'bcoin');
      if (!node) throw new Error('no node');
      await test.step(COINS[coin].name, () => play(page, node, coin, network.allow));
    }
  } finally {
    for (const node of nodes.values()) await node.close();
  }
});
