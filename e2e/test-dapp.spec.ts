import { expect, test } from './fixtures';
import { type Decision, openTestDapp } from './test-dapp';
import { chainIdOf } from './visit';

/** What the dApp is refused it writes to the console; for fonts and relays of its own it asks in vain. */
test.use({ expectedErrors: [/.*/], expectedForeign: null });

const CHEQUE = 'This looks like a message. It works like a cheque.';
const INVALID = -32602;
const UNSUPPORTED = 4200;
const MALFORMED = [
  'signInvalidType',
  'signEmptyDomain',
  'signExtraDataNotTyped',
  'signInvalidPrimaryType',
  'signNoPrimaryTypeDefined',
  'signInvalidVerifyingContractType',
  // A domain or an order with members that their types do not have.
  'signPermitBatch',
  'signSeaportBulkOrder',
  'sendWithInvalidValue',
  'sendWithInvalidTxType',
  'sendWithInvalidRecipient',
  'sendWithInvalidGasLimit',
  'sendWithInvalidMaxFeePerGas',
  'sendTempoBatchTx',
];

test('the test dApp of another wallet connects and signs, and what is malformed is refused', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const { account, dapp, site } = await openTestDapp({ openBrowser, lockedWallet, network });
  const { result } = dapp;
  const { host } = new URL(site.origin);
  await expect(result('chainId')).toHaveText(`0x${chainIdOf(stack).toString(16)}`);

  await dapp.press('revokeAccountsPermission');
  await expect(result('accounts')).toHaveText('');
  await dapp.decide('connectButton', /^Connect 1/);
  await expect(result('accounts')).toHaveText(account);
  await dapp.press('getPermissions');
  await expect(result('permissionsResult')).toHaveText('eth_accounts');
  await dapp.decide('requestPermissions', /^Connect 1/);
  await expect(result('permissionsResult')).toHaveText('eth_accounts');
  await dapp.click('getAccounts');
  await expect(result('getAccountsResult')).toHaveText(account);

  await dapp.decide('personalSign', /^Sign$/, ['Example `personal_sign` message']);
  await dapp.click('personalSignVerify');
  for (const id of ['personalSignVerifySigUtilResult', 'personalSignVerifyECRecoverResult'])
    await expect(result(id), id).toHaveText(account);
  const verified: readonly Decision[] = [
    ['signTypedData', /^Sign$/, ['Hi, Alice!', '1337']],
    ['signTypedDataV3', /^Sign$/, ['Hello, Bob!']],
    ['signTypedDataV4', /^Sign$/, ['Hello, Bob!', 'attachment']],
    ['signPermit', /^Sign anyway$/, [CHEQUE]],
  ];
  await dapp.decideAll(verified);
  for (const [id] of verified) {
    await dapp.click(`${id}Verify`);
    await expect(result(`${id}VerifyResult`), id).toHaveText(account);
  }
  await dapp.decideAll([
    ['signPermitSingle', /^Sign anyway$/, [CHEQUE, 'Its time is over.']],
    ['siwe', /^Sign in$/, [host]],
    ['siweResources', /^Sign in$/, [host, 'It also names']],
  ]);
  await expect(result('siweResult')).toHaveText(/^0x[0-9a-f]{130}$/);

  for (const id of MALFORMED) await dapp.refused(id, INVALID);
  for (const id of ['ethSign', 'getEncryptionKeyButton']) await dapp.refused(id, UNSUPPORTED);
  await dapp.refused('switchEthereumChain', 4902);

  await dapp.decideAll([
    ['signBlurOrder', null, ['Sign an offer that cannot be read']],
    ['siweBadDomain', null, ['metamask.badactor.io', 'This is a sign-in to another site.']],
    ['siweBadAccount', null, ['It names another account.']],
    ['siweMalformed', null, ['It looks like a sign-in and is none.']],
    ['addEthereumChain', null, ['Add the network Localhost 8546']],
  ]);
  // That was too often: for a minute its user is asked nothing.
  await dapp.refused('personalSign', 4100);
  await site.stop();
});
