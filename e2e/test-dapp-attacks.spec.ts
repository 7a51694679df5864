import type { Page } from '@playwright/test';
import { getAddress, parseEther, toHex } from 'viem';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { ask } from './ask';
import { expect, test } from './fixtures';
import { approval, approvalWindow } from './pages/approval';
import { openTestDapp } from './test-dapp';
import { deployToken, rpc, SUPPLY } from './token';
import { approve, decide, tell } from './visit';

/** What the dApp is refused it writes to the console; for fonts and relays of its own it asks in vain. */
test.use({ expectedErrors: [/.*/], expectedForeign: null });

/** The chain that the dApp names its victims on, here a node of this machine. */
const SEPOLIA = 11_155_111;
const TOKEN = '0x27A56df30bC838BCA36141E517e7b5376dea68eE';
const PICTURES = '0xbba60aa8144579e07c6db64121b0f608ab6f0c89';
const CHEQUE = 'This looks like a message. It works like a cheque.';
const PERSON = 'The right goes to a person, not to a contract.';
const NO_ATOMIC_BATCH = 5760;
const CALLS = [
  'eip5792SendCallsButton',
  'eip5792SendCallsApprovalButton',
  'ppomSendMaliciousEthButton',
  'ppomSendMaliciousERC20TransferButton',
  'ppomSendMaliciousERC20ApprovalButton',
  'ppomSendMaliciousSetApprovalForAllButton',
  'ppomSendMaliciousContractInteractionButton',
  'ppomSendThreeMaliciousTxsButton',
];

/** Puts a token where the dApp looks for one, all of it the holder's; its pictures are another one. */
async function plant(chain: LocalChain, holder: string): Promise<void> {
  const token = await deployToken({ chain }, holder, { symbol: 'USDX', name: 'Dollar X', transferReturns: 'true' });
  const code = await rpc({ chain }, 'eth_getCode', [token, 'latest']);
  for (const address of [TOKEN, PICTURES]) await rpc({ chain }, 'anvil_setCode', [address, code]);
  const [slot, supply] = [BigInt(holder), SUPPLY].map((number) => toHex(number, { size: 32 }));
  await rpc({ chain }, 'anvil_setStorageAt', [TOKEN, slot, supply]);
}

test('what the test dApp of another wallet calls malicious is named for what it is, or refused', async ({
  openBrowser,
  lockedWallet,
  network,
}) => {
  const chain = await startLocalChain({ chainId: SEPOLIA });
  network.allow(chain.rpcUrl);
  const owner = getAddress(lockedWallet.address);
  await chain.fund(owner, parseEther('1'));
  await plant(chain, owner);
  const input = { name: 'Sepolia', chainId: String(SEPOLIA), symbol: 'ETH', rpcUrl: chain.rpcUrl, explorerUrl: '' };
  const addChain = (wallet: Page) => tell(wallet, { name: 'networks.add', input });
  const { visit, dapp, site } = await openTestDapp({ openBrowser, lockedWallet, network }, addChain);
  const { page } = visit;
  const chainId = toHex(SEPOLIA);
  await decide(visit, ask(page, 'wallet_switchEthereumChain', [{ chainId }]), approve(/^Use Sepolia$/));
  await expect(dapp.result('chainId')).toHaveText(chainId);

  for (const id of ['maliciousSendWithoutHexPrefixValue', 'maliciousPermitHexPaddedChain', 'maliciousPermitIntAddress'])
    await dapp.refused(id, -32602);
  for (const id of CALLS) await dapp.refused(id, NO_ATOMIC_BATCH);
  expect(await dapp.press('eip5792GetCapabilitiesButton')).toEqual({
    result: { [chainId]: { atomic: { status: 'unsupported' } } },
  });

  await dapp.decideAll([
    ['maliciousRawEthButton', null, ['Send 0.00001\u00a0ETH', 'You have not sent there before.']],
    ['maliciousSendWithOddHexData', null, ['Send 0.00001\u00a0ETH along']],
    ['maliciousERC20TransferButton', null, ['Send 0.0001\u00a0USDX', 'You have not sent there before.']],
    ['maliciousApprovalButton', null, ['Let this site spend your USDX', PERSON]],
    ['maliciousApproveERC20WithOddHexData', null, ['Let this site spend your USDX', PERSON]],
    ['maliciousSetApprovalForAll', null, ['It asks for all of them, for ever.', PERSON]],
    ['maliciousContractInteractionButton', null, ['We do not know what this means.']],
    ['maliciousPermit', null, [CHEQUE, PERSON, 'Its time is over.']],
    ['maliciousTradeOrder', null, ['Whoever takes the offer up gets it at once.']],
    ['maliciousSeaport', null, ['You would give it away for nothing.']],
  ]);
  await dapp.refused('maliciousRawEthButton', 4100);
  await Promise.all([site.stop(), chain.stop()]);
});

test('ten requests at once are one window, and one no ends them all', async ({
  openBrowser,
  lockedWallet,
  network,
}) => {
  const { visit, dapp, site } = await openTestDapp({ openBrowser, lockedWallet, network });
  for (const [id, waiting] of [
    ['sendEIP1559Batch', 10],
    ['signTypedDataV4Batch', 10],
  ] as const) {
    const first = dapp.press(id);
    const window = await approvalWindow(visit.browser.context);
    await window.getByText(`1 of ${waiting}`, { exact: true }).waitFor();
    await approval(window).rejectAll();
    expect(await first, id).toMatchObject({ code: 4001 });
    await approval(window).closed();
  }
  const answers = await dapp.answers();
  expect(answers).toHaveLength(20);
  expect(answers.filter((answer) => 'code' in answer && answer.code === 4001)).toHaveLength(20);
  // The third no in half a minute: of ten that ask after each other the first is shown, the others are refused at once.
  await dapp.decide('signTypedDataV4Queue', null);
  await expect.poll(async () => (await dapp.answers()).length).toBe(30);
  expect((await dapp.answers()).slice(21)).toEqual(Array(9).fill(expect.objectContaining({ code: 4100 })));
  await site.stop();
});
