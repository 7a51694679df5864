import { getAddress, type Hex, parseEther } from 'viem';
import { expect, test } from './fixtures';
import { type Decision, openTestDapp } from './test-dapp';
import { reader } from './visit';

/** What the dApp is refused it writes to the console; for fonts and relays of its own it asks in vain. */
test.use({ expectedErrors: [/.*/], expectedForeign: null });

const FRIEND = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const DEPLOY = /^Put it there$/;
const CALL = /^Send to the contract$/;

test('the test dApp of another wallet sends, makes contracts, and moves tokens of three standards', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const owner = getAddress(lockedWallet.address);
  await stack.chain.fund(owner, parseEther('10'));
  const { dapp, site } = await openTestDapp({ openBrowser, lockedWallet, network });
  const { result } = dapp;
  /** Does it all, and waits until it is mined. @param failing those that are mined and come to nothing */
  const sendAll = async (all: readonly Decision[], failing: readonly string[] = []) => {
    const hashes = await dapp.decideAll(all);
    for (const [place, [id]] of all.entries()) {
      const receipt = await reader(stack).waitForTransactionReceipt({ hash: hashes[place] as Hex });
      expect(receipt.status, id).toBe(failing.includes(id) ? 'reverted' : 'success');
    }
  };
  const says = (id: string, text: string | RegExp) => expect(result(id), id).toHaveText(text);

  await dapp.fill('toInput', FRIEND);
  await dapp.fill('amountInput', '0x1');
  await dapp.fill('gasInput', '0x77359400');
  await sendAll([
    ['sendButton', /^Send 0\sETH$/, ['The site chose the fee.']],
    ['sendEIP1559Button', /^Send 0\sETH$/, ['The site chose the fee.']],
    ['sendEIP1559WithoutGasButton', /^Send 0\sETH$/],
    ['submitForm', /^Send 0.000000000000000001\sETH$/],
    ['sendHeavyHexDataButton', CALL],
  ]);
  await sendAll([
    ['deployButton', DEPLOY],
    ['deployFailingButton', DEPLOY],
    ['deployMultisigButton', DEPLOY],
    ['createToken', DEPLOY],
    ['deployNFTsButton', DEPLOY],
    ['deployERC1155Button', DEPLOY],
  ]);
  for (const id of ['contractStatus', 'failingContractStatus', 'multisigContractStatus', 'nftsStatus', 'erc1155Status'])
    await says(id, 'Deployed');
  await says('erc20TokenAddresses', /^0x[0-9a-fA-F]{40}$/);

  await sendAll(
    [
      ['depositButton', /^Send 4\sETH along$/, ['−4\u00a0ETH']],
      ['sendFailingButton', /^Send/, ['It would fail.']],
      ['sendMultisigButton', /^Send/, ['The site chose an unusual amount of gas.']],
    ],
    ['sendFailingButton', 'sendMultisigButton'],
  );
  await says('contractStatus', 'Deposit completed');
  await sendAll([['withdrawButton', CALL, ['+1\u00a0ETH']]]);
  await says('contractStatus', 'Withdrawn');

  await dapp.fill('eip747ContractAddress', await result('erc20TokenAddresses').innerText());
  await dapp.fill('eip747Symbol', 'TST');
  await dapp.fill('eip747Decimals', '4');
  await dapp.decideAll([
    ['watchAssets', /^Show it$/, ['Show TST in your wallet']],
    ['eip747WatchButton', /^Show it$/, ['Show TST in your wallet']],
  ]);
  await sendAll([
    ['transferTokens', /^Send 1.5\sTST$/],
    ['transferTokensWithoutGas', /^Send 1.5\sTST$/],
    ['approveTokens', /^Allow 7\sTST$/, ['Let this site spend your TST']],
    ['increaseTokenAllowance', /^Allow/],
    ['approveTokensWithoutGas', /^Allow 7\sTST$/],
  ]);
  await dapp.fill('approveTo', owner);
  await sendAll([['approveTokens', /^Allow 7\sTST$/]]);
  await dapp.fill('transferFromSenderInput', owner);
  await dapp.fill('transferFromRecipientInput', FRIEND);
  await sendAll([['transferFromTokens', /^(Send|Move) 1.5\sTST/]]);

  await sendAll([['mintButton', CALL]]);
  await says('nftsStatus', 'Mint completed');
  // One by one: the dApp says how much gas each takes as things stand when it asks.
  const collection: readonly Decision[] = [
    ['approveButton', /^Allow TDN no. 1$/, ['Let somebody take TDN no. 1']],
    ['setApprovalForAllButton', /^Allow all of it$/, ['It asks for all of them, for ever.']],
    ['revokeButton', /^End the right$/],
    ['transferFromButton', /^Send TDN no. 1$/],
  ];
  for (const one of collection) await sendAll([one]);
  await dapp.fill('batchMintTokenIds', '1, 2, 3');
  await dapp.fill('batchMintIdAmounts', '1, 1, 100');
  await sendAll([['batchMintButton', CALL]]);
  await dapp.fill('batchTransferTokenIds', '1, 3');
  await dapp.fill('batchTransferTokenAmounts', '1, 50');
  const manyKinds: readonly Decision[] = [
    ['batchTransferFromButton', /^Do all of it$/, ['Do 2 things, one after the other']],
    ['setApprovalForAllERC1155Button', /^Allow all of it$/, ['It asks for all of them, for ever.']],
    ['revokeERC1155Button', /^End the right$/],
  ];
  for (const one of manyKinds) await sendAll([one]);
  for (const id of ['watchNFTButton', 'watchAssetButton', 'sign721Permit']) await dapp.refused(id, -32602);
  await site.stop();
});
