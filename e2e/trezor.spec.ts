/** A Trezor by Trezor Suite, as far as this wallet goes: Suite's page is simulated, and a key signs in the Trezor's place. */
import { rmSync } from 'node:fs';
import { createPublicClient, http, parseEther, parseTransaction } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { expect, test } from './fixtures';
import { beginWithLock, pay, watchScripts } from './hardware-story';
import { hardware } from './pages/hardware';
import { home } from './pages/home';
import { allowBeforehand } from './planted';
import { playSuite, type SuiteRequest } from './simulators/trezor-suite';

const KEY = privateKeyToAccount('0x1ab42cc412b618bdea3a599e3c9bae199ebf030895b039e9db1e30dafb12b727');
const OTHERS = privateKeyToAccount(`0x${'22'.repeat(32)}`);

interface Sent {
  readonly chainId: number;
  readonly to: `0x${string}`;
  readonly data: `0x${string}`;
  readonly nonce: string;
  readonly value: string;
  readonly gasLimit: string;
  readonly maxFeePerGas: string;
  readonly maxPriorityFeePerGas: string;
}

const good = (payload: unknown) => ({ success: true, payload });

async function answer({ method, bundle, transaction }: SuiteRequest): Promise<unknown> {
  if (method === 'ethereumGetAddress') {
    const address = ({ path }: { readonly path: readonly number[] }) =>
      path.at(-1) === 0 ? KEY.address : privateKeyToAccount(`0x${String(path.at(-1)).padStart(64, '3')}`).address;
    return good(Array.isArray(bundle) ? bundle.map((one) => ({ address: address(one) })) : { address: KEY.address });
  }
  const { chainId, to, data, ...sent } = transaction as Sent;
  const raw = await KEY.signTransaction({
    type: 'eip1559',
    chainId,
    to,
    data,
    nonce: Number(sent.nonce),
    value: BigInt(sent.value),
    gas: BigInt(sent.gasLimit),
    maxFeePerGas: BigInt(sent.maxFeePerGas),
    maxPriorityFeePerGas: BigInt(sent.maxPriorityFeePerGas),
  });
  const { r, s, yParity } = parseTransaction(raw);
  return good({ r, s, v: `0x${yParity}`, serializedTx: raw });
}

// Connect complains until its tab has an address; the browser may ask for Suite before the test stands in for it, in vain.
test.use({
  expectedErrors: [/Trezor suite tab URL not available|Failed to load resource|handshake/],
  expectedForeign: null,
});

test('a Trezor is added by Trezor Suite and pays; with another wallet open, or Suite’s tab closed, nothing is signed', async ({
  openBrowser,
  extensionFolder,
  stack,
}) => {
  const allowed = allowBeforehand(extensionFolder, 'https://suite.trezor.io/*');
  const browser = await openBrowser({ extensionFolder: allowed });
  let says = answer;
  const suite = await playSuite(browser.context, (request) => says(request));
  const page = await browser.openTab();
  const speaksToSuite = watchScripts(page, 'connect-webextension-externally-connectable');
  await page.reload();
  await beginWithLock(page);
  await hardware(page).choose();
  expect(await speaksToSuite()).toBe(false);
  await hardware(page).suite();
  await hardware(page).add();
  await home(page).shown();
  expect(await speaksToSuite()).toBe(true);
  expect(await home(page).address()).toBe(KEY.address);
  expect(suite.manifests[0]).toMatchObject({ appName: 'Halfkey' });
  expect(suite.requests.map(({ method, showOnTrezor }) => [method, showOnTrezor])).toEqual([
    ['ethereumGetAddress', undefined],
    ['ethereumGetAddress', true],
  ]);

  const reader = createPublicClient({ transport: http(stack.chain.rpcUrl) });
  await stack.chain.fund(KEY.address, parseEther('1'));
  const count = await reader.getTransactionCount({ address: KEY.address });
  await page.reload();
  await pay(page, '0.1');
  says = async () => good({ address: OTHERS.address });
  await hardware(page).suite();
  const said = new RegExp(`Another wallet is open on the device.*${KEY.address}, the device has ${OTHERS.address}`);
  await expect(page.getByRole('alert')).toHaveText(said);

  says = async (request) => {
    if (request.method === 'ethereumGetAddress') return answer(request);
    const tabs = browser.context.pages().filter((one) => one.url().startsWith('https://suite.trezor.io'));
    await Promise.all(tabs.map((tab) => tab.close()));
    return good({});
  };
  await hardware(page).suite();
  await expect(page.getByRole('alert')).toHaveText(/The page that asks the device was closed.*Nothing was signed/);
  expect(await reader.getTransactionCount({ address: KEY.address })).toBe(count);

  says = answer;
  await hardware(page).suite();
  await hardware(page).signed();
  await expect.poll(() => reader.getTransactionCount({ address: KEY.address })).toBe(count + 1);
  await browser.quit();
  rmSync(allowed, { recursive: true });
});
