/** Requests that nobody has thought of, from a page that is connected and from one that is not. */
import type { Page } from '@playwright/test';
import { ask } from './ask';
import { bundlePage } from './bundle-page';
import { expect, test } from './fixtures';
import type { FuzzReport } from './fuzz/page';
import { REQUESTS, type Visitor } from './fuzz/requests';
import { approvalWindows } from './pages/approval';
import { startSite } from './site';
import { chainIdOf, connect, openUnlocked } from './visit';

const IS_LONG = process.env.HALFKEY_LONG !== undefined;
const ROUNDS = IS_LONG ? 100_000 : 5_000;
/** The same requests each time; the long form draws others. */
const DRAWN = IS_LONG ? 1 + Math.trunc(Math.random() * (2 ** 31 - 2)) : 1;
const SEED = Number(process.env.HALFKEY_FUZZ_SEED ?? DRAWN);

/** Of the wallet's own answers; what the node says is the node's. */
const CODES = 'answer 4001 4100 4200 4902 5700 5710 5720 5730 5740 5760 -32600 -32601 -32602 -32002 -32005'.split(' ');
const OF_THE_NODE = ['eth_call', 'eth_getBalance', 'eth_sendRawTransaction'];
/** Nothing of these is done, for their user says no, or is not asked. */
const NEVER_DONE =
  /^(personal_sign|eth_signTypedData.*|eth_sendTransaction|wallet_sendCalls|eth_sign|eth_decrypt|state\..*|session\..*|requests\..*)$/;

/** Says no to whatever is asked, as soon as it is. */
async function refuseAll(wallet: Page): Promise<void> {
  await wallet.evaluate(() => {
    type Port = { readonly onMessage: { addListener(listener: (state: { requests: unknown[] }) => void): void } };
    type Runtime = { connect(info: { name: string }): Port; sendMessage(message: unknown): Promise<unknown> };
    const { runtime } = (globalThis as unknown as { chrome: { runtime: Runtime } }).chrome;
    runtime.connect({ name: 'state' }).onMessage.addListener(({ requests }) => {
      if (requests.length > 0) void runtime.sendMessage({ name: 'requests.reject-all', input: {} });
    });
  });
}

const fuzz = (page: Page, seed: number, rounds: number, visitor: Visitor): Promise<FuzzReport> =>
  page.evaluate(
    ([from, count, who]) =>
      (window as unknown as { fuzz(...given: unknown[]): Promise<FuzzReport> }).fuzz(from, count, who),
    [seed, rounds, visitor] as const,
  );

test('whatever a page asks or posts, it is answered, and nothing breaks or is done without its user', async ({
  openBrowser,
  lockedWallet,
  network,
  stack,
}) => {
  test.setTimeout(IS_LONG ? 1_800_000 : 240_000);
  process.stdout.write(`requests of a page: HALFKEY_FUZZ_SEED=${SEED}\n`);
  const script = { '/': { body: `<title>Fuzz</title><script>${await bundlePage('./fuzz/page.ts')}</script>` } };
  const sites = [await startSite(script), await startSite(script)] as const;
  for (const { origin } of sites) network.allow(origin);
  const visit = await openUnlocked(() => openBrowser({ profile: lockedWallet.copy() }), lockedWallet, sites[0]);
  const account = await connect(visit);
  const stranger = await visit.browser.context.newPage();
  await stranger.goto(sites[1].origin);
  await refuseAll(await visit.browser.openTab());

  const chainId = chainIdOf(stack);
  for (const [page, connected, seed] of [
    [visit.page, true, SEED],
    [stranger, false, SEED + 1],
  ] as const) {
    const where = `${connected ? 'connected' : 'a stranger'}, seed ${seed}`;
    await page.bringToFront();
    const rounds = ROUNDS / 2;
    const { answers, distinct, valid, unhandled } = await fuzz(page, seed, rounds, { account, chainId, connected });
    const methods = Object.keys(REQUESTS).filter((method) => !connected || method !== 'wallet_revokePermissions');
    expect(answers.map(([method]) => method).sort(), where).toEqual(methods.sort());
    expect(
      answers.reduce((sum, [, count]) => sum + count, 0),
      where,
    ).toBe(rounds);
    for (const [method, count, codes] of answers) {
      const of = `${method}, ${where}`;
      expect(count, of).toBeGreaterThan(rounds / methods.length / 2);
      for (const code of codes) expect(code, of).toMatch(/^(answer|-?[1-9][0-9]*)$/);
      if (!OF_THE_NODE.includes(method)) expect(CODES, of).toEqual(expect.arrayContaining([...codes]));
      if (NEVER_DONE.test(method)) expect(codes, of).not.toContain('answer');
    }
    // Its user was asked, too.
    const seen = answers.flatMap(([, , codes]) => codes);
    expect(seen, where).toEqual(expect.arrayContaining(['answer', '4001', '4100', '4200', '-32601', '-32602']));
    expect(distinct, where).toBeGreaterThan(rounds * 0.6);
    expect(valid, where).toBeGreaterThan(rounds / 10);
    expect(unhandled, where).toBe(0);
    // The wallet is as it was: open, and this page sees what it saw.
    expect(await ask(page, 'eth_accounts'), where).toEqual({ result: connected ? [account] : [] });
  }
  await expect.poll(() => approvalWindows(visit.browser.context).length).toBe(0);
  for (const site of sites) await site.stop();
});
