import { home } from '../pages/home';
import { choosePin, recoverPin } from '../pages/pin';
import { providerWindow } from '../pages/provider';
import { welcome } from '../pages/welcome';
import { createWallet, seal, signInWithApple } from '../steps';
import { expect, test } from './fixtures';

const OWNER = { account: 'Grace', pin: '482913', password: 'copper lantern drift', provider: 'apple' } as const;

test('a wallet made with Apple comes back with Apple in another Firefox', async ({ openFirefox, stack, network }) => {
  test.setTimeout(480_000);
  const first = await openFirefox();
  const page = await first.openTab();
  await createWallet(first, page, OWNER);
  const address = await home(page).address();
  await first.close();

  const second = await openFirefox();
  const again = await second.openTab();
  await signInWithApple(second, again, OWNER.account);
  await recoverPin(again).shown();
  await recoverPin(again).enter(OWNER.pin);
  await seal(again, OWNER.password);
  expect(await home(again).address()).toBe(address);
  const callbacks = network.exchanges.filter(({ url }) => url.startsWith(`${stack.urls.relay}/callback/`));
  expect(callbacks.map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
    ['POST', '/callback/apple'],
    ['POST', '/callback/apple'],
  ]);
});

test('a sign-in with Apple that is cancelled in its window can begin again', async ({ openFirefox }) => {
  const browser = await openFirefox();
  const page = await browser.openTab();
  await welcome(page).shown();
  const refused = await providerWindow(browser.context, welcome(page).continueWithApple);
  await refused.cancel();
  await signInWithApple(browser, page, 'At last');
  await choosePin(page).shown();
});
