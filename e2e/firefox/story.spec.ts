import { deviceUnlock } from '../pages/device-unlock';
import { home } from '../pages/home';
import { locked } from '../pages/locked';
import { WORK_MS } from '../steps';
import { createAndFund, type Opened, recoverAndSend, type StoryWorld } from '../story';
import type { FirefoxBrowser } from './browser';
import { expect, test } from './fixtures';

/** As in the story. */
const PASSWORD = 'copper lantern drift';

/** The background is ended at each of these moments; what was on the page goes on. */
const meanwhile: Required<StoryWorld<FirefoxBrowser>>['meanwhile'] = async ({ browser, page }, before) => {
  if (before === 'password') {
    await deviceUnlock(page).shown(WORK_MS);
    const ways = page.getByRole('radio');
    const named = await Promise.all([0, 1].map((place) => ways.nth(place).textContent()));
    expect(named.map((text) => /^(Password|PIN)/.exec(text ?? '')?.[1])).toEqual(['Password', 'PIN']);
    expect(await ways.count()).toBe(2);
  }
  await browser.killWorker();
  if (before === 'send') await lockAndUnlock({ browser, page });
};

async function lockAndUnlock({ browser, page }: Opened<FirefoxBrowser>): Promise<void> {
  await home(page).lock();
  await locked(page).shown();
  expect(await page.getByRole('button', { name: /passkey/i }).count()).toBe(0);
  await browser.killWorker();
  await locked(page).unlock('not the password');
  await locked(page).refused();
  await locked(page).unlock(PASSWORD);
  await home(page).shown();
}

test('create a wallet without a passkey, lose the device, recover it and spend, while the background is ended on the way', async ({
  stack,
  network,
  openFirefox,
  expectedErrors,
}) => {
  // What Firefox says of questions to itself that a background was waiting for when it was ended.
  expectedErrors.push(/Promise (resolved|rejected) after context unloaded/);
  const world = { stack, account: 'Firefox', openBrowser: () => openFirefox(), step: test.step, meanwhile };
  const first = await createAndFund(world);
  expect(first.address).toMatch(/^0x[0-9a-fA-F]{40}$/);
  const second = await recoverAndSend(world);
  expect(second).toMatchObject({ address: first.address, triesLeft: 7 });
  expect(second.txHash).toMatch(/^0x[0-9a-f]{64}$/);
  // The parties of this sign-in, which goes through the relay, each of them, and nobody else.
  const { apple: _, ...parties } = stack.urls;
  const asked = new Set(network.exchanges.map(({ url }) => new URL(url).origin));
  expect([...asked].sort()).toEqual(Object.values(parties).sort());
});
