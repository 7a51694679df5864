/** The wallet's scripts in web pages. */
import browser from 'webextension-polyfill';

export interface PagePlace {
  readonly tabId: number;
  readonly frameId: number;
  /** Of the browser, where it numbers documents and one is meant. */
  readonly documentId: string | null;
}

/** Asks the bridge of a document to open a line. @throws if it is not there */
export async function wakeBridge({ tabId, frameId, documentId }: PagePlace): Promise<void> {
  // Those that Firefox has none of are numbers of our own.
  const isOfBrowser = documentId !== null && /^[0-9A-F]{32}$/i.test(documentId);
  const meant = isOfBrowser ? { frameId, documentId } : { frameId };
  await browser.tabs.sendMessage(tabId, 'dapp.connect', meant);
}
