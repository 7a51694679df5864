/**
 * Where the engine of Bitcoin and its relatives lives. A service worker cannot load code later than at its start, so in
 * Chromium it has a document of its own, which is there only while it is needed; an event page loads it into itself.
 */
import browser from 'webextension-polyfill';
import { channelPair } from '@/lib/bus/memory';
import type { Channel } from '@/lib/bus/transport';
import { WalletError } from '@/lib/errors';
import { hasDocument, openDocumentLine, realmsAreDone } from './realm-host';
import { channelOf } from './transport';

const PORT = 'utxo';
const PAGE = 'utxo.html';

/** The background's side in Chromium. @throws WalletError `busy` while another document is there that nobody here opened */
export async function openUtxoLine(): Promise<Channel> {
  // A browser shows one document at a time, and a recovery is not to be disturbed.
  await realmsAreDone();
  if (await hasDocument('offscreen.html')) throw new WalletError('busy');
  const justification =
    'Asks the server of a coin and reads its answers, in code that is loaded only where it is used.';
  return openDocumentLine({ page: PAGE, port: PORT, justification });
}

/** The document's side: serves until the background goes, and goes with it. */
export function hostUtxoEngine(serve: (line: Channel) => void): void {
  const line = channelOf(browser.runtime.connect({ name: PORT }));
  line.onClose(() => window.close());
  serve(line);
}

/**
 * Where a background can load code itself, in Firefox. What it computes is no sign of life of an event page, which sleeps
 * after 30 s without one; a call to the browser is.
 */
export async function openUtxoInside(load: () => Promise<(line: Channel) => void>): Promise<Channel> {
  const serve = await load();
  const [here, there] = channelPair(PORT);
  here.onMessage(() => void browser.runtime.getPlatformInfo());
  serve(there);
  return here;
}
