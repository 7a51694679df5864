/** What carries the bus. `lib/platform` makes one of the browser's ports, `memory.ts` joins two ends in one process. */

/** One end of a line between a page and the background. */
export interface Channel {
  readonly name: string;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other end closed or died; never called for one's own `close`. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Who is at the other end, as the browser says it; a message cannot claim it. */
export interface Sender {
  /** True only for a page of this very extension: not a content script, not another extension, not a web page. */
  readonly ownPage: boolean;
  /** The document of a web page that our content script runs in; null for anybody else. */
  readonly document: DocumentSender | null;
}

/** One document of a web page. */
export interface DocumentSender {
  /** Serialised; `null` as a word for an opaque one, and where the browser does not say. */
  readonly origin: string;
  readonly tabId: number;
  /** 0 is the page in the tab. */
  readonly frameId: number;
  /** Unlike that of every other document. */
  readonly documentId: string;
}

/** The page's side. */
export interface PageTransport {
  /** One call, one answer. @throws whatever the carrier throws when nobody answers */
  call(message: unknown): Promise<unknown>;
  connect(name: string): Channel;
}

/** The background's side. Both are registered once, while the background starts. */
export interface BackgroundTransport {
  onCall(answer: (message: unknown, sender: Sender) => Promise<unknown>): void;
  onConnect(accept: (channel: Channel, sender: Sender) => void): void;
}
