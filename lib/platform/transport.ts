/** The bus on the browser's own messages: `sendMessage` for calls, ports for what lasts longer than one answer. */
import browser, { type Runtime } from 'webextension-polyfill';
import type { BackgroundTransport, Channel, DocumentSender, PageTransport, Sender } from '@/lib/bus/transport';

/** For a page of the extension. */
export function pageTransport(): PageTransport {
  return {
    call: (message) => browser.runtime.sendMessage(message),
    connect: (name) => channelOf(browser.runtime.connect({ name })),
  };
}

/** For the background; both listeners must be set in its first turn, or a message that started it is lost. */
export function backgroundTransport(): BackgroundTransport {
  return {
    onCall: (answer) => {
      browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) =>
        answer(message, senderOf(sender, '')),
      );
    },
    onConnect: (accept) => {
      browser.runtime.onConnect.addListener((port) => accept(channelOf(port), senderOf(port.sender, port.name)));
    },
  };
}

export function channelOf(port: Runtime.Port): Channel {
  return {
    name: port.name,
    post: (message) => {
      try {
        port.postMessage(message);
      } catch {
        // Closed at this moment: `onClose` tells.
      }
    },
    onMessage: (listener) => port.onMessage.addListener(listener),
    onClose: (listener) => port.onDisconnect.addListener(() => listener()),
    close: () => port.disconnect(),
  };
}

/** What Chromium and newer Firefoxes say of a sender beyond the types of the polyfill. */
type AnySender = Runtime.MessageSender & { readonly origin?: string; readonly documentId?: string };

/** A content script has our id but the page's address; only our own pages have both. */
function senderOf(sender: AnySender | undefined, portName: string): Sender {
  const ours = sender?.id === browser.runtime.id;
  const ownPage = ours && !!sender.url?.startsWith(browser.runtime.getURL(''));
  return { ownPage, document: ours && !ownPage ? documentOf(sender, portName) : null };
}

/**
 * Whose document it is, by the browser's own word: never the address of the tab, which may be another's by now. Where
 * the browser does not number documents, the number that the content script gave itself stands for it, within its frame.
 */
function documentOf(sender: AnySender, portName: string): DocumentSender | null {
  const { tab, frameId, url, documentId } = sender;
  if (tab?.id === undefined || frameId === undefined) return null;
  const origin = sender.origin ?? (url !== undefined && URL.canParse(url) ? new URL(url).origin : 'null');
  return { origin, tabId: tab.id, frameId, documentId: documentId ?? `${tab.id}.${frameId}.${portName}` };
}
