import { encodeFunctionData, getAddress, type Hex, parseAbi, parseEther } from 'viem';
import { ask } from './ask';
import { expect, test } from './fixtures';
import { home } from './pages/home';
import { startSite } from './site';
import { WORK_MS } from './steps';
import { deployToken } from './token';
import { approve, connect, decide, openUnlocked, reader } from './visit';

const SPENDER = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const abi = parseAbi([
  'function approve(address spender, uint256 units)',
  'function allowance(address owner, address spender) view returns (uint256)',
]);

test('what a site was allowed is listed, and ends with a transaction of its owner', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const site = await startSite();
  network.allow(site.origin);
  const owner = getAddress(lockedWallet.address);
  await stack.chain.fund(owner, parseEther('1'));
  const token = await deployToken(stack, owner, { symbol: 'USDX', name: 'Dollar X' });
  const allowed = () =>
    reader(stack).readContract({ address: token, abi, functionName: 'allowance', args: [owner, SPENDER] });

  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  await connect(visit);
  const data = encodeFunctionData({ abi, functionName: 'approve', args: [SPENDER, 5_000_000n] });
  const sent = await decide(
    visit,
    ask(visit.page, 'eth_sendTransaction', [{ from: owner, to: token, data }]),
    approve(/^Allow 5\sUSDX$/),
  );
  const hash = 'result' in sent ? (sent.result as Hex) : '0x';
  await reader(stack).waitForTransactionReceipt({ hash });
  expect(await allowed()).toBe(5_000_000n);

  const wallet = await visit.browser.openPopup();
  await home(wallet).shown(WORK_MS);
  await wallet.getByRole('button', { name: 'Settings' }).click();
  await wallet.getByRole('button', { name: /^Connected sites/ }).click();
  await wallet.getByRole('button', { name: /^Allowances/ }).click();
  const row = wallet.getByRole('button', { name: /^At most 5\sUSDX/ });
  await expect(row).toContainText(new URL(site.origin).host);
  await row.click();
  const sheet = wallet.getByRole('dialog');
  await expect(sheet).toContainText('At most 5 USDX');
  await sheet.getByRole('button', { name: 'End it' }).and(wallet.locator(':not([data-arming])')).click();
  await expect(wallet.getByText('Nobody may take anything that is known here')).toBeVisible({ timeout: WORK_MS });
  expect(await allowed()).toBe(0n);
  await site.stop();
});
