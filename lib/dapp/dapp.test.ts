import { describe, expect, it, vi } from 'vitest';
import type { Provider } from '@/lib/provider/provider';
import type { Work } from './requests';
import { ACCOUNTS, CHAIN_ID, type Life, openBrowser, type TestBrowser } from './testing/browser';

const [FIRST, SECOND] = ACCOUNTS.map(({ address }) => address);
const LOW = [FIRST, SECOND].map((address) => address?.toLowerCase());
const MESSAGE = '0x6869';
const DIGEST = `0x${'ab'.repeat(32)}` as const;
const SIGNATURE = { kind: 'signature', digest: DIGEST } as const;
const AS_ASKED = { kind: 'as-asked' } as const;

const open = async (browser: TestBrowser) => (await browser.read()).filter((one) => !one.confirmed && !one.answer);
const nextOpen = (browser: TestBrowser, count = 1) =>
  vi.waitFor(async () => {
    const all = await open(browser);
    expect(all).toHaveLength(count);
    const [first] = all;
    if (!first) throw new Error('nothing is open');
    return first;
  });

const connect = async (browser: TestBrowser, life: Life, provider: Provider, accounts = [FIRST] as `0x${string}`[]) => {
  const answer = provider.request({ method: 'eth_requestAccounts' });
  const { key } = await nextOpen(browser);
  await life.dapp.show(key, 'd', AS_ASKED);
  await life.dapp.confirm(key, 'd', accounts);
  return answer;
};

const signing = (provider: Provider) => provider.request({ method: 'personal_sign', params: [MESSAGE, FIRST] });

describe('a site', () => {
  it('sees no account before its user has chosen some, and then those', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await expect(provider.request({ method: 'eth_accounts' })).resolves.toEqual([]);
    await expect(connect(browser, life, provider, [SECOND, FIRST] as `0x${string}`[])).resolves.toEqual(
      LOW.toReversed(),
    );
    await expect(provider.request({ method: 'eth_accounts' })).resolves.toEqual(LOW.toReversed());
    await expect(provider.request({ method: 'wallet_getPermissions' })).resolves.toMatchObject([
      { parentCapability: 'eth_accounts', caveats: [{ value: LOW.toReversed() }] },
    ]);
    expect(browser.state).toMatchObject({ window: false, windowsOpened: 1 });
    expect(provider.selectedAddress).toBe(LOW[1]);
  });

  it('sees nothing of another site', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    await connect(browser, life, browser.openPage().provider);
    const other = browser.openPage({ origin: 'https://b.example', tabId: 2 });
    const heard = vi.fn();
    other.provider.on('accountsChanged', heard);
    await expect(other.provider.request({ method: 'eth_accounts' })).resolves.toEqual([]);
    await expect(signing(other.provider)).rejects.toMatchObject({ code: 4100 });
    browser.state.locked = true;
    await life.dapp.walletChanged();
    expect(heard).not.toHaveBeenCalled();
    expect(await open(browser)).toEqual([]);
  });

  it.each(['null', 'file://', 'about:blank', 'chrome-extension://abc'])(
    'without an origin of its own (%s) has nothing',
    async (origin) => {
      const browser = openBrowser();
      await browser.start();
      const { provider } = browser.openPage({ origin });
      await expect(provider.request({ method: 'eth_accounts' })).resolves.toEqual([]);
      for (const method of [
        'eth_requestAccounts',
        'wallet_requestPermissions',
        'personal_sign',
        'wallet_switchEthereumChain',
      ])
        await expect(provider.request({ method, params: [] })).rejects.toMatchObject({ code: 4100 });
      await expect(provider.request({ method: 'eth_chainId' })).resolves.toBe('0x7a69');
      expect(browser.state.windowsOpened).toBe(0);
    },
  );

  describe('in a frame of another site’s page', () => {
    const INNER = { origin: 'https://b.example', tabId: 1, frameId: 3 };
    const topOf = async (portName: string, openTop: (browser: TestBrowser) => unknown) => {
      const browser = openBrowser();
      await browser.start();
      openTop(browser);
      const { provider } = browser.openPage(INNER, portName);
      provider.request({ method: 'eth_requestAccounts' }).catch(() => undefined);
      return (await nextOpen(browser)).from.topOrigin;
    };

    it('stands inside of whom the page in the tab says it is, whatever its own script has seen', async () => {
      expect(await topOf('dapp 1 https://c.example', (browser) => browser.openPage())).toBe('https://a.example');
    });

    it('stands inside of what its own script has seen where that page does not answer', async () => {
      expect(await topOf('dapp 1 https://c.example:8443', () => undefined)).toBe('https://c.example:8443');
      expect(await topOf('dapp 1 chrome-extension://abc', () => undefined)).toBe('chrome-extension://abc');
    });

    it.each(['dapp 1 ', 'dapp 1', 'dapp 1 null', 'dapp 1 c.example', 'dapp 1 https://c.example/path'])(
      'stands inside of somebody that nobody names: %s',
      async (portName) => expect(await topOf(portName, () => undefined)).toBe('null'),
    );

    it('of its own site stands inside of nothing', async () => {
      expect(await topOf('dapp 1 ', (browser) => browser.openPage({ origin: INNER.origin }))).toBeNull();
    });
  });

  it('is told of the lock, and of nothing that does not concern it', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const heard: unknown[] = [];
    provider.on('accountsChanged', (accounts) => heard.push(accounts));
    browser.state.locked = true;
    await life.dapp.walletChanged();
    await life.dapp.walletChanged();
    browser.state.locked = false;
    await life.dapp.walletChanged();
    await vi.waitFor(() => expect(heard).toEqual([[], [LOW[0]]]));
  });

  it('is answered without a question once the wallet opens, if it was connected', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    browser.state.locked = true;
    const answer = provider.request({ method: 'eth_requestAccounts' });
    await nextOpen(browser);
    expect(browser.state.window).toBe(true);
    browser.state.locked = false;
    await life.dapp.walletChanged();
    await expect(answer).resolves.toEqual([LOW[0]]);
    expect(browser.state.window).toBe(false);
  });

  it('gives its accounts back', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const params = [{ eth_accounts: {} }];
    await expect(provider.request({ method: 'wallet_revokePermissions', params })).resolves.toBeNull();
    await expect(provider.request({ method: 'wallet_getPermissions' })).resolves.toEqual([]);
    await expect(signing(provider)).rejects.toMatchObject({ code: 4100 });
  });

  it('has its network to itself', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    const changed = vi.fn();
    provider.on('chainChanged', changed);
    const answer = provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x1' }] });
    const { key } = await nextOpen(browser);
    await life.dapp.show(key, 'd', AS_ASKED);
    await life.dapp.confirm(key, 'd', []);
    await expect(answer).resolves.toBeNull();
    await expect(provider.request({ method: 'eth_chainId' })).resolves.toBe('0x1');
    await expect(provider.request({ method: 'net_version' })).resolves.toBe('1');
    expect(changed.mock.calls).toEqual([['0x1']]);
    const other = browser.openPage({ origin: 'https://b.example', tabId: 2 });
    await expect(other.provider.request({ method: 'eth_chainId' })).resolves.toBe('0x7a69');
  });
});

describe('what is refused at once, without a window', () => {
  const signer = FIRST;
  const domain = [{ name: 'name', type: 'string' }];
  const typed = {
    types: { EIP712Domain: domain, A: [{ name: 'b', type: 'uint8' }] },
    primaryType: 'A',
    domain: { name: 'n' },
  };
  it.each([
    ['eth_sign', [signer, MESSAGE], 4200],
    ['eth_signTransaction', [{}], 4200],
    ['eth_getEncryptionPublicKey', [signer], 4200],
    ['wallet_unknown', [], 4200],
    ['eth_nothing', [], -32601],
    ['__proto__', [], -32601],
    ['constructor', [], -32601],
    ['personal_sign', [], -32602],
    ['personal_sign', [MESSAGE], -32602],
    ['personal_sign', [MESSAGE, '0x12'], -32602],
    ['personal_sign', { a: 1 }, -32602],
    ['personal_sign', [MESSAGE, SECOND], 4100],
    ['eth_signTypedData_v4', [signer, 'no json'], -32602],
    ['eth_signTypedData_v4', [signer, { ...typed, message: { b: 256 } }], -32602],
    ['eth_signTypedData_v4', [signer, { ...typed, message: {} }], -32602],
    ['eth_signTypedData_v4', [signer, { ...typed, primaryType: 'C', message: { b: 1 } }], -32602],
    ['eth_signTypedData_v4', [SECOND, { ...typed, message: { b: 1 } }], 4100],
    ['eth_signTypedData', [[{ type: 'uint8', name: 'x', value: 256 }], signer], -32602],
    ['eth_sendTransaction', [], -32602],
    ['eth_sendTransaction', [{ from: signer, to: '0x1' }], -32602],
    ['eth_sendTransaction', [{ from: signer, to: signer, value: '1' }], -32602],
    ['eth_sendTransaction', [{ from: signer, to: signer, type: '0x4' }], -32602],
    ['eth_sendTransaction', [{ from: signer, to: signer, authorizationList: [{}] }], -32602],
    ['eth_sendTransaction', [{ from: signer, to: signer, chainId: '0x2' }], -32602],
    ['eth_sendTransaction', [{ from: SECOND, to: signer }], 4100],
    ['wallet_switchEthereumChain', [{ chainId: 1 }], -32602],
    ['wallet_switchEthereumChain', [{ chainId: '0x2' }], 4902],
    ['wallet_addEthereumChain', [{ chainId: '0x2' }], -32602],
    ['wallet_watchAsset', { type: 'ERC721', options: {} }, -32602],
    ['wallet_requestPermissions', [{ snaps: {} }], -32602],
    ['wallet_getCapabilities', [SECOND], 4100],
    ['wallet_sendCalls', [{ chainId: '0x1', atomicRequired: true, calls: [{ to: signer }] }], 5760],
    ['wallet_sendCalls', [{ chainId: '0x2', atomicRequired: false, calls: [{ to: signer }] }], 5710],
    [
      'wallet_sendCalls',
      [{ chainId: '0x1', atomicRequired: false, calls: [{ to: signer }], capabilities: { x: {} } }],
      5700,
    ],
    [
      'wallet_sendCalls',
      [{ chainId: '0x1', atomicRequired: false, calls: Array.from({ length: 21 }, () => ({ to: signer })) }],
      5740,
    ],
    ['wallet_getCallsStatus', ['0x1'], 5730],
    ['personal_ecRecover', [MESSAGE, '0x12'], -32602],
  ])('%s %j: %i', async (method, params, code) => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    await expect(provider.request({ method, params })).rejects.toMatchObject({ code });
    expect(browser.state.windowsOpened).toBe(1);
    expect(await browser.read()).toEqual([]);
  });

  it.each([101, 500_000])('is a method of %i characters, and it is said', async (length) => {
    const browser = openBrowser();
    await browser.start();
    const { provider } = browser.openPage();
    await expect(provider.request({ method: 'x'.repeat(length) })).rejects.toMatchObject({ code: -32601 });
  });

  it('is what is too deep', async () => {
    const browser = openBrowser();
    await browser.start();
    let deep: unknown[] = [];
    for (let depth = 0; depth < 100; depth += 1) deep = [deep];
    const { provider } = browser.openPage();
    await expect(provider.request({ method: 'eth_call', params: deep })).rejects.toMatchObject({ code: -32602 });
  });
});

describe('a decision', () => {
  it('is for what was shown, and nothing else', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const answer = signing(provider);
    const { key } = await nextOpen(browser);
    await expect(life.dapp.confirm(key, 'd', [])).rejects.toMatchObject({ code: 'quote-expired' });
    await life.dapp.show(key, 'd', SIGNATURE);
    await expect(life.dapp.confirm(key, 'other', [])).rejects.toMatchObject({ code: 'quote-expired' });
    await expect(life.dapp.confirm(key, 'd', [FIRST as `0x${string}`])).rejects.toMatchObject({ code: 'bad-message' });
    expect(browser.signatures.size).toBe(0);
    await life.dapp.confirm(key, 'd', []);
    await expect(answer).resolves.toBe(`${DIGEST}0`);
    await expect(life.dapp.confirm(key, 'd', [])).rejects.toMatchObject({ code: 'request-gone' });
    await vi.waitFor(async () => expect(await browser.read()).toEqual([]));
  });

  it('that is no is a 4001; the third within half a minute makes the site wait', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    for (let time = 0; time < 3; time += 1) {
      const answer = provider.request({ method: 'eth_requestAccounts' });
      const { key } = await nextOpen(browser);
      const told = expect(answer).rejects.toMatchObject({ code: 4001 });
      await life.dapp.reject(key);
      await told;
    }
    await expect(provider.request({ method: 'eth_requestAccounts' })).rejects.toMatchObject({ code: 4100 });
    browser.state.nowMs += 60_001;
    const answer = provider.request({ method: 'eth_requestAccounts' });
    const { key } = await nextOpen(browser);
    const told = expect(answer).rejects.toMatchObject({ code: 4001 });
    await life.dapp.reject(key);
    await told;
  });

  it('that is no to what waited already does not end the wait', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const told = Array.from({ length: 5 }, () => expect(signing(provider)).rejects.toMatchObject({ code: 4001 }));
    await nextOpen(browser, 5);
    for (const { key } of await browser.read()) await life.dapp.reject(key);
    await Promise.all(told);
    await expect(signing(provider)).rejects.toMatchObject({ code: 4100 });
  });

  it('about a connection is asked for once at a time', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    const first = provider.request({ method: 'eth_requestAccounts' });
    await nextOpen(browser);
    await expect(provider.request({ method: 'eth_requestAccounts' })).rejects.toMatchObject({ code: -32002 });
    const told = expect(first).rejects.toMatchObject({ code: 4001 });
    browser.state.window = false;
    await life.dapp.windowClosed();
    await told;
  });

  it('is not asked for a hundred times at once', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const all = Array.from({ length: 100 }, () =>
      signing(provider).then(
        () => 0,
        ({ code }) => code,
      ),
    );
    await nextOpen(browser, 10);
    await life.dapp.rejectAll();
    const codes = await Promise.all(all);
    expect(codes.filter((code) => code === 4001)).toHaveLength(10);
    expect(codes.filter((code) => code === -32005)).toHaveLength(90);
    expect(browser.state.windowsOpened).toBe(2);
  });

  it('is over when the page has left', async () => {
    const browser = openBrowser();
    await browser.start();
    const page = browser.openPage();
    const told = expect(page.provider.request({ method: 'eth_requestAccounts' })).rejects.toMatchObject({ code: 4900 });
    await nextOpen(browser);
    browser.leave(page);
    await told;
    await vi.waitFor(async () => expect(await browser.read()).toEqual([]));
    await vi.waitFor(() => expect(browser.state.window).toBe(false));
  });
});

describe('a site that is disconnected', () => {
  /** Connected, with something to sign waiting, and something that needs no account. */
  async function openWaiting() {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const answers: unknown[] = [];
    const note = (asked: Promise<unknown>) =>
      asked.then(
        (result) => answers.push(result),
        ({ code }) => answers.push(code),
      );
    note(signing(provider));
    const { key } = await nextOpen(browser);
    await life.dapp.show(key, 'd', SIGNATURE);
    return { browser, life, provider, key, answers, note };
  }
  const other = { origin: 'https://b.example', tabId: 2 };

  it('by its user has what waits refused, and the window closes', async () => {
    const { browser, life, provider, key, answers } = await openWaiting();
    const heard: unknown[] = [];
    provider.on('accountsChanged', (accounts) => heard.push(accounts));
    await life.dapp.disconnect('https://a.example');
    await vi.waitFor(() => expect(answers).toEqual([4001]));
    expect(heard).toEqual([[]]);
    expect(browser.state.window).toBe(false);
    await expect(life.dapp.confirm(key, 'd', [])).rejects.toMatchObject({ code: 'request-gone' });
    await expect(signing(provider)).rejects.toMatchObject({ code: 4100 });
    expect(browser.signatures.size).toBe(0);
  });

  it('leaves what another site waits for', async () => {
    const { browser, life, answers } = await openWaiting();
    const { provider } = browser.openPage(other);
    const asked = provider.request({ method: 'eth_requestAccounts' });
    const settled = vi.fn();
    asked.then(settled, settled);
    await nextOpen(browser, 2);
    await life.dapp.disconnect('https://a.example');
    await vi.waitFor(() => expect(answers).toEqual([4001]));
    const { key } = await nextOpen(browser);
    expect(settled).not.toHaveBeenCalled();
    await life.dapp.show(key, 'e', AS_ASKED);
    await life.dapp.confirm(key, 'e', [FIRST as `0x${string}`]);
    await expect(asked).resolves.toEqual([LOW[0]]);
  });

  it('by itself has what needs an account refused with 4100, and nothing else', async () => {
    const { browser, life, provider, answers, note } = await openWaiting();
    note(provider.request({ method: 'eth_sendTransaction', params: [{ from: FIRST, to: SECOND }] }));
    note(provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x1' }] }));
    await nextOpen(browser, 3);
    const params = [{ eth_accounts: {} }];
    await expect(provider.request({ method: 'wallet_revokePermissions', params })).resolves.toBeNull();
    await vi.waitFor(() => expect(answers).toEqual([4100, 4100]));
    const { key, asked } = await nextOpen(browser);
    expect(asked.kind).toBe('switch-chain');
    await life.dapp.show(key, 'd', AS_ASKED);
    await life.dapp.confirm(key, 'd', []);
    await vi.waitFor(() => expect(answers).toEqual([4100, 4100, null]));
    expect(browser.state.window).toBe(false);
    expect(browser.signatures.size + browser.sent.size).toBe(0);
  });

  it('or loses the account gets nothing signed by a confirmation that comes too late', async () => {
    for (const accounts of [[], [SECOND]] as `0x${string}`[][]) {
      const { browser, life, key, answers } = await openWaiting();
      await life.sites.connect('https://a.example', accounts);
      await expect(life.dapp.confirm(key, 'd', [])).rejects.toMatchObject({ code: 'request-gone' });
      await vi.waitFor(() => expect(answers).toEqual([4100]));
      expect(browser.signatures.size).toBe(0);
      expect(browser.state.window).toBe(false);
    }
  });

  it('is refused what waits for a lock, too', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    browser.state.locked = true;
    const refused = expect(provider.request({ method: 'eth_requestAccounts' })).rejects.toMatchObject({ code: 4100 });
    await nextOpen(browser);
    await life.sites.forget('https://a.example');
    await life.dapp.walletChanged();
    await refused;
    expect(browser.state.window).toBe(false);
  });

  it('is refused what waits after the next start, where the background was stopped in between', async () => {
    const { browser, life, answers } = await openWaiting();
    await life.sites.forget('https://a.example');
    life.stop();
    await browser.start();
    await vi.waitFor(() => expect(answers).toEqual([4100]));
    await vi.waitFor(async () => expect(await browser.read()).toEqual([]));
    expect(browser.state.window).toBe(false);
  });

  it('while its user confirms is answered once, with a signature or with none', async () => {
    const { life, browser, key, answers } = await openWaiting();
    await Promise.allSettled([life.dapp.confirm(key, 'd', []), life.dapp.disconnect('https://a.example')]);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    expect(answers).toEqual(browser.signatures.size === 1 ? [`${DIGEST}0`] : [4100]);
  });
});

/** One request from the asking to the answer, by a user who confirms whatever is shown. */
async function live(
  browser: TestBrowser,
  kind: 'signature' | 'transaction' | 'calls',
  cut: { at: number; how: 'before' | 'after' },
) {
  let life = await browser.start();
  const page = browser.openPage();
  await connect(browser, life, page.provider);
  life.stopAt(cut.at, cut.how);
  const before = life.contacts();
  const transaction = { from: FIRST, to: SECOND, value: '0x1' };
  const answers: unknown[] = [];
  const calls = { id: 'b', chainId: '0x7a69', atomicRequired: false, calls: [{ to: SECOND }, { to: SECOND }] };
  const asked = {
    signature: () => signing(page.provider),
    transaction: () => page.provider.request({ method: 'eth_sendTransaction', params: [transaction] }),
    calls: () => page.provider.request({ method: 'wallet_sendCalls', params: [calls] }),
  }[kind]();
  const answer = asked.then(
    (result) => answers.push(result),
    (error) => answers.push(error),
  );
  const dead = life.stopped.then(async () => {
    life = await browser.start();
  });
  const unsigned = {
    chainId: CHAIN_ID,
    nonce: 0,
    to: SECOND as `0x${string}`,
    valueWei: 1n,
    data: '0x',
    gas: 21_000n,
    price: { kind: 'legacy', gasPriceWei: 1n },
  } as const;
  const work: Work =
    kind === 'signature'
      ? SIGNATURE
      : {
          kind: 'transactions',
          transactions: kind === 'calls' ? [unsigned, { ...unsigned, nonce: 1 }] : [unsigned],
          feeWei: ['1', '1'],
          nonceChosen: false,
        };
  /** Presses again as long as there is something to decide; a press that the background died of is pressed in its next life. */
  const user = vi.waitFor(
    async () => {
      const [first] = await open(browser);
      if (first) {
        const { dapp } = life;
        const pressed = dapp.show(first.key, 'd', work).then(() => dapp.confirm(first.key, 'd', []));
        await Promise.race([pressed.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 20))]);
      }
      expect(answers, `stopped ${cut.how} contact ${cut.at}`).toHaveLength(1);
    },
    { timeout: 5_000, interval: 1 },
  );
  await Promise.all([user, answer]);
  const contacts = life.contacts() - before;
  await vi.waitFor(async () => expect(await browser.read()).toEqual([]));
  return { answers, contacts, dead };
}

describe('a background that is stopped', () => {
  it.each([
    ['signature', `${DIGEST}0`, 1],
    ['transaction', `0x${'0'.repeat(64)}`, 1],
    ['calls', { id: 'b' }, 2],
  ] as const)(
    'anywhere between the asking and the answer gives exactly one answer, one window at a time, and does it once: %s',
    async (kind, expected, done) => {
      const whole = await live(openBrowser(), kind, { at: Number.POSITIVE_INFINITY, how: 'before' });
      expect(whole.contacts).toBeGreaterThan(10);
      for (let at = 1; at <= whole.contacts; at += 1) {
        for (const how of ['before', 'after'] as const) {
          const browser = openBrowser();
          const { answers } = await live(browser, kind, { at, how });
          const where = `stopped ${how} contact ${at}`;
          expect(answers, where).toEqual([expected]);
          expect(browser.signatures.size + browser.sent.size, where).toBe(done);
          // One for the connection, one for this.
          expect(browser.state.windowsOpened, where).toBeLessThanOrEqual(2);
        }
      }
    },
  );

  it('finds the window closed, and takes that for a no', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const told = expect(browser.openPage().provider.request({ method: 'eth_requestAccounts' })).rejects.toMatchObject({
      code: 4001,
    });
    await nextOpen(browser);
    await vi.waitFor(() => expect(browser.state.window).toBe(true));
    life.stop();
    browser.state.window = false;
    await browser.start();
    await told;
  });

  it('forgets what a page has asked that left meanwhile', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const page = browser.openPage();
    page.provider.request({ method: 'eth_requestAccounts' }).catch(() => undefined);
    await nextOpen(browser);
    life.stop();
    browser.leave(page);
    await browser.start();
    await vi.waitFor(async () => expect(await browser.read()).toEqual([]));
    expect(browser.state.window).toBe(false);
  });

  it('ends another name that has lost its site, or was never noted', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    await connect(browser, life, browser.openPage().provider);
    await life.sites.setName('https://a.example', 'metamask');
    browser.named.add('https://b.example');
    life.stop();
    await browser.start();
    expect(browser.named).toEqual(new Set(['https://a.example']));
  });

  it('tells a page that has slept of what has changed', async () => {
    const browser = openBrowser();
    const life = await browser.start();
    const { provider } = browser.openPage();
    await connect(browser, life, provider);
    const heard: unknown[] = [];
    provider.on('accountsChanged', (accounts) => heard.push(accounts));
    life.stop();
    const next = await browser.start();
    browser.state.locked = true;
    await next.dapp.walletChanged();
    await vi.waitFor(() => expect(heard).toEqual([[]]));
  });
});
