import { playBitcoin } from './bitcoin-story';
import { test } from './fixtures';

test('Bitcoin is received, sent and sped up on a real node', async ({ openBrowser, network }) => {
  test.setTimeout(480_000);
  await playBitcoin({ openBrowser, onServer: network.allow, step: test.step });
});
