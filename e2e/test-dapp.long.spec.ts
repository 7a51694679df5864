import { getAddress, parseEther } from 'viem';
import { expect, test } from './fixtures';
import type { Site } from './site';
import { connectAsMetaMask, startTestDapp, testDapp, visitAnother } from './test-dapp';
import { openUnlocked, type Visit } from './visit';

test.use({ expectedErrors: [/.*/] });

/** What each malicious or unreadable request has to say before it can be approved; then it is rejected. */
const MALICIOUS: readonly (readonly [id: string, looked: readonly (string | RegExp)[]])[] = [
  ['maliciousRawEthButton', [/^Send 0\.00001\sETH/]],
  ['maliciousContractInteractionButton', ['We do not know what this means.']],
  ['maliciousPermit', ['This looks like a message. It works like a cheque.']],
  ['maliciousTradeOrder', ['ZeroEx', 'erc721TokenId']],
  ['maliciousSeaport', [/^Offer/]],
  ['maliciousPermitHexPaddedChain', ['This looks like a message. It works like a cheque.']],
];

test.describe('the whole tour of the test dApp', () => {
  test.setTimeout(900_000);
  let sites: Site[] = [];
  test.beforeEach(() => {
    sites = [];
  });
  test.afterEach(async () => {
    await Promise.all(sites.map((site) => site.stop()));
  });

  /** Each place is another origin: the wallet stops listening to one that was rejected three times. */
  const opened = async (allow: (origin: string) => void): Promise<Site> => {
    const site = await startTestDapp();
    allow(site.origin);
    sites.push(site);
    return site;
  };

  test('sends, contracts and tokens', async ({ openBrowser, lockedWallet, network, stack }) => {
    const site = await opened(network.allow);
    await stack.chain.fund(getAddress(lockedWallet.address), parseEther('20'));
    const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
    const account = await connectAsMetaMask(visit);
    const dapp = testDapp(visit);
    const { result } = dapp;

    await dapp.approve('sendButton', /^Send 0\sETH$/);
    await dapp.approve('sendEIP1559WithoutGasButton', /^Send 0\sETH$/);
    await dapp.approve('deployButton', /^Put it there$/);
    await expect(result('contractStatus')).toHaveText('Deployed');
    await dapp.approve('depositButton', /^Send 4\sETH along$/);
    await expect(result('contractStatus')).toHaveText('Deposit completed');
    await dapp.approve('withdrawButton', /^Send to the contract$/, [/1\sETH/]);
    await expect(result('contractStatus')).toHaveText('Withdrawn');
    await dapp.approve('deployMultisigButton', /^Put it there$/);
    await expect(result('multisigContractStatus')).toHaveText('Deployed');

    await dapp.approve('createToken', /^Put it there$/);
    await expect(result('erc20TokenAddresses')).toHaveText(/^0x[0-9a-fA-F]{40}$/);
    await dapp.approve('watchAssets', /^Show it$|^Add|^Show/, [
      'It is only shown. Nothing is sent, and the site gets no right.',
    ]);
    await dapp.approve('transferTokens', /^Send 1\.5\sTST$/);
    await dapp.approve('approveTokens', /^Allow 7\sTST$/);
    await dapp.approve('increaseTokenAllowance', /^Allow 1\sTST$/);
    await result('allowanceOwner').fill(account);
    await result('allowanceSpender').fill('0x9bc5baF874d2DA8D216aE9f137804184EE5AfEF4');
    await dapp.press('getAllowance');
    await expect(result('allowanceAmountResult')).toHaveText('8.0000');
    await dapp.approve('transferTokensWithoutGas', /^Send 1\.5\sTST$/);
    await dapp.approve('approveTokensWithoutGas', /^Allow 7\sTST$/);

    await dapp.approve('deployNFTsButton', /^Put it there$/);
    await expect(result('nftsStatus')).toHaveText('Deployed');
    await dapp.approve('mintButton', /^Send to the contract$/);
    await expect(result('nftsStatus')).toHaveText('Mint completed');
    await dapp.approve('approveButton', /^Allow /, [/no\. 1/]);
    await expect(result('nftsStatus')).toHaveText('Approve completed');
    await dapp.approve('setApprovalForAllButton', /^Allow all of it$/, [/Give away control of all your/]);
    await expect(result('nftsStatus')).toHaveText('Set Approval For All completed');
    await dapp.approve('revokeButton', /^End the right$/);
    await expect(result('nftsStatus')).toHaveText('Revoke completed');
    await dapp.approve('transferFromButton', /^Send /, [/no\. 1/]);
    await expect(result('nftsStatus')).toHaveText('Transfer From completed');

    await dapp.approve('deployERC1155Button', /^Put it there$/);
    await expect(result('erc1155Status')).toHaveText('Deployed');
    await result('batchMintTokenIds').fill('1, 2, 3');
    await result('batchMintIdAmounts').fill('1, 1, 1000');
    await dapp.approve('batchMintButton', /^Send to the contract$/);
    await expect(result('erc1155Status')).toHaveText('Batch Minting completed');
    await dapp.approve('setApprovalForAllERC1155Button', /^Allow all of it$/);
    await expect(result('erc1155Status')).toHaveText('Set Approval For All completed');
    await dapp.approve('revokeERC1155Button', /^End the right$/);
    await expect(result('erc1155Status')).toHaveText('Revoke completed');
    await result('batchTransferTokenIds').fill('1, 2');
    await result('batchTransferTokenAmounts').fill('1, 1');
    await dapp.approve('batchTransferFromButton', /^Send /);
    await expect(result('erc1155Status')).toHaveText('Batch Transfer From completed');
  });

  test('signing of every kind, sign-ins good and bad, and what is not done here', async ({
    openBrowser,
    lockedWallet,
    network,
  }) => {
    const visit = await openUnlocked(
      () => openBrowser({ profile: lockedWallet.copy() }),
      lockedWallet,
      await opened(network.allow),
    );
    const account = await connectAsMetaMask(visit);
    const dapp = testDapp(visit);
    const { result } = dapp;
    await dapp.refused('ethSign', 'ethSignResult');
    for (const version of ['', 'V3', 'V4']) {
      await dapp.approve(`signTypedData${version}`, /^Sign$/);
      await dapp.press(`signTypedData${version}Verify`);
      await expect(result(`signTypedData${version}VerifyResult`), version).toHaveText(account);
    }
    for (const id of ['signPermitSingle', 'signPermitBatch']) {
      await dapp.approve(id, /^Sign anyway$/);
      await expect(result('signPermitVariantResult'), id).toHaveText(/^0x[0-9a-f]{130}$/);
    }
    await dapp.approve('siweResources', /^Sign in$/, ['https://example.com/my-web2-claim.json']);
    await expect(result('siweResult')).toHaveText(/^0x/);
    await dapp.reject('siweBadAccount', ['It names another account.']);
    await dapp.reject('siweMalformed', ['It looks like a sign-in and is none.']);
    await dapp.refused('getEncryptionKeyButton', 'encryptionKeyDisplay');
    await visitAnother(visit, await opened(network.allow));
    await dapp.approve('requestPermissions', /^Connect/);
    await expect(result('permissionsResult')).toHaveText('eth_accounts');
  });

  test('what is malicious is named, and nothing of it leaves the wallet unless somebody wants it', async ({
    openBrowser,
    lockedWallet,
    network,
    stack,
  }) => {
    await stack.chain.fund(getAddress(lockedWallet.address), parseEther('1'));
    const first = await openUnlocked(
      () => openBrowser({ profile: lockedWallet.copy() }),
      lockedWallet,
      await opened(network.allow),
    );
    await connectAsMetaMask(first);
    let visit: Visit = first;
    for (const [place, [id, looked]] of MALICIOUS.entries()) {
      if (place > 0 && place % 2 === 0) visit = await visitAnother(visit, await opened(network.allow));
      await testDapp(visit).reject(id, looked);
    }
    const dapp = testDapp(await visitAnother(visit, await opened(network.allow)));
    // Bytes in half pairs, numbers without their sign, an address as a number: no two readers agree on them.
    for (const id of [
      'maliciousSendWithOddHexData',
      'maliciousApproveERC20WithOddHexData',
      'maliciousSendWithoutHexPrefixValue',
    ])
      await dapp.refused(id, 'maliciousWarningBypassResult');
  });
});
