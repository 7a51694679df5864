/** Every place where a secret could be left: what stands there now. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { PARTY_NAMES } from '@/scripts/stack/parties';
import type { Stack } from '@/scripts/stack/stack';
import type { WalletBrowser } from './browser';
import type { Network } from './network';
import type { Sample } from './secrets';

/** @param moment of the story, as it stands in the names of the places */
export async function lookAround(browser: WalletBrowser, moment: string): Promise<Sample[]> {
  const { context } = browser;
  const pages = context.pages().filter((page) => !page.isClosed() && page.url() !== 'about:blank');
  const documents = await Promise.all(pages.map((page) => lookAtPage(page, moment)));
  const background = await browser.background();
  const kept = await background.evaluate(readOrigin);
  return [
    ...documents.flat(),
    ...Object.entries(kept).map(([place, content]) => ({ where: `${place}, ${moment}`, content })),
    { where: `cookies, ${moment}`, content: JSON.stringify(await context.cookies()) },
  ];
}

async function lookAtPage(page: Page, moment: string): Promise<Sample[]> {
  const { pathname } = new URL(page.url());
  const seen = await page.evaluate(() => ({
    document: document.documentElement.outerHTML,
    'page storage': JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title, name]),
  }));
  return Object.entries(seen).map(([place, content]) => ({ where: `${place} of ${pathname}, ${moment}`, content }));
}

/** In the background: what the extension's origin keeps. */
async function readOrigin(): Promise<Record<string, string>> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const asText = (value: unknown): string =>
    JSON.stringify(value, (_, inner) =>
      inner instanceof ArrayBuffer || ArrayBuffer.isView(inner)
        ? Array.from(new Uint8Array(inner instanceof ArrayBuffer ? inner : inner.buffer))
        : inner,
    );
  const databases = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        all.push(name, store, await done(objects.getAllKeys()), await done(objects.getAll()));
      }
      database.close();
    }
    return all;
  };
  const cached = async (): Promise<unknown[]> => {
    const all: unknown[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) all.push(name, request.url, await (await cache.match(request))?.text());
    }
    return all;
  };
  type Area = { get(keys: null): Promise<unknown> };
  const { storage } = (globalThis as unknown as { chrome: { storage: { local: Area; session: Area } } }).chrome;
  return {
    'storage.local': asText(await storage.local.get(null)),
    'storage.session': asText(await storage.session.get(null)),
    IndexedDB: asText(await databases()),
    caches: asText(await cached()),
  };
}

/** All requests and answers, a sample each for their parts; addresses of the parties by their names. */
export function lookAtNetwork({ exchanges }: Network, { urls }: Stack): Sample[] {
  return exchanges.flatMap(({ method, url, requestHeaders, requestBody, answer }) => {
    const { origin, pathname } = new URL(url);
    const name = PARTY_NAMES.find((party) => urls[party] === origin) ?? origin;
    const at = (part: string) => `network, ${method} ${name}${pathname}, ${part}`;
    return [
      { where: at('URL'), content: url },
      { where: at('request headers'), content: requestHeaders },
      { where: at('request body'), content: requestBody },
      { where: at('answer headers'), content: answer?.headers ?? '' },
      { where: at('answer body'), content: answer?.body ?? '' },
    ];
  });
}

/** What the parties keep and log. */
export async function lookAtParties(stack: Stack): Promise<Sample[]> {
  const parties = await Promise.all(
    PARTY_NAMES.map(async (name) => [
      { where: `log of ${name}`, content: await stack.logs(name) },
      ...(await lookAtFolder(stack.dataOf(name), `data of ${name}`)),
    ]),
  );
  return parties.flat();
}

/** Every file of a folder, raw. */
export async function lookAtFolder(folder: string, called: string): Promise<Sample[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      where: `${called}, ${relative(folder, path)}`,
      // A server or browser that runs may have taken a file away meanwhile.
      content: await readFile(path).catch(() => ''),
    })),
  );
}
