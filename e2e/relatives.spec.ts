import { COINS, type CoinId } from '@/lib/chains/utxo/coins';
import { ABANDON, addressAt } from '@/lib/chains/utxo/testing/seed';
import { receive, sent, startChain } from './bitcoin-story';
import { test } from './fixtures';
import { beginWithLock } from './hardware-story';
import { coins } from './pages/coins';
import { home } from './pages/home';
import { addWallet, importPhrase } from './pages/wallets';
import { WORK_MS } from './steps';

const WORDS = 'all '.repeat(12).trim();
const RELATIVES: readonly CoinId[] = ['bch', 'doge'];

for (const coin of RELATIVES) {
  const { name, symbol } = COINS[coin];

  test(`${name} is received, sent and listed on a real node`, async ({ openBrowser, network }) => {
    test.setTimeout(240_000);
    const chain = await test.step('Start a node and a Blockbook', () => startChain(coin));
    try {
      network.allow(new URL(chain.server.url).origin);
      const page = await (await openBrowser()).openTab();
      page.setDefaultTimeout(WORK_MS);
      await test.step('A recovery phrase is brought along', async () => {
        await beginWithLock(page);
        await addWallet(page).phrase();
        await importPhrase(page).typeAll(WORDS);
        await importPhrase(page).add();
        await home(page).shown();
      });
      await test.step('Pick the server: accounts are looked for', async () => {
        await coins(page).open(name);
        await coins(page).pickServer(chain.server.url);
        await coins(page).accountShown();
      });
      await receive(page, chain, test.step);
      await test.step('Send: the node takes it, and it is listed and mined', async () => {
        const to = addressAt(ABANDON, coin, 44, 0, 7).address;
        await coins(page).fill(to, '0.25');
        await coins(page).confirm(`0.25 ${symbol}`);
        await sent(page, chain, to);
        await coins(page).listed([/^SentWaiting for a block−0\.25/, /^Received.*\+1 /]);
        await chain.node.mine(1);
        await coins(page).lookAgain();
        await coins(page).listed([/^SentToday, [0-9]+:[0-9]{2}−0\.25/, /^Received.*\+1 /]);
      });
    } finally {
      await chain.stop();
    }
  });
}
