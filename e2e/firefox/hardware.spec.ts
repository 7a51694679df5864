import { BRIDGE_URLS } from '@/lib/hardware/transport/bridge';
import { FIRST, pluggedMini, setLock } from '../hardware-story';
import { hardware } from '../pages/hardware';
import { home } from '../pages/home';
import { serveBridge } from '../simulators/onekey-mini/bridge';
import { expect, test } from './fixtures';

test('a OneKey Mini is added by a bridge that answers this extension; without one it is said what works instead', async ({
  network,
  openFirefox,
  expectedErrors,
}) => {
  // What Firefox says of a bridge that refuses.
  expectedErrors.push(/Cross-Origin Request Blocked|NetworkError|Forbidden/);
  const browser = await openFirefox();
  const page = await browser.openTab();
  await setLock(page, 'useOnlyPassword');
  await hardware(page).choose();
  await expect.poll(() => page.getByRole('button', { name: 'Connect by USB' }).count()).toBe(0);
  await page.getByText('This browser reaches no USB devices.').waitFor();
  const { cable } = pluggedMini();
  const asked = new Set<string | undefined>();
  const [deaf, open] = await Promise.all([
    serveBridge(pluggedMini().cable, { knows: () => false }),
    serveBridge(cable, {
      knows: (origin) => asked.add(origin).size > 0 && origin?.startsWith('moz-extension://') === true,
    }),
  ]);
  for (const bridge of BRIDGE_URLS) network.stand(bridge, deaf.url);
  await hardware(page).bridge();
  await page.getByText('The bridge does not answer this extension').waitFor();
  await page.getByText('Chrome and Chromium reach the device by USB, without a bridge.').waitFor();

  for (const bridge of BRIDGE_URLS) network.stand(bridge, open.url);
  await hardware(page).bridge();
  await hardware(page).add();
  await home(page).shown();
  expect(await home(page).address()).toBe(FIRST);
  expect([...asked].every((origin) => origin?.startsWith('moz-extension://'))).toBe(true);
  await Promise.all([deaf.close(), open.close()]);
});
