/** Calls that a site sends together: what it is answered, and what it is told of them afterwards (EIP-5792). */
import { expect, it, vi } from 'vitest';
import { WalletError } from '@/lib/errors';
import type { Provider } from '@/lib/provider/provider';
import { ACCOUNTS, CHAIN_ID, type Life, openBrowser, type TestBrowser } from './testing/browser';

const [{ address: OWNER } = { address: '0x' as const }] = ACCOUNTS;
const TO = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' as const;
const ORIGIN = { origin: 'https://b.example', tabId: 2 };

const hashAt = (nonce: number) => `0x${nonce.toString(16).padStart(64, '0')}`;
const transactionAt = (nonce: number) => ({
  chainId: CHAIN_ID,
  nonce,
  to: TO,
  valueWei: 1n,
  data: '0x' as const,
  gas: 21_000n,
  price: { kind: 'legacy', gasPriceWei: 1n } as const,
});
const openOnes = async (browser: TestBrowser) => (await browser.read()).filter((one) => !one.confirmed && !one.answer);

/** A browser with a site that is connected. */
async function openSite(sender = {}) {
  const browser = openBrowser();
  const life = await browser.start();
  return { browser, life, provider: await connectedPage(browser, life, sender) };
}
async function connectedPage(browser: TestBrowser, life: Life, sender = {}): Promise<Provider> {
  const { provider } = browser.openPage(sender);
  const connecting = provider.request({ method: 'eth_requestAccounts' });
  const key = await keyOfNext(browser);
  await life.dapp.show(key, 'd', { kind: 'as-asked' });
  await life.dapp.confirm(key, 'd', [OWNER]);
  await connecting;
  return provider;
}

const keyOfNext = (browser: TestBrowser): Promise<string> =>
  vi.waitFor(async () => {
    const [first] = await openOnes(browser);
    if (first === undefined) throw new Error('nothing is open');
    return first.key;
  });

const sendCalls = (provider: Provider, count: number, id?: string) =>
  provider.request({
    method: 'wallet_sendCalls',
    params: [
      {
        version: '2.0.0',
        chainId: `0x${CHAIN_ID.toString(16)}`,
        atomicRequired: false,
        calls: Array.from({ length: count }, () => ({ to: TO, value: '0x1' })),
        ...(id === undefined ? {} : { id }),
      },
    ],
  });
const statusOf = (provider: Provider, id: string) =>
  provider.request({ method: 'wallet_getCallsStatus', params: [id] });

/** The user says yes to what was asked: transactions from this nonce on. */
async function confirm({ browser, life }: { browser: TestBrowser; life: Life }, count: number, nonce = 0) {
  const key = await keyOfNext(browser);
  const transactions = Array.from({ length: count }, (_, place) => transactionAt(nonce + place));
  const feeWei = transactions.map(() => '1');
  await life.dapp.show(key, 'd', { kind: 'transactions', transactions, feeWei, nonceChosen: false });
  await life.dapp.confirm(key, 'd', []);
}

function mine({ browser }: { browser: TestBrowser }, nonce: number, status: '0x1' | '0x0') {
  const log = { address: TO, data: '0x01', topics: [hashAt(9)] };
  const receipt = {
    status,
    blockHash: hashAt(8),
    blockNumber: '0x2',
    gasUsed: '0x5208',
    transactionHash: hashAt(nonce),
  };
  browser.receipts.set(hashAt(nonce), {
    ...receipt,
    logs: [{ ...log, logIndex: '0x0', removed: false }],
    logsBloom: '0x00',
    from: OWNER,
  });
  return { ...receipt, logs: [log] };
}

it('is answered with its id, and then told what became of each', async () => {
  const site = await openSite();
  const { provider } = site;
  const sending = sendCalls(provider, 2, 'mine');
  await expect(statusOf(provider, 'mine')).rejects.toMatchObject({ code: 5730 });
  await confirm(site, 2);
  await expect(sending).resolves.toEqual({ id: 'mine' });
  const whole = { version: '2.0.0', id: 'mine', chainId: '0x7a69', atomic: false };
  await expect(statusOf(provider, 'mine')).resolves.toEqual({ ...whole, status: 100, receipts: [] });
  const first = mine(site, 0, '0x1');
  await expect(statusOf(provider, 'mine')).resolves.toEqual({ ...whole, status: 100, receipts: [first] });
  const second = mine(site, 1, '0x1');
  await expect(statusOf(provider, 'mine')).resolves.toEqual({ ...whole, status: 200, receipts: [first, second] });
});

it.each([
  ['0x0', '0x0', 500],
  ['0x1', '0x0', 600],
  ['0x0', '0x1', 600],
  ['replaced', 'replaced', 400],
  ['0x1', 'replaced', 600],
  ['0x0', 'replaced', 500],
  ['0x0', 'waits', 100],
  ['replaced', 'waits', 100],
] as const)('that end as %s and %s have status %i', async (first, second, status) => {
  const site = await openSite();
  const sending = sendCalls(site.provider, 2);
  await confirm(site, 2);
  const { id } = (await sending) as { id: string };
  expect(id).toMatch(/^0x[0-9a-f]{64}$/);
  for (const [nonce, end] of [first, second].entries()) {
    if (end === '0x0' || end === '0x1') mine(site, nonce, end);
    if (end === 'replaced') site.browser.replaced.add(hashAt(nonce));
  }
  await expect(statusOf(site.provider, id)).resolves.toMatchObject({ status });
});

it.each([
  ['is refused by the node', new WalletError('transaction-refused', { reason: 'nonce-used' })],
  ['is refused on the device', new WalletError('device-cancelled')],
  ['loses its device', new WalletError('device-page-closed')],
])('of which the second %s are known by their id, for the first is out; the user is told why', async (_, refusal) => {
  const site = await openSite();
  const { browser, provider } = site;
  browser.refusals.set(1, refusal);
  const sending = sendCalls(provider, 3);
  await expect(confirm(site, 3)).rejects.toBe(refusal);
  const { id } = (await sending) as { id: string };
  expect(browser.sent.size).toBe(1);
  await expect(statusOf(provider, id)).resolves.toMatchObject({ status: 100, receipts: [] });
  const first = mine(site, 0, '0x1');
  await expect(statusOf(provider, id)).resolves.toMatchObject({ status: 600, receipts: [first] });
  mine(site, 0, '0x0');
  await expect(statusOf(provider, id)).resolves.toMatchObject({ status: 500 });
  browser.receipts.clear();
  browser.replaced.add(hashAt(0));
  await expect(statusOf(provider, id)).resolves.toMatchObject({ status: 400, receipts: [] });
});

it('of which the first is refused are an error, and their id is free again', async () => {
  const site = await openSite();
  site.browser.refusals.set(0, new WalletError('device-cancelled'));
  const refused = expect(sendCalls(site.provider, 2, 'mine')).rejects.toMatchObject({ code: 4001 });
  await expect(confirm(site, 2)).rejects.toMatchObject({ code: 'device-cancelled' });
  await refused;
  await expect(statusOf(site.provider, 'mine')).rejects.toMatchObject({ code: 5730 });
  site.browser.refusals.clear();
  const again = sendCalls(site.provider, 2, 'mine');
  await confirm(site, 2);
  await expect(again).resolves.toEqual({ id: 'mine' });
});

it('of which one is left to send when the wallet is locked wait for it to open', async () => {
  const site = await openSite();
  const { browser, life, provider } = site;
  browser.refusals.set(1, new WalletError('locked'));
  const sending = sendCalls(provider, 2, 'mine');
  await expect(confirm(site, 2)).rejects.toMatchObject({ code: 'locked' });
  mine(site, 0, '0x1');
  // Not all of them are sent: nothing is decided.
  await expect(statusOf(provider, 'mine')).resolves.toMatchObject({ status: 100 });
  browser.refusals.clear();
  await life.dapp.walletChanged();
  await expect(sending).resolves.toEqual({ id: 'mine' });
  mine(site, 1, '0x1');
  await expect(statusOf(provider, 'mine')).resolves.toMatchObject({ status: 200 });
  expect(browser.sent.size).toBe(2);
});

it('with an id that is taken are refused, whether its calls were sent or still wait', async () => {
  const site = await openSite();
  const { browser, life, provider } = site;
  const first = sendCalls(provider, 1, 'mine');
  await keyOfNext(browser);
  await expect(sendCalls(provider, 1, 'mine')).rejects.toMatchObject({ code: 5720 });
  const both = Promise.allSettled([sendCalls(provider, 1, 'other'), sendCalls(provider, 1, 'other')]);
  await vi.waitFor(async () => expect(await openOnes(browser)).toHaveLength(2));
  await confirm(site, 1);
  await expect(first).resolves.toEqual({ id: 'mine' });
  await expect(sendCalls(provider, 1, 'mine')).rejects.toMatchObject({ code: 5720 });

  // What was refused is no batch.
  await life.dapp.rejectAll();
  expect((await both).map((one) => one.status === 'rejected' && one.reason.code)).toEqual([4001, 5720]);
  const again = sendCalls(provider, 1, 'other');
  await confirm(site, 1, 1);
  await expect(again).resolves.toEqual({ id: 'other' });
  expect(browser.sent.size).toBe(2);
});

it('of another site are another’s', async () => {
  const site = await openSite();
  const sending = sendCalls(site.provider, 1, 'mine');
  await confirm(site, 1);
  await sending;
  const other = await connectedPage(site.browser, site.life, ORIGIN);
  await expect(statusOf(other, 'mine')).rejects.toMatchObject({ code: 5730 });
  const own = sendCalls(other, 1, 'mine');
  await confirm(site, 1, 1);
  await expect(own).resolves.toEqual({ id: 'mine' });
});
