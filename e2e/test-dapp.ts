/** The test dApp that MetaMask publishes, as it is on npm, served on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { Answer } from './ask';
import type { WalletBrowser } from './browser';
import type { LockedWallet } from './fixtures';
import type { Network } from './network';
import { approval, approvalWindow, approvalWindows } from './pages/approval';
import { home } from './pages/home';
import { settings } from './pages/settings';
import { type Site, startSite } from './site';
import { WORK_MS } from './steps';
import { connect, openUnlocked, type Visit } from './visit';

const DIST = join(dirname(createRequire(import.meta.url).resolve('@metamask/test-dapp/package.json')), 'dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Each is another origin. */
export const startTestDapp = (): Promise<Site> =>
  startSite({}, (path) => {
    const file = join(DIST, normalize(path === '/' ? '/index.html' : path));
    if (!file.startsWith(DIST) || !existsSync(file)) return null;
    return { body: readFileSync(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
  });

/** Connects, and has the wallet answer to the name that the dApp looks for. @returns the account, in lower case */
export async function connectAsMetaMask(visit: Visit): Promise<string> {
  const account = await connect(visit);
  const wallet = await visit.browser.openPopup();
  await home(wallet).shown(WORK_MS);
  await settings(wallet).open();
  await wallet.getByRole('button', { name: /^Connected sites/ }).click();
  await wallet.getByRole('button', { name: new RegExp(new URL(visit.page.url()).host) }).click();
  const name = wallet.getByRole('switch', { name: 'Answer to the name MetaMask' });
  await name.click();
  await expect(name).toBeChecked();
  await wallet.close();
  await visit.page.bringToFront();
  await visit.page.reload();
  await expect(visit.page.locator('#accounts')).toHaveText(account);
  await hearAnswers(visit.page);
  return account;
}

/** What its user is asked for or what is refused; reads of the chain are not meant. */
const ASKS = /^(eth_requestAccounts|eth_send|eth_sign|personal_sign|wallet_|eth_decrypt|eth_getEncryptionPublicKey)/;

interface Heard {
  readonly ethereum: { request(asked: { readonly method: string }): Promise<unknown> };
  /** Takes the answer to what is asked next. */
  tell?: ((answer: Answer) => void) | undefined;
  /** All that was answered, in its order. */
  answers: Answer[];
}

/** Listens to what the dApp is answered: for most of its buttons it shows nothing of it. */
const hearAnswers = (page: Page) =>
  page.evaluate((asks) => {
    const heard = window as unknown as Heard;
    const request = heard.ethereum.request;
    heard.answers = [];
    heard.ethereum.request = (asked) => {
      const answered = request(asked);
      if (!new RegExp(asks).test(asked.method)) return answered;
      const { tell } = heard;
      heard.tell = undefined;
      const take = (answer: Answer) => {
        heard.answers.push(answer);
        tell?.(answer);
      };
      answered.then(
        (result) => take({ result }),
        ({ code, message }) => take({ code, message }),
      );
      return answered;
    };
  }, ASKS.source);

/**
 * One press and what its user does about it: the words on the button that says yes, or null for a no; and what has to
 * stand in the window before.
 */
export type Decision = readonly [id: string, yes: RegExp | null, words?: readonly (string | RegExp)[]];

/** The dApp's own buttons, by their ids; what its user does about each, and what the dApp is answered. */
export const testDapp = ({ page, browser }: Visit) => {
  const result = (id: string) => page.locator(`#${id}`);
  /** @returns the answer to the first request that it makes */
  const press = async (id: string): Promise<Answer> => {
    await expect(result(id), id).toBeEnabled();
    return page.evaluate(
      (pressed) =>
        new Promise<Answer>((resolve) => {
          (window as unknown as Heard).tell = resolve;
          // Some lie under others: the dApp is wide.
          document.getElementById(pressed)?.click();
        }),
      id,
    );
  };
  /** A button that asks the wallet for nothing that is heard here. */
  const click = async (id: string): Promise<void> => {
    await expect(result(id), id).toBeEnabled();
    await result(id).evaluate((button: HTMLElement) => button.click());
  };
  const queued = (window: Page, count: number) =>
    count > 1 ? window.getByText(`1 of ${count}`, { exact: true }).waitFor() : undefined;
  /** Presses one after the other, and then decides in the one window. @returns what the dApp was answered */
  const decideAll = async (all: readonly Decision[]): Promise<readonly string[]> => {
    const answers: Promise<Answer>[] = [];
    for (const [id] of all) {
      answers.push(press(id));
      await queued(await approvalWindow(browser.context), answers.length);
    }
    const window = await approvalWindow(browser.context);
    const results: string[] = [];
    for (const [place, [id, yes, words = []]] of all.entries()) {
      await queued(window, all.length - place);
      for (const text of words) await expect(window.getByText(text).first(), id).toBeVisible();
      if (yes === null) await approval(window).reject();
      else await approval(window).approve(yes);
      const answer = await answers[place];
      if (yes === null) expect(answer, id).toMatchObject({ code: 4001 });
      else expect(answer, id).toHaveProperty('result');
      results.push(answer && 'result' in answer ? String(answer.result) : '');
    }
    await approval(window).closed();
    await page.bringToFront();
    return results;
  };
  return {
    result,
    click,
    press,
    decideAll,
    fill: (id: string, value: string) =>
      result(id).evaluate((field: HTMLInputElement, text) => {
        field.value = text;
      }, value),
    decide: async (...decision: Decision) => (await decideAll([decision]))[0] ?? '',
    /** Refused before anybody is asked. */
    refused: async (id: string, code: number) => {
      expect(await press(id), id).toMatchObject({ code });
      expect(approvalWindows(browser.context), id).toHaveLength(0);
    },
    /** All that it was answered so far, in its order. */
    answers: () => page.evaluate(() => (window as unknown as Heard).answers),
  };
};

interface Tools {
  readonly openBrowser: (options: { profile: string }) => Promise<WalletBrowser>;
  readonly lockedWallet: LockedWallet;
  readonly network: Network;
}

/**
 * The dApp in a browser with an open wallet, connected.
 * @param prepare what is done in the wallet before
 */
export async function openTestDapp(
  { openBrowser, lockedWallet, network }: Tools,
  prepare?: (wallet: Page) => Promise<void>,
) {
  const site = await startTestDapp();
  network.allow(site.origin);
  const openCopy = () => openBrowser({ profile: lockedWallet.copy() });
  const visit = await openUnlocked(openCopy, lockedWallet, site, prepare);
  const account = await connectAsMetaMask(visit);
  return { site, visit, account, dapp: testDapp(visit) };
}
