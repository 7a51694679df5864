/** What a page pays for the wallet, and how long a site's request takes to its window, in real headless Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { configPath } from '@/config/load';
import { launchWalletBrowser, type WalletBrowser } from '@/e2e/browser';
import { approval, approvalWindow } from '@/e2e/pages/approval';
import { deviceUnlock } from '@/e2e/pages/device-unlock';
import { home } from '@/e2e/pages/home';
import { addWallet } from '@/e2e/pages/wallets';
import { welcome } from '@/e2e/pages/welcome';
import { type Site, startSite } from '@/e2e/site';
import { findChromium } from '@/scripts/bootstrap.mjs';
import { buildExtension } from '@/scripts/build-extension';
import { buildEmptyExtension } from './empty/build';
import { openProbe, type Probe } from './extension';
import { buildPeer } from './inpage/build';
import { evaluated } from './inpage/evaluation';
import { publishedScript } from './inpage/published';
import { interleave, medianAtMost, pairs, type Sample, spreadOf } from './measure';
import { boundedRow, figureRow, type Group, measuredRow, promisedRow, type Row } from './row';

const EVALUATIONS = 21;
const LOADS = 60;
const REQUESTS = 15;
const WARM_UPS = 2;
const LIMIT_LOAD_MS = 20;
/** Of the button that approves. */
const ARMING_MS = 500;
const CONNECT = /^Connect/;
/** Of a public development phrase: nobody's secret. */
const KEY = '4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d';

/** A page as heavy as a small one of today: a few hundred elements, some script. */
const PAGE = `<title>Page</title>${'<p>Words in a row, as pages have them.</p>'.repeat(300)}
<script>document.title += Array.from({ length: 20000 }, (_, at) => at).reverse().length</script>`;

export const sites: Group = {
  name: 'sites',
  run: async ({ say, rounds }) => {
    const folder = mkdtempSync(join(tmpdir(), 'halfkey-bench-'));
    const site = await startSite({ '/page': { body: PAGE } });
    const opened: { close(): Promise<unknown> }[] = [];
    const open = async <Opened extends { close(): Promise<unknown> }>(launched: Promise<Opened>) => {
      const browser = await launched;
      opened.push(browser);
      return browser;
    };
    try {
      say('building the extension, the empty one and the peer of the inpage script');
      const extensionFolder = await buildExtension({ configPath: configPath(), outFolder: join(folder, 'ours') });
      const ours = await open(launchWalletBrowser(extensionFolder));
      const bare = await open(launchBare(join(folder, 'bare')));
      const empty = await open(launchWalletBrowser(await buildEmptyExtension(join(folder, 'empty'))));
      return [
        ...(await inpageRows(extensionFolder, folder, say, rounds)),
        ...(await loadRows(ours.context, bare, site, say, rounds)),
        await approvalRow(ours, await openProbe(empty), site, say, rounds),
      ];
    } finally {
      await Promise.all(opened.map((browser) => browser.close()));
      await site.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

type Say = (text: string) => void;

const BARE_ARGUMENTS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

async function chromiumPath(): Promise<string> {
  const found = await findChromium();
  if (found === undefined) throw new Error('no Chromium: run node scripts/bootstrap.mjs');
  return found;
}

/** The same Chromium without an extension. */
const launchBare = async (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, { executablePath: await chromiumPath(), args: BARE_ARGUMENTS });

async function inpageRows(extensionFolder: string, folder: string, say: Say, rounds = EVALUATIONS): Promise<Row[]> {
  say('evaluations of the inpage script, each on a new site');
  const [bridge, ours] = ['bridge.js', 'content-scripts/inpage.js'].map((name) =>
    readFileSync(join(extensionFolder, name), 'utf8'),
  ) as [string, string];
  const [peer, published] = [await buildPeer(), await publishedScript(folder)];
  const chromiumAt = await chromiumPath();
  const open = (name: string, inpage: string) => evaluated(chromiumAt, { inpage, bridge }, join(folder, name));
  const opened = [
    await open('evaluated', ours),
    await open('evaluated-peer', peer),
    await open('evaluated-published', published),
  ] as const;
  try {
    const [own, ...others] = opened.map(({ sample }) => sample) as [Sample, Sample, Sample];
    const besidePeer = await pairs(rounds, WARM_UPS, own, others[0]);
    const besidePublished = await pairs(rounds, WARM_UPS, own, others[1]);
    const theirs = '@metamask/providers, bundled by the same Vite';
    const bound = `upper 95 % bound of the median of ${rounds} ratios`;
    return [
      boundedRow(
        {
          id: 'inpage-evaluation',
          what: `inpage script compiled and run, ms of its thread, ${bound}; peer: ${theirs}`,
          limit: 0.05,
        },
        besidePeer,
      ),
      boundedRow(
        {
          id: 'inpage-evaluation-published',
          what: 'the same; peer: what OneKey publishes for every page, their own file',
          limit: 0.05,
        },
        besidePublished,
      ),
      {
        ...promisedRow(
          { id: 'inpage-size', what: `inpage script, gzip, bytes; peer: ${theirs}` },
          gzipSync(ours, { level: 9 }).length,
          gzipSync(peer, { level: 9 }).length,
        ),
        limit: null,
      },
    ];
  } finally {
    await Promise.all(opened.map(({ stop }) => stop()));
  }
}

async function loadRows(
  ours: BrowserContext,
  bare: BrowserContext,
  site: Site,
  say: Say,
  rounds = LOADS,
): Promise<Row[]> {
  say('page loads with and without the extension');
  const [page, other] = [await ours.newPage(), await bare.newPage()];
  const loaded =
    (loading: Page): Sample =>
    async () => {
      await loading.goto(`${site.origin}/page`);
      return loading.evaluate(() => {
        const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        return entry?.loadEventEnd ?? Number.NaN;
      });
    };
  const taken = await pairs(rounds, WARM_UPS, loaded(page), loaded(other));
  const costs = taken.map(({ ours: withIt, peer: without }) => withIt - without);
  await Promise.all([page.close(), other.close()]);
  return [
    promisedRow(
      {
        id: 'page-load',
        what: `page load that the extension costs, upper 95 % bound of the median of ${rounds} differences, ms; peer: the limit`,
      },
      medianAtMost(costs),
      LIMIT_LOAD_MS,
    ),
    figureRow({ id: 'page-load-median', what: 'the median itself, ms; peer: none' }, spreadOf(costs).median),
  ];
}

async function approvalRow(ours: WalletBrowser, empty: Probe, site: Site, say: Say, rounds = REQUESTS): Promise<Row> {
  say('requests of a site, to the button that approves');
  await openWallet(await ours.openTab());
  await ours.context.addInitScript({ content: watchFor('button:enabled:not([aria-disabled])', CONNECT) });
  await empty.browser.context.addInitScript({ content: watchFor('button:enabled', /./) });
  const page = await ours.context.newPage();
  await page.goto(site.origin);
  const request: Sample = async () => {
    const asked = page.evaluate(() => {
      const { ethereum } = window as unknown as { ethereum: { request(asked: object): Promise<unknown> } };
      const startedAtMs = Date.now();
      // The wallet does not listen to a site that is refused too often: this one gives back what it was given.
      return ethereum.request({ method: 'eth_requestAccounts' }).then(() => startedAtMs);
    });
    const window = await approvalWindow(ours.context);
    const readyAtMs = await readyIn(window);
    await approval(window).approve(CONNECT);
    const startedAtMs = await asked;
    await approval(window).closed();
    await page.bringToFront();
    await page.evaluate(() => {
      const { ethereum } = window as unknown as { ethereum: { request(asked: object): Promise<unknown> } };
      return ethereum.request({ method: 'wallet_revokePermissions', params: [{ eth_accounts: {} }] });
    });
    return readyAtMs - startedAtMs - ARMING_MS;
  };
  const peer: Sample = async () => {
    const opened = empty.browser.context.waitForEvent('page');
    const startedAtMs = await empty.page.evaluate<number>(OPEN_WINDOW);
    const window = await opened;
    const readyAtMs = await readyIn(window);
    await window.close();
    return readyAtMs - startedAtMs;
  };
  const what = `request to a button that approves, less the ${ARMING_MS} ms that it arms, ms; peer: window of an empty extension by the same Vite and React`;
  return measuredRow({ id: 'approval', what, limit: 3 }, await interleave(rounds, WARM_UPS, request, peer));
}

/** A wallet of a private key, open: nothing of a backup is measured here. */
async function openWallet(page: Page): Promise<void> {
  await welcome(page).haveWallet();
  await deviceUnlock(page).usePassword('copper lantern drift');
  await addWallet(page).key();
  await page.getByLabel('Private key', { exact: true }).fill(KEY);
  await page.getByRole('button', { name: 'Add this account' }).click();
  await home(page).shown();
  await page.close();
}

const readyIn = async (window: Page): Promise<number> => {
  const ready = await window.evaluate(() => (globalThis as { readyAtMs?: Promise<number> }).readyAtMs);
  if (ready === undefined) throw new Error('the window was not watched');
  return ready;
};

const OPEN_WINDOW = `(async () => {
  const startedAtMs = Date.now();
  await chrome.runtime.sendMessage('window');
  return startedAtMs;
})()`;

/** Tells when a button is drawn for the first time that can be pressed. */
const watchFor = (selector: string, name: RegExp): string => `if (location.protocol === 'chrome-extension:')
globalThis.readyAtMs = new Promise((resolve) => {
  const look = () => {
    const all = [...document.querySelectorAll(${JSON.stringify(selector)})];
    if (all.some(({ textContent }) => ${name}.test(textContent))) resolve(Date.now());
    else requestAnimationFrame(look);
  };
  look();
})`;
