import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { getAddress, type Hex, parseEther } from 'viem';
import type { WalletBrowser } from './browser';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { locked } from './pages/locked';
import { send } from './pages/send';
import { settings } from './pages/settings';
import { WORK_MS } from './steps';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
/** Takes nothing, once there is code in it. */
const TRAP = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
/** `PUSH1 0, DUP1, REVERT` */
const REFUSE = '0x600080fd';

interface Chrome {
  readonly notifications: { getAll(tell: (shown: Record<string, boolean>) => void): void };
  readonly storage: { readonly local: { set(items: object): Promise<void> } };
  readonly alarms: {
    create(name: string, when: { when: number }): Promise<void>;
    get(name: string): Promise<object | undefined>;
  };
}

/** The names of the notices that the browser shows now. */
const noticesOf = async (browser: WalletBrowser): Promise<string[]> =>
  (await browser.background()).evaluate(async () => {
    const { notifications } = (globalThis as unknown as { chrome: Chrome }).chrome;
    return Object.keys(await new Promise<Record<string, boolean>>((resolve) => notifications.getAll(resolve))).sort();
  });

/** All that were shown so far: the browser takes each away by itself after some seconds. */
function watchNotices(browser: WalletBrowser): () => Promise<string[]> {
  const seen = new Set<string>();
  return async () => {
    for (const name of await noticesOf(browser)) seen.add(name);
    return [...seen].sort();
  };
}
const OFTEN = { timeout: WORK_MS, intervals: [200] };

/** As if the last answer were long enough ago: the PIN is due, and the alarm for that goes off. */
async function letPinBeDue(browser: WalletBrowser): Promise<void> {
  await (await browser.background()).evaluate(async () => {
    const { storage, alarms } = (globalThis as unknown as { chrome: Chrome }).chrome;
    const nowMs = Date.now();
    await storage.local.set({ reminder: { rung: 0, putOff: 0, confirmedAtMs: nowMs, dueAtMs: nowMs - 1 } });
    await alarms.create('pin-prompt', { when: Date.now() });
  });
  const waits = async () =>
    (await browser.background()).evaluate(
      async () => (await (globalThis as unknown as { chrome: Chrome }).chrome.alarms.get('pin-prompt')) !== undefined,
    );
  await expect.poll(waits, { timeout: WORK_MS }).toBe(false);
}

/** Nobody can press the browser's own question in a test: a copy that came with the answer. */
function allowedCopy(extensionFolder: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'halfkey-notices-'));
  cpSync(extensionFolder, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const { optional_permissions: optional, permissions, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, permissions: [...permissions, ...optional] }));
  return folder;
}

async function pay(page: Page, to: string, amount: string): Promise<void> {
  await home(page).send();
  await send(page).fill(to, amount);
  await send(page).confirm(amount);
}

test('the browser tells what was mined, what failed and that the PIN is due, and nothing to those who did not ask for it', async ({
  openBrowser,
  lockedWallet,
  extensionFolder,
  stack,
}) => {
  const rpc = async <T>(method: string, params: readonly unknown[] = []): Promise<T> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(stack.chain.rpcUrl, { method: 'POST', headers, body });
    return (await response.json()).result;
  };
  const lastHash = async () =>
    (await rpc<{ transactions: Hex[] }>('eth_getBlockByNumber', ['latest', false])).transactions[0];
  const folder = allowedCopy(extensionFolder);
  const browser = await openBrowser({ profile: lockedWallet.copy(), extensionFolder: folder });
  const page = await browser.openPopup();
  await stack.chain.fund(getAddress(lockedWallet.address), parseEther('1'));
  await locked(page).unlock(lockedWallet.password);
  await home(page).shown(WORK_MS);

  const notices = watchNotices(browser);
  await letPinBeDue(browser);
  await pay(page, MIRA, '0.01');
  await send(page).arrived(WORK_MS);
  await send(page).done();

  await settings(page).open();
  await settings(page).general();
  await settings(page).notifications();
  await settings(page).back();
  await settings(page).back();
  await pay(page, MIRA, '0.02');
  await send(page).arrived(WORK_MS);
  const mined = `payment ${await lastHash()}`;
  // Nothing of what came before it was wanted.
  await expect.poll(notices, OFTEN).toEqual([mined]);
  await send(page).done();

  await rpc('evm_setAutomine', [false]);
  try {
    await pay(page, TRAP, '0.03');
    await send(page).onItsWay();
    await rpc('anvil_setCode', [TRAP, REFUSE]);
    await rpc('evm_mine');
  } finally {
    await rpc('evm_setAutomine', [true]);
  }
  const hash = await lastHash();
  expect(await rpc('eth_getTransactionReceipt', [hash])).toMatchObject({ status: '0x0' });
  const failed = `payment ${hash}`;
  await expect.poll(notices, OFTEN).toEqual([mined, failed].sort());

  await letPinBeDue(browser);
  await expect.poll(notices, OFTEN).toEqual([mined, failed, 'pin-prompt'].sort());
  rmSync(folder, { recursive: true });
});
