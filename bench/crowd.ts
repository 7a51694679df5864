/** The popup of an open wallet until it can be pressed: many accounts and tokens against one account and none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configPath, loadConfig } from '@/config/load';
import { launchWalletBrowser } from '@/e2e/browser';
import { toBase64url, toHex } from '@/lib/bytes';
import { buildExtension } from '@/scripts/build-extension';
import { openProbe, type Probe, popupInteractive } from './extension';
import { interleave } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 2;
const ACCOUNTS = 20;
const TOKENS = 50;

const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const address = () => `0x${toHex(bytes(20))}`;

export const crowd: Group = {
  name: 'crowd',
  run: async ({ say, rounds = ROUNDS }) => {
    const folder = mkdtempSync(join(tmpdir(), 'halfkey-bench-'));
    const opened: Probe[] = [];
    try {
      say('building the extension');
      const built = await buildExtension({ configPath: configPath(), outFolder: folder });
      const open = async (accounts: number, tokens: number) => {
        const probe = await openProbe(await launchWalletBrowser(built));
        opened.push(probe);
        await fill(probe, accounts, tokens);
        return probe;
      };
      const [full, empty] = [await open(ACCOUNTS, TOKENS), await open(1, 0)];
      say('popups of open wallets, the worker running');
      const popup = await interleave(rounds, WARM_UPS, popupInteractive(full), popupInteractive(empty));
      const what = `popup of an open wallet interactive, ${ACCOUNTS} accounts and ${TOKENS} tokens, ms; peer: one account, none`;
      return [measuredRow({ id: 'popup-crowd', what, limit: 1.5 }, popup)];
    } finally {
      await Promise.all(opened.map(({ browser }) => browser.close()));
      rmSync(folder, { recursive: true });
    }
  },
};

/** Puts an open wallet into a browser as the background keeps it, with balances for everything. */
async function fill({ page, browser }: Probe, accountCount: number, tokenCount: number): Promise<void> {
  const chainId = loadConfig().chains[0]?.chainId;
  const walletId = toBase64url(bytes(16));
  const accounts = Array.from({ length: accountCount }, (_, index) => ({
    index,
    name: `Account ${index + 1}`,
    address: address(),
  }));
  const tokens = Array.from({ length: tokenCount }, (_, place) => ({
    ...{ chainId, address: address(), decimals: 18 },
    ...{ symbol: `TOK${place}`, name: `Token ${place}` },
  }));
  const balanceOf = (owner: string, token: string | null) => ({
    ...{ chainId, owner, token },
    ...{ units: '1234500000000000000', asOfMs: Date.now() },
  });
  const [selected] = accounts;
  if (selected === undefined) throw new RangeError('no account');
  const local = {
    profile: {
      wallets: [{ id: walletId, type: 'keyless', name: '', accounts }],
      selected: { walletId, index: 0 },
      unlock: ['pin'],
    },
    tokens: { added: tokens, hidden: [], order: 'held-first' },
  };
  const session = {
    keyring: { key: null, contents: { [walletId]: { type: 'keyless', entropy: toBase64url(bytes(32)) } } },
    lastUse: Date.now(),
    balances: [
      ...accounts.map((account) => balanceOf(account.address, null)),
      ...tokens.map((token) => balanceOf(selected.address, token.address)),
    ],
  };
  // The background has to have given the empty area its version before anything is put there.
  const open = await browser.openPopup();
  await open.locator('button:enabled').first().waitFor();
  await open.close();
  await page.evaluate(`(async () => {
    await chrome.storage.local.set(${JSON.stringify(local)});
    await chrome.storage.session.set(${JSON.stringify(session)});
    await chrome.storage.session.remove('flow');
  })()`);
  // It remembers where its user was.
  await browser.killWorker();
  const popup = await browser.openPopup();
  await popup.getByRole('button', { name: 'Send', exact: true }).waitFor();
  if (tokenCount > 0)
    await popup
      .getByText(`TOK${tokenCount - 1}`)
      .first()
      .waitFor({ state: 'attached' });
  await popup.close();
}
