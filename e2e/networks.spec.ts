import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TokenShape, tokenCode } from '@/lib/chains/testing/token-contract';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { networks, tokens } from './pages/networks';
import { send } from './pages/send';
import { WORK_MS } from './steps';

const RECIPIENT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const OTHER_CHAIN_ID = 4_242;

let other: LocalChain;
/** Something that answers, but is no node. */
let stranger: Server;

test.beforeAll(async () => {
  other = await startLocalChain({ chainId: OTHER_CHAIN_ID });
  stranger = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
});
test.afterAll(async () => {
  await other.stop();
  stranger.close();
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** Puts a token on a chain. @returns its address */
async function deploy(rpcUrl: string, shape: TokenShape): Promise<string> {
  const ask = async (method: string, params: unknown[]) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()).result;
  };
  const [from] = await ask('eth_accounts', []);
  return (await ask('eth_sendTransactionSync', [{ from, data: tokenCode(shape) }])).contractAddress;
}

test('a network of one’s own: refused at the field, added, used, given another node, removed', async ({
  openBrowser,
  lockedWallet,
  network,
}) => {
  network.allow(other.rpcUrl);
  network.allow(urlOf(stranger));
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(lockedWallet.password);
  await home(page).shown(WORK_MS);

  await networks(page).manage();
  await networks(page).add();
  const typed = { name: 'Orchard', node: 'orchard', chainId: '31337', symbol: 'APL' };
  await networks(page).fill(typed);
  for (const [node, reason] of [
    ['orchard', /That is not an address of a node/],
    ['http://orchard.example', /Anybody on the way/],
    ['https://orchard.example', /reaches nodes on this machine only/],
  ] as const) {
    await networks(page).fillNode(node);
    await networks(page).save();
    await networks(page).refused(reason);
  }
  await networks(page).fillNode(other.rpcUrl);
  await networks(page).save();
  await networks(page).refused('Local chain has this chain id already.');
  await networks(page).fillChainId('4243');
  await networks(page).save();
  await networks(page).refused(`The node says that it is chain ${OTHER_CHAIN_ID}.`);
  await networks(page).fillNode(urlOf(stranger));
  await networks(page).save();
  await networks(page).refused(/it is no node/);
  // Nothing of what was typed is lost by all that.
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Orchard');

  await networks(page).fillNode(other.rpcUrl);
  await networks(page).fillChainId(String(OTHER_CHAIN_ID));
  await networks(page).save();
  await networks(page).listed('Orchard');
  await networks(page).back();

  await other.fund(lockedWallet.address, 3n * 10n ** 18n);
  await networks(page).choose('Orchard');
  await page.getByText('3 APL', { exact: true }).first().waitFor({ timeout: WORK_MS });
  await browser.killWorker();
  await page.reload();
  await networks(page).looksAt('Orchard');

  await networks(page).manage();
  await networks(page).open('Orchard');
  await networks(page).remove();
  await networks(page).back();
  await networks(page).looksAt('Local chain');
});

test('what is typed about a network is there again when the browser’s question has closed the popup', async ({
  openBrowser,
  lockedWallet,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const popup = await browser.openPopup();
  await locked(popup).unlock(lockedWallet.password);
  await home(popup).shown(WORK_MS);
  await networks(popup).manage();
  await networks(popup).add();
  const typed = { name: 'Orchard', node: other.rpcUrl, chainId: String(OTHER_CHAIN_ID), symbol: 'APL' };
  await networks(popup).fill(typed);
  await popup.evaluate(neverAnswered);
  await networks(popup).save();
  await popup.waitForFunction(() => 'questionAsked' in window);
  await popup.close();
  await browser.killWorker();

  const again = await browser.openPopup();
  await expect(again.getByRole('heading', { name: 'Add a network' })).toBeVisible();
  for (const [label, value] of [
    ['Name', typed.name],
    ['Node (RPC address)', typed.node],
    ['Chain id', typed.chainId],
    ['Symbol of its own unit', typed.symbol],
  ] as const)
    await expect(again.getByLabel(label, { exact: true })).toHaveValue(value);

  // Whoever goes back has given it up.
  await networks(again).back();
  const kept = async () =>
    (await browser.background()).evaluate(() => {
      type Session = { chrome: { storage: { session: { get(keys: null): Promise<object> } } } };
      return (globalThis as unknown as Session).chrome.storage.session.get(null);
    });
  await expect.poll(kept).not.toHaveProperty('networkDraft');
  await again.reload();
  await home(again).shown();
});

/** In a page: the browser's question about a host stays as it is, as long as nobody answers it. */
function neverAnswered(): void {
  type Permissions = { chrome: { permissions: { request(): Promise<boolean> } } };
  (globalThis as unknown as Permissions).chrome.permissions.request = () => {
    Object.assign(window, { questionAsked: true });
    return new Promise(() => undefined);
  };
}

test('a node that goes away leaves the last balance, with its time', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(lockedWallet.password);
  await home(page).someBalanceShown(WORK_MS);
  network.cut(stack.urls.chain);
  await page.getByText('The network does not answer.').waitFor({ timeout: WORK_MS });
  await expect(page.getByText(/^Last answer: today/)).toBeVisible();
  network.mend(stack.urls.chain);
});

test('a token by its address: looked up, added, sent, hidden', async ({ openBrowser, lockedWallet, stack }) => {
  const { rpcUrl } = stack.chain;
  const shape = { holder: lockedWallet.address, supply: 1_000_000_000n, transferReturns: 'nothing' } as const;
  const acorn = await deploy(rpcUrl, { ...shape, symbol: 'ACORN', name: 'Acorn', decimals: 6 });
  const nameless = await deploy(rpcUrl, { ...shape, symbol: 'ACORN', name: 'Acorn' });
  const fake = await deploy(rpcUrl, { ...shape, symbol: 'ETH', name: 'Ether', decimals: 18 });
  await stack.chain.fund(lockedWallet.address, 10n ** 18n);
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.openPopup();
  await locked(page).unlock(lockedWallet.password);
  await home(page).shown(WORK_MS);

  await tokens(page).manage();
  await tokens(page).add();
  for (const [address, reason] of [
    ['0x12', 'This address is too short.'],
    [RECIPIENT, /There is no contract at this address/],
    [nameless, /does not say how many decimals/],
  ] as const) {
    await tokens(page).look(address);
    await tokens(page).refused(reason);
  }
  await tokens(page).look(fake);
  await tokens(page).refused('This is not the ETH that you know.');
  await expect(page.getByRole('button', { name: 'Add ETH', exact: true })).toBeDisabled();
  await tokens(page).look(acorn);
  await tokens(page).take('ACORN');
  await tokens(page).back();

  await tokens(page).held('1,000 ACORN', WORK_MS);
  await tokens(page).open('Acorn');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await send(page).fill(RECIPIENT, '250.5');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send 250.5/ })
    .click();
  await send(page).arrived(WORK_MS);
  await send(page).done();
  await tokens(page).held('749.5 ACORN', WORK_MS);

  await tokens(page).manage();
  await tokens(page).show('ACORN');
  await tokens(page).back();
  await expect(page.getByText('Acorn', { exact: true })).toHaveCount(0);
});
