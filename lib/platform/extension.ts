/** Who this copy of the extension is, and its pages. */
import browser from 'webextension-polyfill';

/** Where a provider sends the browser back to, for example `https://ID.chromiumapp.org/`. */
export const redirectUrl = (): string => browser.identity.getRedirectURL();

/** As in the manifest. */
export const extensionVersion = (): string => browser.runtime.getManifest().version;

/** Absolute address of a file of the extension. */
export const extensionUrl = (path: string): string => browser.runtime.getURL(path);

/** The text of a file of this copy. @throws if there is none */
export const readOwnFile = async (path: string): Promise<string> => (await fetch(extensionUrl(path))).text();

/** SHA-256, in hex, of the list of this copy's files (`files.txt`, made by the build). @throws if there is no list */
export async function buildHash(): Promise<string> {
  const list = await (await fetch(extensionUrl('files.txt'))).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', list));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What other devices are told about this one: browser and system, nothing finer. At most 64 characters. */
export async function deviceName(): Promise<string> {
  const { os } = await browser.runtime.getPlatformInfo();
  const isFirefox = extensionUrl('').startsWith('moz-extension:');
  const system = { mac: 'macOS', win: 'Windows', linux: 'Linux', cros: 'ChromeOS', android: 'Android' }[String(os)];
  return `${isFirefox ? 'Firefox' : 'Chromium'} on ${system ?? 'another system'}`;
}

/** Shows the full page, the one that is open already if there is one. @param place behind its `#` */
export async function openTab(place?: string): Promise<void> {
  const url = extensionUrl('tab.html');
  const open = await browser.tabs.query({ url: `${url}*` });
  const { id, windowId } = open[0] ?? {};
  const there = place === undefined ? {} : { url: `${url}#${place}` };
  if (id === undefined) await browser.tabs.create({ url, ...there });
  else await browser.tabs.update(id, { active: true, ...there });
  // The window of requests may stand before it.
  if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
}

/** Whether the full page is open somewhere. */
export const isTabOpen = async (): Promise<boolean> =>
  (await browser.tabs.query({ url: `${extensionUrl('tab.html')}*` })).length > 0;

/** Shows a file of the extension in a tab. */
export async function openFile(name: string): Promise<void> {
  await browser.tabs.create({ url: extensionUrl(name) });
}

/** To be called while the background starts; runs once after the extension was put into a browser. */
export function onInstalled(listener: () => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') listener();
  });
}
