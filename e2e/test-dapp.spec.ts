import { getAddress, parseEther } from 'viem';
import { expect, test } from './fixtures';
import { connectAsMetaMask, startTestDapp, testDapp } from './test-dapp';
import { chainIdOf, openUnlocked } from './visit';

/** What the dApp is refused it writes to the console; for fonts and relays of its own it asks in vain. */
test.use({ expectedErrors: [/.*/], expectedForeign: null });

const MALFORMED_SIGNATURES = [
  'signInvalidType',
  'signEmptyDomain',
  'signExtraDataNotTyped',
  'signInvalidPrimaryType',
  'signNoPrimaryTypeDefined',
  'signInvalidVerifyingContractType',
];
const MALFORMED_TRANSACTIONS = ['sendWithInvalidValue', 'sendWithInvalidTxType', 'sendWithInvalidRecipient'];

test('the test dApp of another wallet connects, signs, sends and is refused what is malformed', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  const site = await startTestDapp();
  network.allow(site.origin);
  await stack.chain.fund(getAddress(lockedWallet.address), parseEther('2'));
  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, site);
  const account = await connectAsMetaMask(visit);
  const dapp = testDapp(visit);
  const { result } = dapp;
  await expect(result('chainId')).toHaveText(`0x${chainIdOf(stack).toString(16)}`);
  await dapp.press('getPermissions');
  await expect(result('permissionsResult')).toHaveText('eth_accounts');

  await dapp.approve('personalSign', /^Sign$/, ['Example `personal_sign` message']);
  await dapp.press('personalSignVerify');
  for (const id of ['personalSignVerifySigUtilResult', 'personalSignVerifyECRecoverResult'])
    await expect(result(id), id).toHaveText(account);
  await dapp.approve('signTypedDataV4', /^Sign$/, ['Hello, Bob!', 'attachment']);
  await dapp.press('signTypedDataV4Verify');
  await expect(result('signTypedDataV4VerifyResult')).toHaveText(account);
  await dapp.approve('signPermit', /^Sign anyway$/, ['This looks like a message. It works like a cheque.']);
  await dapp.press('signPermitVerify');
  await expect(result('signPermitVerifyResult')).toHaveText(account);

  await dapp.approve('siwe', /^Sign in$/, [new URL(site.origin).host]);
  await expect(result('siweResult')).toHaveText(/^0x[0-9a-f]{130}$/);
  await dapp.reject('siweBadDomain', ['metamask.badactor.io', 'This is a sign-in to another site.']);
  await expect(result('siweResult')).toHaveText(/^Error: /);

  await dapp.approve('createToken', /^Put it there$/);
  await expect(result('erc20TokenAddresses')).toHaveText(/^0x[0-9a-fA-F]{40}$/);
  await dapp.approve('approveTokens', /^Allow 7\sTST$/, ['Let this site spend your TST']);

  for (const id of MALFORMED_SIGNATURES) await dapp.refused(id, 'signMalformedResult');
  for (const id of MALFORMED_TRANSACTIONS) await dapp.refused(id, 'sendMalformedResult');

  await dapp.press('revokeAccountsPermission');
  await expect(result('accounts')).toHaveText('');
  await site.stop();
});
