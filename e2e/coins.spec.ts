import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { type TestChain, testChain } from '@/lib/chains/utxo/testing/chain';
import { ABANDON, ALL, addressAt } from '@/lib/chains/utxo/testing/seed';
import { fundingOf } from '@/lib/chains/utxo/testing/wallet';
import { answerOf } from '@/lib/utxo/testing/socket';
import { launchWalletBrowser, type WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { beginWithLock } from './hardware-story';
import { home } from './pages/home';
import { addWallet, importPhrase } from './pages/wallets';
import { WORK_MS } from './steps';

const PHRASE = new Array<string>(12).fill('all').join(' ');
const RECIPIENT = addressAt(ABANDON, 'btc', 84, 0, 7).address;

interface Reply {
  readonly ok: boolean;
  readonly output?: { readonly output: Record<string, unknown> };
  readonly error?: { readonly code: string };
}
interface Browser {
  readonly runtime: {
    sendMessage(message: unknown): Promise<Reply>;
    getContexts(filter: object): Promise<readonly { readonly documentUrl?: string }[]>;
  };
  readonly storage: { readonly local: { get(keys: null): Promise<Record<string, unknown>> } };
}

/** What a page of the wallet says about coins, as its screens do. */
const ask = (page: Page, name: string, input: object): Promise<Reply> =>
  page.evaluate(
    async ([asked, about]) => {
      const { chrome } = globalThis as unknown as { chrome: Browser };
      return chrome.runtime.sendMessage({ name: 'utxo.call', input: { name: asked, input: about } });
    },
    [name, input] as const,
  );
async function answered(page: Page, name: string, input: object): Promise<Record<string, unknown>> {
  const { ok, output, error } = await ask(page, name, input);
  expect(error?.code, name).toBeUndefined();
  expect(ok, name).toBe(true);
  return output?.output ?? {};
}

/** Documents that nobody sees. */
const documents = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: Browser };
    const found = await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
    return found.map(({ documentUrl = '' }) => new URL(documentUrl).pathname);
  });
const walletId = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { chrome } = globalThis as unknown as { chrome: Browser };
    const { profile } = await chrome.storage.local.get(null);
    return (profile as { wallets: { id: string }[] }).wallets[0]?.id ?? '';
  });

/** A Blockbook over a chain in memory. */
async function blockbook({ backend }: TestChain): Promise<{ url: string; close(): Promise<void> }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (message) => {
      const { id, method, params } = JSON.parse(String(message));
      answerOf(backend, method, params).then(
        (data) => socket.send(JSON.stringify({ id, data })),
        () => socket.send(JSON.stringify({ id, data: { error: { message: 'not found' } } })),
      );
    });
  });
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, 'close');
  };
  return { url: `ws://127.0.0.1:${port}`, close };
}

async function withPhrase(browser: WalletBrowser): Promise<Page> {
  const page = await browser.openTab();
  await beginWithLock(page);
  await addWallet(page).phrase();
  await importPhrase(page).paste(PHRASE);
  await importPhrase(page).add();
  await home(page).shown(WORK_MS);
  return page;
}

test('coins have a document of their own, from the first question on, and pay once though the background is killed', async ({
  extensionFolder,
}) => {
  const chain = testChain('btc');
  chain.pay(fundingOf([{ to: addressAt(ALL, 'btc', 84, 0, 0), amount: 30_000_000n }]));
  const server = await blockbook(chain);
  // Not by way of the proxy, which knows no sockets.
  const browser = await launchWalletBrowser(extensionFolder);
  try {
    let page = await withPhrase(browser);
    expect(await documents(page)).toEqual([]);
    const wallet = { walletId: await walletId(page) };
    const coin = { ...wallet, coin: 'btc' };
    expect((await answered(page, 'coins.list', wallet)).coins).toHaveLength(6);
    expect(await documents(page)).toEqual(['/utxo.html']);
    await answered(page, 'backend.set', { coin: 'btc', kind: 'blockbook', url: server.url, own: false });
    await answered(page, 'discover.start', { ...coin, earlier: false });
    const account = { ...coin, account: '84-0-0' };
    await expect
      .poll(async () => (await answered(page, 'accounts.list', coin)).total)
      .toMatchObject({ confirmed: '30000000' });
    const recipients = [{ to: RECIPIENT, amount: '0.1', everything: false }];
    const form = { ...account, recipients, fee: 'normal', picked: null, legacyMeant: [] };
    const { quoteId, digest } = await answered(page, 'send.prepare', form);
    const confirm = { quoteId, digest };
    const sent = await answered(page, 'send.confirm', confirm);

    await page.close();
    await browser.killWorker();
    page = await browser.openTab();
    await home(page).shown(WORK_MS);
    expect(await answered(page, 'send.confirm', confirm)).toEqual(sent);
    expect(await chain.backend.utxos(RECIPIENT)).toHaveLength(1);
    const { items } = await answered(page, 'history.list', { ...account, from: 0 });
    expect(items).toMatchObject([{ state: 'pending', txid: sent.txid }, { state: 'confirmed' }]);
    expect(browser.errors).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
