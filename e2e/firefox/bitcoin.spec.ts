import { playPhrase, startBitcoin } from '../bitcoin-story';
import { setLock } from '../hardware-story';
import { WORK_MS } from '../steps';
import { test } from './fixtures';

test('Bitcoin is received, sent and sped up by a background that loads what serves it, and is ended on the way', async ({
  network,
  openFirefox,
  expectedErrors,
}) => {
  // What Firefox says of questions to itself that a background was waiting for when it was ended.
  expectedErrors.push(/Promise (resolved|rejected) after context unloaded/);
  const bitcoin = await startBitcoin();
  try {
    network.allow(new URL(bitcoin.server.url).origin);
    const browser = await openFirefox();
    const page = await browser.openTab();
    page.setDefaultTimeout(WORK_MS);
    await setLock(page, 'useOnlyPassword');
    await playPhrase({ bitcoin, page, step: test.step, meanwhile: () => browser.killWorker() });
  } finally {
    await bitcoin.stop();
  }
});
