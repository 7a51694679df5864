import { readdirSync } from 'node:fs';
import { getAddress, keccak256, parseEther, parseGwei, toHex, verifyMessage, verifyTypedData } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { EXTENSION_ID } from '@/config/extension-id';
import { ask } from './ask';
import { test as base, expect } from './fixtures';
import type { Exchange, Network } from './network';
import { approval, approvalWindow, approvalWindows } from './pages/approval';
import { locked } from './pages/locked';
import { PRELUDES, preludePage } from './preludes';
import { type Site, startSite } from './site';
import { WORK_MS } from './steps';
import { openUnwatched } from './unwatched';
import { approve, CONNECT, chainIdOf, connect, decide, openUnlocked, reader, SEND, SIGN } from './visit';

const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

const FRAMES = `<title>Frames</title>
<iframe name="same" src="/plain"></iframe>
<iframe name="srcdoc" srcdoc="<p>in here"></iframe>
<iframe name="sandboxed" sandbox="allow-scripts" src="/plain"></iframe>
<iframe name="data" src="data:text/html,<p>in here"></iframe>
<iframe name="policy" src="/policy"></iframe>`;

/**
 * Has another page made, and goes there once that has asked. Looks again by a timer: a tab that is hidden, as this one is
 * behind the extension's first, draws no frames.
 */
const BEFORE = `<title>Before</title>
<script type="speculationrules">{"prerender":[{"urls":["/made-before"],"eagerness":"immediate"}]}</script>
<script>
(async () => {
  const isMade = async () => (await (await fetch('/is-made')).text()).includes('it is made');
  while (!(await isMade())) await new Promise((next) => setTimeout(next, 50));
  location.href = '/made-before';
})();
</script>`;
/** Tells the site by addresses that it asks for: nothing else of it can be seen yet. */
const MADE_BEFORE = `<title>Made before</title><script>
const tell = (what) => fetch('/told?' + what + ',' + (document.prerendering ? 'unseen' : 'seen'));
ethereum.request({ method: 'eth_chainId' }).then(() => tell('answered'));
tell('asked');
</script>`;

interface SiteWindow {
  readonly ethereum: { request(asked: { method: string; params: unknown }): Promise<unknown> };
  /** How the requests of the site ended, in their order. */
  readonly ends: unknown[];
}

const test = base.extend<{ site: Site }>({
  site: async ({ network }, use) => {
    const site = await startSite({
      '/frames': { body: FRAMES },
      '/policy': { body: '<p>in here', headers: { 'content-security-policy': 'sandbox allow-scripts' } },
      ...Object.fromEntries(
        Object.entries(PRELUDES).map(([name, prelude]) => [
          `/prelude/${encodeURIComponent(name)}`,
          { body: preludePage(prelude) },
        ]),
      ),
      '/store': { body: '<title>Other</title>' },
    });
    network.allow(site.origin);
    await use(site);
    await site.stop();
  },
});

test('a site connects, signs and sends; nothing of it happens without its user', async ({
  openBrowser,
  lockedWallet,
  stack,
  site,
}) => {
  test.setTimeout(240_000);
  await stack.chain.fund(getAddress(lockedWallet.address), parseEther('1'));
  const opened = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const { page, browser } = opened;
  const chainId = `0x${chainIdOf(stack).toString(16)}`;
  expect(await ask(page, 'eth_chainId')).toEqual({ result: chainId });
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await ask(page, 'eth_sign', [MIRA, '0x00'])).toMatchObject({ code: 4200 });

  const account = getAddress(await connect(opened));
  expect(account).toBe(getAddress(lockedWallet.address));
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [account.toLowerCase()] });

  const message = 'Hello from a site';
  const signed = await decide(opened, ask(page, 'personal_sign', [message, account]), approve(SIGN));
  const signature = 'result' in signed ? (signed.result as `0x${string}`) : '0x';
  expect(await verifyMessage({ address: account, message, signature })).toBe(true);

  const typed = {
    types: {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'chainId', type: 'uint256' },
      ],
      Mail: [
        { name: 'to', type: 'address' },
        { name: 'contents', type: 'string' },
        { name: 'count', type: 'uint256' },
      ],
    },
    primaryType: 'Mail',
    domain: { name: 'Letters', chainId: chainIdOf(stack) },
    message: { to: MIRA, contents: 'Hi', count: '7' },
  } as const;
  const sealed = await decide(
    opened,
    ask(page, 'eth_signTypedData_v4', [account, JSON.stringify(typed)]),
    approve(SIGN),
  );
  const seal = 'result' in sealed ? (sealed.result as `0x${string}`) : '0x';
  const checked = {
    ...typed,
    domain: { ...typed.domain, chainId: BigInt(typed.domain.chainId) },
    message: { ...typed.message, count: 7n },
  };
  expect(await verifyTypedData({ ...checked, address: account, signature: seal })).toBe(true);

  const transaction = { from: account, to: MIRA, value: '0x2386f26fc10000' };
  const held = await reader(stack).getBalance({ address: MIRA });
  const sent = await decide(opened, ask(page, 'eth_sendTransaction', [transaction]), approve(SEND));
  const hash = 'result' in sent ? (sent.result as `0x${string}`) : '0x';
  const receipt = await reader(stack).waitForTransactionReceipt({ hash });
  expect(receipt.status).toBe('success');
  expect((await reader(stack).getBalance({ address: MIRA })) - held).toBe(parseEther('0.01'));

  const refused = await decide(opened, ask(page, 'personal_sign', [message, account]), (window) =>
    approval(window).reject(),
  );
  expect(refused).toMatchObject({ code: 4001 });
  expect(await ask(page, 'eth_sendTransaction', [{ ...transaction, type: '0x4' }])).toMatchObject({ code: -32602 });
  expect(approvalWindows(browser.context)).toHaveLength(0);
});

test('a site that asks again as soon as it is answered is asked about each, and none is refused without its user', async ({
  openBrowser,
  lockedWallet,
  site,
}) => {
  const opened = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const account = await connect(opened);
  const messages = Array.from({ length: 8 }, (_, index) => `Message ${index + 1} of a site`);
  const answers = opened.page.evaluate(
    async ([all, from]) => {
      const { ethereum, ends } = Object.assign(window as unknown as SiteWindow, { ends: [] as unknown[] });
      for (const text of all)
        await ethereum.request({ method: 'personal_sign', params: [text, from] }).then(
          () => ends.push('signed'),
          (error: { code: unknown }) => ends.push(error.code),
        );
      return ends;
    },
    [messages, account] as const,
  );
  const answered = () => opened.page.evaluate(() => (window as unknown as SiteWindow).ends.length);
  // The window that is found may be that of the request before, about to close.
  for (const [before, message] of messages.entries())
    await expect(async () => {
      if ((await answered()) === before) {
        const window = await approvalWindow(opened.browser.context);
        await window.getByRole('paragraph').getByText(message).waitFor({ timeout: 2_000 });
        await approval(window).approve(SIGN);
      }
      await expect.poll(answered).toBeGreaterThan(before);
    }).toPass({ timeout: 60_000 });
  expect(await answers).toEqual(messages.map(() => 'signed'));
});

test('a background that is stopped answers once, and a locked wallet opens inside of the request', async ({
  openBrowser,
  lockedWallet,
  site,
}) => {
  test.setTimeout(240_000);
  const browser = await openBrowser({ profile: lockedWallet.copy() });
  const page = await browser.context.newPage();
  await page.goto(site.origin);
  const asked = ask(page, 'eth_requestAccounts');
  const window = await approvalWindow(browser.context);
  await browser.killWorker();
  await approval(window).unlock();
  await locked(window).unlock(lockedWallet.password);
  await window.getByRole('button', { name: CONNECT }).waitFor({ timeout: WORK_MS });
  await browser.killWorker();
  await approval(window).approve(CONNECT);
  expect(await asked).toEqual({ result: [lockedWallet.address.toLowerCase()] });
  await approval(window).closed();

  const signing = ask(page, 'personal_sign', ['0x6869', lockedWallet.address]);
  const second = await approvalWindow(browser.context);
  await second.close();
  expect(await signing).toMatchObject({ code: 4001 });

  ask(page, 'personal_sign', ['0x6869', lockedWallet.address]).catch(() => undefined);
  const third = await approvalWindow(browser.context);
  await page.goto(`${site.origin}/store`);
  await approval(third).closed();
});

test('a background that is stopped after the yes answers, signs and sends once, whoever has what by then', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
  site,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_EMPTY_RESPONSE/);
  const owner = getAddress(lockedWallet.address);
  await stack.chain.fund(owner, parseEther('1'));
  const opened = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const { page, browser } = opened;
  await connect(opened);
  const chain = reader(stack);
  const [count, held] = [
    await chain.getTransactionCount({ address: owner }),
    await chain.getBalance({ address: MIRA }),
  ];
  const asksNode = (method: string) => (exchange: Exchange) => exchange.requestBody.includes(`"${method}"`);

  const reading = network.hold(asksNode('eth_getBalance'), 'request');
  const balance = ask(page, 'eth_getBalance', [MIRA, 'latest']);
  await reading.arrived;
  await browser.killWorker();
  reading.lose();
  expect(await balance).toEqual({ result: toHex(held) });

  // What somebody else has signed: the node has it when it is handed over again.
  const stranger = privateKeyToAccount(generatePrivateKey());
  await stack.chain.fund(stranger.address, parseEther('1'));
  const fees = { gas: 21_000n, maxFeePerGas: parseGwei('100'), maxPriorityFeePerGas: 1n };
  const raw = await stranger.signTransaction({
    type: 'eip1559',
    chainId: chainIdOf(stack),
    nonce: 0,
    to: owner,
    ...fees,
  });
  const handing = network.hold(asksNode('eth_sendRawTransaction'), 'reply');
  const handed = ask(page, 'eth_sendRawTransaction', [raw]);
  await handing.arrived;
  await browser.killWorker();
  handing.lose();
  expect(await handed).toEqual({ result: keccak256(raw) });

  const transaction = { from: owner, to: MIRA, value: toHex(parseEther('0.01')) };
  // Before the node has it, and before the wallet knows that the node has it.
  for (const at of ['request', 'reply'] as const) {
    const sending = network.hold(asksNode('eth_sendRawTransaction'), at);
    const asked = ask(page, 'eth_sendTransaction', [transaction]);
    const window = await approvalWindow(browser.context);
    await approval(window).approve(SEND);
    await sending.arrived;
    await browser.killWorker();
    sending.lose();
    const sent = await asked;
    expect(sent, at).toHaveProperty('result');
    const hash = 'result' in sent ? (sent.result as `0x${string}`) : '0x';
    expect((await chain.waitForTransactionReceipt({ hash })).status).toBe('success');
    await approval(window).closed();
  }
  expect((await chain.getBalance({ address: MIRA })) - held).toBe(parseEther('0.02'));
  expect(await chain.getTransactionCount({ address: owner })).toBe(count + 2);

  const message = 'Hello from a site';
  const signing = ask(page, 'personal_sign', [message, owner]);
  const window = await approvalWindow(browser.context);
  await approval(window).approve(SIGN);
  await browser.killWorker();
  const signed = await signing;
  const signature = 'result' in signed ? (signed.result as `0x${string}`) : '0x';
  expect(await verifyMessage({ address: owner, message, signature })).toBe(true);
  await approval(window).closed();
  expect(approvalWindows(browser.context)).toHaveLength(0);
});

test('frames have the accounts of their own origin, and those without one have none', async ({
  openBrowser,
  lockedWallet,
  site,
}) => {
  test.setTimeout(180_000);
  const opened = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const account = await connect(opened);
  const { page } = opened;
  await page.goto(`${site.origin}/frames`);
  const frame = (name: string) => {
    const found = page.frame({ name });
    if (!found) throw new Error(name);
    return found;
  };
  for (const name of ['same', 'srcdoc'])
    expect(await ask(frame(name), 'eth_accounts'), name).toEqual({ result: [account] });
  for (const name of ['sandboxed', 'data', 'policy']) {
    expect(await ask(frame(name), 'eth_accounts'), name).toEqual({ result: [] });
    expect(await ask(frame(name), 'eth_requestAccounts'), name).toMatchObject({ code: 4100 });
  }
  expect(approvalWindows(opened.browser.context)).toHaveLength(0);
});

test('a frame of another site asks for itself, and whose page it stands in is said', async ({
  openBrowser,
  lockedWallet,
  network,
  site,
}) => {
  test.setTimeout(180_000);
  const outer = await startSite({ '/': { body: `<title>Outer</title><iframe name="inner" src="${site.origin}">` } });
  network.allow(outer.origin);
  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, outer);
  const inner = visit.page.frame({ name: 'inner' });
  if (inner === null) throw new Error('no frame');
  await inner.waitForLoadState();
  const answer = await decide(visit, ask(inner, 'eth_requestAccounts'), async (window) => {
    const [asker, around] = [site.origin, outer.origin].map((origin) => origin.replace('https://', ''));
    await expect(window.getByText(`${asker} inside ${around}`, { exact: true })).toBeVisible();
    await approve(CONNECT)(window);
  });
  expect(answer).toEqual({ result: [lockedWallet.address.toLowerCase()] });
  expect(await ask(visit.page, 'eth_accounts')).toEqual({ result: [] });
  await outer.stop();
});

test('a page that is made before anybody looks at it is answered once somebody does', async ({
  extensionFolder,
  network,
}) => {
  test.setTimeout(120_000);
  let told: readonly string[];
  let times = 0;
  // The extension's first tab may have covered the page meanwhile: Chromium then makes the other one anew.
  do {
    told = await tellOfMadePage(extensionFolder, network);
    times += 1;
  } while (told.includes('/told?asked,seen') && times < 5);
  expect(told).toEqual(['/told?asked,unseen', '/told?answered,seen']);
});

/** What the page that is made before tells, until it is answered. */
async function tellOfMadePage(extensionFolder: string, network: Network): Promise<readonly string[]> {
  const told = (): readonly string[] => site.asked.filter((path) => path.startsWith('/told?'));
  const site = await startSite({
    '/before': { body: BEFORE },
    '/made-before': { body: MADE_BEFORE },
    '/is-made': {
      get body(): string {
        return told().length > 0 ? 'it is made' : 'not yet';
      },
    },
  });
  network.allow(site.origin);
  const close = await openUnwatched(extensionFolder, `${site.origin}/before`, network.browserArguments);
  try {
    await expect.poll(told).toContain('/told?answered,seen');
    return told();
  } finally {
    await close();
    await site.stop();
  }
}

test('a page that changes its own world changes nothing for the provider', async ({ openBrowser, stack, site }) => {
  test.setTimeout(120_000);
  const { context } = await openBrowser();
  const page = await context.newPage();
  const chainId = `0x${chainIdOf(stack).toString(16)}`;
  for (const name of Object.keys(PRELUDES)) {
    await page.goto(`${site.origin}/prelude/${encodeURIComponent(name)}`);
    const expected = `${chainId} | list of 0 | error 4200 | error -32600 | null ${chainId} | ${chainId} | true`;
    await expect(page.locator('#out'), name).toHaveText(expected);
  }
});

test('a document that is written anew still has its wallet', async ({ openBrowser, stack, site }) => {
  const { context } = await openBrowser();
  const page = await context.newPage();
  await page.goto(site.origin);
  await page.evaluate(() => {
    document.open();
    document.write('<title>Anew</title>');
    document.close();
  });
  expect(await ask(page, 'eth_chainId')).toEqual({ result: `0x${chainIdOf(stack).toString(16)}` });
});

test.describe(() => {
  test.use({ expectedErrors: [/ERR_BLOCKED|Denying load|frame-ancestors|Refused to|Framing/i] });
  test('no page of the wallet can be framed', async ({ openBrowser, extensionFolder, network }) => {
    const pages = readdirSync(extensionFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.html'),
    );
    for (const name of ['popup', 'tab', 'approval', 'utxo']) expect(pages).toContain(`${name}.html`);
    const frames = pages.map(
      (path) => `<iframe name="${path}" src="chrome-extension://${EXTENSION_ID}/${path}"></iframe>`,
    );
    const site = await startSite({ '/': { body: `<title>Framing</title>${frames.join('')}` } });
    network.allow(site.origin);
    const { context } = await openBrowser();
    const page = await context.newPage();
    await page.goto(site.origin);
    await expect.poll(() => page.frames().length).toBe(pages.length + 1);
    for (const frame of page.frames().slice(1)) expect(frame.url(), frame.name()).not.toContain(EXTENSION_ID);
    await site.stop();
  });
});
