/**
 * The page's end of the line to the wallet: a port whose other end is in the page bridge, out of reach of the page's
 * scripts. In the first turn of the document, before any of them runs, the bridge says by which event it takes the port:
 * nobody else has heard the name. The port is made when the page first asks, and handed over elsewhere than on the
 * window: who writes a document anew (`document.open`) takes away all that listens there.
 */
import { invalidParams, providerError, type WireError } from './errors';
import {
  apply,
  dispatchEvent,
  getData,
  getDetail,
  inert,
  NativeMessageChannel,
  NativeMessageEvent,
  NativePromise,
  ownMember,
  parse,
  port1Of,
  port2Of,
  postMessage,
  preventDefault,
  setOnMessage,
  stopImmediatePropagation,
  stringify,
} from './natives';
import { BRIDGE_READY, LINE_READY } from './ready';

/** What the wallet tells a page by itself. */
export interface WalletState {
  /** Minimal hex. */
  readonly chainId: string;
  /** In lower case; empty while the wallet is locked, or where nothing was allowed. */
  readonly accounts: readonly string[];
  readonly unlocked: boolean;
}

interface Waiter {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface Line {
  /** Who hears; before anything is asked. */
  listen(events: LineEvents): void;
  /** @returns the wallet's answer; rejected with a `ProviderRpcError` */
  ask(method: string, params: unknown): Promise<unknown>;
  /** Wakes the wallet, which then tells its state. */
  wake(): void;
}

/** What comes by the port. */
interface Incoming {
  readonly id?: string;
  readonly result?: unknown;
  readonly error?: WireError;
  readonly state?: WalletState;
  /** This copy of the extension is no longer there. */
  readonly gone?: true;
}

export interface LineEvents {
  /** At first contact and at every change. */
  readonly onState: (state: WalletState) => void;
  /** For good: the extension was updated, turned off or removed. */
  readonly onGone: () => void;
}

/** How the port is handed over. */
export interface Handover {
  /** By which event; undefined until the bridge has said it. */
  name: string | undefined;
  /** Runs once it has. */
  named: ((name: string) => void) | undefined;
}

/** Asks the bridge, in the first turn of the document. */
export function askForHandover(target: Window): Handover {
  const handover: Handover = { name: undefined, named: undefined };
  const hear = (event: Event) => {
    if (handover.name !== undefined) return;
    // Nobody else hears it, and the bridge is told that somebody has.
    apply(stopImmediatePropagation, event, []);
    apply(preventDefault, event, []);
    target.removeEventListener(BRIDGE_READY, hear);
    const name = apply(getDetail, event, []);
    handover.name = name;
    handover.named?.(name);
  };
  target.addEventListener(BRIDGE_READY, hear);
  target.dispatchEvent(new Event(LINE_READY));
  return handover;
}

/** @param meeting any target of events that the bridge has, too, and that lives as long as the window; asked for late */
export function openLine(handover: Handover, meeting: () => EventTarget): Line {
  /** By id; no prototype reaches into it. */
  const waiting = { __proto__: null } as unknown as Record<string, Waiter>;
  let count = 0;
  let events: LineEvents | undefined;

  function hear(heard: Incoming) {
    const state = ownMember(heard, 'state');
    if (state !== undefined) events?.onState(state);
    if (ownMember(heard, 'gone')) events?.onGone();
    const id = ownMember(heard, 'id');
    const waiter = id === undefined ? undefined : waiting[id];
    if (id === undefined || waiter === undefined) return;
    delete waiting[id];
    const error = ownMember(heard, 'error');
    if (error === undefined) waiter.resolve(inert(ownMember(heard, 'result')));
    else waiter.reject(providerError(error));
  }

  let own: MessagePort | undefined;
  function open(): MessagePort {
    const channel = new NativeMessageChannel();
    const port = port1Of(channel);
    apply(setOnMessage, port, [(event) => hear(apply(getData, event, []) as Incoming)]);
    const hand = (name: string) => {
      // As its source: a list of ports would be read by the iterators of the page.
      const source = { __proto__: null, source: port2Of(channel) } as MessageEventInit;
      apply(dispatchEvent, meeting(), [new NativeMessageEvent(name, source)]);
    };
    if (handover.name === undefined) handover.named = hand;
    else hand(handover.name);
    return port;
  }
  function tell(message: unknown) {
    own ??= open();
    apply(postMessage, own, [message]);
  }

  return {
    listen: (next) => {
      events = next;
    },
    ask: (method, params) =>
      new NativePromise((resolve, reject) => {
        count += 1;
        const id = `${count}`;
        waiting[id] = { resolve, reject };
        try {
          send(tell, id, method, params);
        } catch {
          delete waiting[id];
          reject(invalidParams('The params cannot be turned into JSON.'));
        }
      }),
    wake: () => tell({}),
  };
}

/** Copied as it is; what no copy can be made of (a proxy, for example) goes as the JSON that it makes of itself. */
function send(tell: (message: unknown) => void, id: string, method: string, params: unknown): void {
  try {
    tell({ id, method, params });
  } catch {
    tell({ id, method, params: parse(stringify(params)) });
  }
}
