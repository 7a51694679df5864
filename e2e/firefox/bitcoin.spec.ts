import { playPhrase, startBitcoin } from '../bitcoin-story';
import { setLock } from '../hardware-story';
import { scan } from '../pages/scan';
import { WORK_MS } from '../steps';
import { test } from './fixtures';

/** A camera that shows moving colours and no code, given without a question. */
const CAMERA = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };

test('Bitcoin is received, sent by a scanned code, and sped up by a background that loads what serves it, and is ended on the way', async ({
  network,
  openFirefox,
  expectedErrors,
}) => {
  // What Firefox says of questions to itself that a background was waiting for when it was ended.
  expectedErrors.push(/Promise (resolved|rejected) after context unloaded/);
  const bitcoin = await startBitcoin();
  try {
    network.allow(new URL(bitcoin.server.url).origin);
    const browser = await openFirefox({ preferences: CAMERA });
    const page = await browser.openTab();
    page.setDefaultTimeout(WORK_MS);
    await setLock(page, 'useOnlyPassword');
    await playPhrase({ bitcoin, page, step: test.step, meanwhile: () => browser.killWorker() });
    await test.step('The camera is on while it is looked through', async () => {
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await scan(page).open();
      await scan(page).useCamera();
      await scan(page).looking();
      await scan(page).stopCamera();
      await scan(page).off();
    });
  } finally {
    await bitcoin.stop();
  }
});
