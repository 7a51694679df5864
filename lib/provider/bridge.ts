/**
 * The pipe between a page and the background, in the browser's isolated world of the page. It holds nothing but what
 * waits for an answer, understands nothing, and wakes the background only when the page asks.
 */
import { BRIDGE_READY, LINE_READY } from './ready';

/** Of JSON, in UTF-16 units: more than any transaction that a network takes. */
const LONGEST = 1_000_000;
/** As the page counts; any other text may not come back as it went. */
const ID = /^[\w-]{1,64}$/;
const RETRY_MS = [0, 100, 500, 2_000] as const;

/** A `runtime.Port`. */
export interface BackgroundPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface BridgeDeps {
  readonly target: Window;
  /** Where the page's end hands its port over (see `openLine`). */
  readonly meeting: EventTarget;
  /** By which event: nobody can guess it. */
  readonly handover: string;
  /** @throws where the extension is no longer there */
  readonly connect: () => BackgroundPort;
  /** Runs it once the document is shown to somebody; at once if it is. */
  readonly whenShown: (run: () => void) => void;
  readonly setTimer: (run: () => void, delayMs: number) => void;
}

export interface Bridge {
  /** The background asks for a connection: it has something to tell. */
  connect(): void;
}

interface Asked {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}
interface Answered {
  readonly id?: string;
  /** Kept by the background until it is acknowledged. */
  readonly kept?: boolean;
}

export function openBridge({ target, meeting, handover, connect, whenShown, setTimer }: BridgeDeps): Bridge {
  let page: MessagePort | undefined;
  let port: BackgroundPort | undefined;
  /** What the background told by itself over this port, for a page that has not asked before. */
  let told: unknown;
  let failures = 0;
  let retrying = false;
  /** JSON of what was asked and is not answered, by id. Sent again under the same id after the background was stopped. */
  const waiting = new Map<string, string>();

  const refuse = (id: unknown, code: number, message: string) => page?.postMessage({ id, error: { code, message } });
  const refuseAll = (message: string) => {
    for (const id of waiting.keys()) refuse(id, 4900, message);
    waiting.clear();
  };
  const gone = () => {
    refuseAll('The wallet cannot be reached. Reload the page.');
    page?.postMessage({ gone: true });
  };

  const hear = (message: unknown) => {
    failures = 0;
    const { id, kept } = message as Answered;
    if (id === undefined) told = message;
    if (id === undefined || waiting.delete(id)) page?.postMessage(message);
    if (kept) port?.postMessage({ ack: id });
  };
  const open = () => {
    retrying = false;
    if (port !== undefined) return;
    try {
      port = connect();
    } catch {
      gone();
      return;
    }
    const own = port;
    own.onMessage.addListener(hear);
    own.onDisconnect.addListener(() => {
      if (port !== own) return;
      port = undefined;
      told = undefined;
      if (waiting.size > 0) retry();
    });
    for (const text of waiting.values()) own.postMessage({ text });
  };
  const retry = () => {
    if (retrying) return;
    retrying = true;
    setTimer(open, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0);
    failures += 1;
  };
  const reach = () => whenShown(open);

  const ask = ({ id, method, params }: Asked) => {
    if (typeof id !== 'string') return reach();
    if (!ID.test(id)) return refuse(id, -32600, 'The id is none.');
    let text: string;
    try {
      text = JSON.stringify({ id, method, params });
    } catch {
      return refuse(id, -32602, 'The params cannot be turned into JSON.');
    }
    if (text.length > LONGEST) return refuse(id, -32602, 'The params are too large.');
    waiting.set(id, text);
    if (port === undefined) reach();
    else port.postMessage({ text });
  };

  const take = (event: Event) => {
    const handed = (event as MessageEvent).source as MessagePort | null;
    if (handed === null) return;
    meeting.removeEventListener(handover, take);
    page = handed;
    page.onmessage = ({ data }) => ask(data ?? {});
    if (told !== undefined) page.postMessage(told);
  };
  meeting.addEventListener(handover, take);
  /** Said to the first who hears, in the turn of the document in which no script of the page runs; then never again. */
  const meet = () => {
    const isHeard = !target.dispatchEvent(new CustomEvent(BRIDGE_READY, { detail: handover, cancelable: true }));
    if (isHeard) target.removeEventListener(LINE_READY, meet);
  };
  target.addEventListener(LINE_READY, meet);
  meet();
  // A page that comes back from the browser's memory is not the one that was asked for anything.
  target.addEventListener('pagehide', () => {
    refuseAll('The page was left.');
    port?.disconnect();
    port = undefined;
    told = undefined;
  });
  return { connect: reach };
}
