/** Cold start of the background worker, and the popup until it can be pressed, in real headless Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { EXTENSION_ID } from '@/config/extension-id';
import { configPath } from '@/config/load';
import { launchWalletBrowser, type WalletBrowser } from '@/e2e/browser';
import { buildExtension } from '@/scripts/build-extension';
import { buildEmptyExtension } from './empty/build';
import { interleave, type Sample } from './measure';
import { type Group, measuredRow } from './row';

const ROUNDS = 15;
const WARM_UPS = 2;
const urlOf = (path: string) => `chrome-extension://${EXTENSION_ID}/${path}`;

export const extension: Group = {
  name: 'extension',
  run: async ({ say, rounds = ROUNDS }) => {
    const folder = mkdtempSync(join(tmpdir(), 'halfkey-bench-'));
    const opened: Probe[] = [];
    const open = async (extensionFolder: string) => {
      const probe = await openProbe(await launchWalletBrowser(extensionFolder));
      opened.push(probe);
      return probe;
    };
    try {
      say('building the extension and the empty one');
      const ours = await open(await buildExtension({ configPath: configPath(), outFolder: folder }));
      const empty = await open(await buildEmptyExtension(join(folder, 'empty')));
      const compare = (of: (probe: Probe) => Sample) => interleave(rounds, WARM_UPS, of(ours), of(empty));
      say('cold starts of the worker');
      const worker = await compare(coldStart);
      say('popups, the worker running');
      const popup = await compare(popupInteractive);
      say('popups, the worker stopped');
      const coldPopup = await compare(coldPopupInteractive);
      return [
        measuredRow({ id: 'worker', what: `cold start to first answer, ms; ${PEER}`, limit: 5 }, worker),
        measuredRow({ id: 'popup', what: `popup interactive, ms; ${PEER}`, limit: 3 }, popup),
        measuredRow(
          { id: 'popup-cold', what: `popup interactive, the worker stopped before, ms; ${PEER}`, limit: null },
          coldPopup,
        ),
      ];
    } finally {
      await Promise.all(opened.map(({ browser }) => browser.close()));
      rmSync(folder, { recursive: true });
    }
  },
};

const PEER = 'peer: an empty extension by the same Vite and React';

export interface Probe {
  readonly browser: WalletBrowser;
  /** A page of the extension that runs none of its code. */
  readonly page: Page;
}

export async function openProbe(browser: WalletBrowser): Promise<Probe> {
  const page = await browser.context.newPage();
  await page.goto(urlOf('icons/16.png'));
  return { browser, page };
}

/** Any page of the wallet wakes the worker again: none may be open. */
async function stopWorker({ browser, page }: Probe): Promise<void> {
  for (const other of browser.context.pages()) if (other !== page) await other.close();
  await browser.killWorker();
}

const firstAnswer = ({ page }: Probe): Promise<number> => page.evaluate<number>(ASK);
const ASK = `(async () => {
  const startedAtMs = performance.now();
  await chrome.runtime.sendMessage({ name: 'state.get', input: {} });
  return performance.now() - startedAtMs;
})()`;

const coldStart =
  (probe: Probe): Sample =>
  async () => {
    await stopWorker(probe);
    return firstAnswer(probe);
  };

export const popupInteractive =
  (probe: Probe): Sample =>
  async () => {
    await firstAnswer(probe);
    return openPopup(probe);
  };

const coldPopupInteractive =
  (probe: Probe): Sample =>
  async () => {
    await stopWorker(probe);
    return openPopup(probe);
  };

/** From the start of the navigation to the first frame at which a button is there. */
async function openPopup({ browser }: Probe): Promise<number> {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 360, height: 600 });
  await page.addInitScript({ content: WATCH });
  await page.goto(urlOf('popup.html'));
  const interactiveMs = await page.evaluate(() => (globalThis as { interactiveMs?: Promise<number> }).interactiveMs);
  await page.close();
  if (interactiveMs === undefined) throw new Error('the popup was not watched');
  return interactiveMs;
}
const WATCH = `globalThis.interactiveMs = new Promise((resolve) => {
  const look = () => {
    if (document.querySelector('button:enabled')) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})`;
