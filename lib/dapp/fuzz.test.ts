import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { ACCOUNTS, openBrowser } from './testing/browser';

const RUNS = process.env.HALFKEY_LONG ? 20_000 : 1_000;
const [{ address } = { address: '' }] = ACCOUNTS;

const METHODS = [
  'eth_accounts',
  'eth_call',
  'eth_chainId',
  'eth_requestAccounts',
  'eth_sendTransaction',
  'eth_sign',
  'eth_signTypedData',
  'eth_signTypedData_v3',
  'eth_signTypedData_v4',
  'personal_ecRecover',
  'personal_sign',
  'wallet_addEthereumChain',
  'wallet_getCallsStatus',
  'wallet_getCapabilities',
  'wallet_requestPermissions',
  'wallet_revokePermissions',
  'wallet_sendCalls',
  'wallet_switchEthereumChain',
  'wallet_watchAsset',
];
const transaction = fc.record(
  {
    from: fc.constantFrom(address, '0x1', null),
    to: fc.oneof(fc.constant(address), fc.string(), fc.jsonValue()),
    value: fc.oneof(fc.constant('0x1'), fc.integer(), fc.string()),
    data: fc.oneof(fc.constant('0x12'), fc.string()),
    type: fc.constantFrom('0x0', '0x2', '0x4', 4),
  },
  { requiredKeys: [] },
);
const params = fc.oneof(
  fc.array(fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.constant(address), fc.constant('0x6869'), transaction), {
    maxLength: 4,
  }),
  fc.dictionary(fc.string(), fc.jsonValue()),
  fc.array(
    fc.record(
      { chainId: fc.oneof(fc.constant('0x1'), fc.string()), calls: fc.array(transaction) },
      { requiredKeys: [] },
    ),
  ),
);
const method = fc.oneof(fc.constantFrom(...METHODS), fc.string({ minLength: 1, maxLength: 400, size: 'max' }));

it('whatever a site asks, it is answered with a known code, or its user is asked; nothing breaks', async () => {
  const browser = openBrowser();
  const life = await browser.start();
  const { provider } = browser.openPage();
  const connecting = provider.request({ method: 'eth_requestAccounts' });
  const [first] = await vi.waitFor(async () => {
    const all = await browser.read();
    expect(all).toHaveLength(1);
    return all;
  });
  await life.dapp.show(first?.key ?? '', 'd', { kind: 'as-asked' });
  await life.dapp.confirm(first?.key ?? '', 'd', [address as `0x${string}`]);
  await connecting;
  await fc.assert(
    fc.asyncProperty(method, params, async (name, sent) => {
      browser.state.nowMs += 61_000;
      const answer = provider.request({ method: name, params: sent }).then(
        () => 0,
        ({ code }: { code: number }) => code,
      );
      let settled = false;
      answer.then(() => {
        settled = true;
      });
      while (!settled) {
        if ((await browser.read()).some((one) => one.answer === null)) await life.dapp.rejectAll();
        await new Promise((resolve) => setImmediate(resolve));
      }
      const code = await answer;
      expect([0, 4001, 4100, 4200, 4902, 5700, 5710, 5720, 5730, 5740, 5760, -32600, -32601, -32602]).toContain(code);
    }),
    { numRuns: RUNS },
  );
  expect(await browser.read()).toEqual([]);
  expect(browser.signatures.size + browser.sent.size).toBe(0);
}, 600_000);
