import { expect, test } from './fixtures';
import { playStory } from './story';

test('create a wallet, lose the device, recover it, spend from it, and once more with one realm down', async ({
  stack,
  network,
  openBrowser,
  expectedErrors,
}) => {
  test.setTimeout(300_000);
  // The realm that is down.
  expectedErrors.push(/ERR_EMPTY_RESPONSE/);
  const outcome = await playStory({ stack, account: 'Story', openBrowser, step: test.step });
  expect(outcome).toMatchObject({ sameAddress: true, wrongPinTriesLeft: 7, recoveredWithRealmDown: true });
  expect(outcome.address).toMatch(/^0x[0-9a-fA-F]{40}$/);
  expect(outcome.txHash).toMatch(/^0x[0-9a-f]{64}$/);
  // The parties of this sign-in, each of them, and nobody else.
  const { apple: _, relay: __, ...parties } = stack.urls;
  const asked = new Set(network.exchanges.map(({ url }) => new URL(url).origin));
  expect([...asked].sort()).toEqual(Object.values(parties).sort());
});
