import { expect, test } from './fixtures';
import { home } from './pages/home';
import { choosePin, recoverPin } from './pages/pin';
import { providerWindow } from './pages/provider';
import { welcome } from './pages/welcome';
import { createWallet, seal, signInWithApple } from './steps';

const OWNER = { account: 'Ada', pin: '482913', password: 'copper lantern drift', provider: 'apple' } as const;

test('a wallet made with Apple comes back with Apple in another browser', async ({ openBrowser, stack, network }) => {
  test.setTimeout(480_000);
  const first = await openBrowser();
  const page = await first.openTab();
  await createWallet(first, page, OWNER);
  const address = await home(page).address();
  await first.close();

  const second = await openBrowser();
  const again = await second.openTab();
  await signInWithApple(second, again, OWNER.account);
  await recoverPin(again).shown();
  await recoverPin(again).enter(OWNER.pin);
  await seal(again, OWNER.password);
  expect(await home(again).address()).toBe(address);

  // Through the relay, by a form, and nowhere near the other provider.
  const { identity: _, ...parties } = stack.urls;
  const asked = new Set(network.exchanges.map(({ url }) => new URL(url).origin));
  expect([...asked].sort()).toEqual(Object.values(parties).sort());
  const answers = network.exchanges.filter(({ url }) => url.startsWith(`${stack.urls.relay}/callback/`));
  expect(answers.map(({ method, url, answer }) => [method, new URL(url).pathname, answer?.status])).toEqual([
    ['POST', '/callback/apple', 303],
    ['POST', '/callback/apple', 303],
  ]);
});

test('a sign-in with Apple that is closed, cancelled, or loses its relay can begin again', async ({
  openBrowser,
  stack,
  network,
  expectedErrors,
}) => {
  // The relay that is lost, and the status of the form by which a provider tells of a refusal.
  expectedErrors.push(/ERR_EMPTY_RESPONSE/, /400 \(Bad Request\)/);
  const browser = await openBrowser();
  const page = await browser.openTab();
  await welcome(page).shown();
  const open = () => providerWindow(browser.context, welcome(page).continueWithApple);
  await (await open()).close();
  await welcome(page).shown();
  await (await open()).cancel();
  await welcome(page).shown();

  const lost = network.hold(({ url }) => url === `${stack.urls.relay}/redeem`, 'request');
  await (await open()).chooseAccount('Ada');
  await lost.arrived;
  lost.lose();
  await page.getByText('The sign-in relay does not answer').waitFor();
  await signInWithApple(browser, page, 'Once more');
  await choosePin(page).shown();
});
