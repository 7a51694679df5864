/**
 * Where the realm worker lives: one worker an operation, ended when it has answered. Chromium's background cannot start
 * a worker, so there an offscreen document does, one an operation, too.
 */
import browser, { type Runtime } from 'webextension-polyfill';
import type { Channel } from '@/lib/bus/transport';
import { WalletError } from '@/lib/errors';
import { channelOf } from './transport';

const PORT = 'realms';
const PAGE = 'offscreen.html';
/** Messages on a port keep a service worker awake; it sleeps after 30 s without one. */
const SIGN_OF_LIFE_MS = 10_000;
/** Longer than the background waits for an answer: what still works then has panicked. */
const WORKING_MS = 180_000;
/** How long a document may take to connect, on a machine that is busy with other things. */
const OPENING_MS = 45_000;
/** A document that nobody asks anything within this was left over, and goes. */
const UNASKED_MS = 10_000;

interface Offscreen {
  createDocument(options: { url: string; reasons: string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
}
interface Contexts {
  getContexts(filter: { contextTypes: string[]; documentUrls: string[] }): Promise<readonly unknown[]>;
}
declare const chrome: { readonly offscreen: Offscreen; readonly runtime: Contexts };

export interface DocumentLine {
  readonly page: string;
  readonly port: string;
  /** For the browser: why there is a document that nobody sees. */
  readonly justification: string;
}

/**
 * A line to a new document that nobody sees. The document connects, not the background: were it to listen, it would count
 * as another end of every page's port, and pages would not notice a background that stopped.
 * @throws WalletError `unexpected` if it does not connect; nothing was sent yet
 */
export async function openDocumentLine({ page, port: name, justification }: DocumentLine): Promise<Channel> {
  // One that an earlier, stopped background has left: a browser allows one at a time.
  await chrome.offscreen.closeDocument().catch(() => undefined);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(late);
      browser.runtime.onConnect.removeListener(take);
    };
    const fail = () => {
      settle();
      reject(new WalletError('unexpected', { reason: 'realm-client' }));
    };
    const take = (port: Runtime.Port) => {
      if (port.name !== name || port.sender?.url !== browser.runtime.getURL(page)) return;
      settle();
      resolve(channelOf(port));
    };
    const late = setTimeout(fail, OPENING_MS);
    browser.runtime.onConnect.addListener(take);
    chrome.offscreen.createDocument({ url: page, reasons: ['WORKERS'], justification }).catch(fail);
  });
}

/** Whether a document is there, whoever has opened it. */
export async function hasDocument(page: string): Promise<boolean> {
  const documentUrls = [browser.runtime.getURL(page)];
  return (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'], documentUrls })).length > 0;
}

let realms: Promise<void> = Promise.resolve();

/** Once no realm worker of this background is at work. */
export const realmsAreDone = (): Promise<void> => realms;

/** The background's side: a line to a new worker in a new document. No try is spent before something is sent. */
export async function openOffscreenLine(): Promise<Channel> {
  let done: () => void = () => undefined;
  realms = new Promise((resolve) => {
    done = resolve;
  });
  const justification = 'Runs the Juicebox client, whose hashing of the PIN takes seconds, in a worker of its own.';
  try {
    const line = await openDocumentLine({ page: PAGE, port: PORT, justification });
    line.onClose(done);
    return {
      ...line,
      close: () => {
        done();
        line.close();
      },
    };
  } catch (error) {
    done();
    throw error;
  }
}

/**
 * The offscreen document's side: joins the line to one worker, then closes the document. A background that stops
 * meanwhile leaves the worker to finish, so that a right PIN still resets the realms' count.
 */
export function hostRealmWorker(start: () => Worker): void {
  const line = channelOf(browser.runtime.connect({ name: PORT }));
  const worker = start();
  const leave = () => window.close();
  const unasked = setTimeout(leave, UNASKED_MS);
  let state: 'waiting' | 'working' | 'answered' = 'waiting';
  let listening = true;

  line.onMessage((message) => {
    clearTimeout(unasked);
    setInterval(() => line.post({ alive: true }), SIGN_OF_LIFE_MS);
    setTimeout(leave, WORKING_MS);
    state = 'working';
    worker.postMessage(message);
  });
  worker.addEventListener('message', ({ data }) => {
    state = 'answered';
    line.post(data);
    worker.terminate();
    if (!listening) leave();
  });
  worker.addEventListener('error', leave);
  line.onClose(() => {
    listening = false;
    if (state !== 'working') leave();
  });
}

/**
 * Where a background can start workers itself, in Firefox: a line to a new one. What a worker does is no sign of life of
 * an event page, which sleeps after 30 s without one; a call to the browser is.
 */
export function openWorkerLine(start: () => Worker): Channel {
  const worker = start();
  const awake = setInterval(() => browser.runtime.getPlatformInfo(), SIGN_OF_LIFE_MS);
  return {
    name: PORT,
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    onClose: (listener) => worker.addEventListener('error', () => listener()),
    close: () => {
      clearInterval(awake);
      worker.terminate();
    },
  };
}
