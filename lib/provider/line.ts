/**
 * The page's end of the line to the wallet: a port whose other end is in the page bridge, out of reach of the page's
 * scripts. In the first turn of the document, before any of them runs, the bridge says by which event it takes the port:
 * nobody else has heard the name. The port is made when the page first asks, and handed over elsewhere than on the
 * window: who writes a document anew (`document.open`) takes away all that listens there.
 */
import { invalidParams, providerError, type WireError } from './errors';
import {
  dataOf,
  detailOf,
  dictionary,
  dispatch,
  inert,
  listenTo,
  NativeMessageChannel,
  NativeMessageEvent,
  NativePromise,
  ownMember,
  parse,
  port1Of,
  port2Of,
  post,
  stringify,
  take,
} from './natives';

/** Dispatched on the window by the page's end: a bridge that is there says the name. */
export const LINE_READY = 'halfkey:line';
/** Dispatched by the bridge, with the name as its detail; who hears it prevents the default. */
export const BRIDGE_READY = 'halfkey:bridge';

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

/** @param meeting any target of events that the bridge has, too, and that lives as long as the window; asked for late */
export function openLine(target: Window, meeting: () => EventTarget): Line {
  const waiting = dictionary<Waiter>();
  let count = 0;
  let events: LineEvents | undefined;

  const hear = (heard: Incoming) => {
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
  };

  let handover: string | undefined;
  let own: MessagePort | undefined;
  /** Not handed over yet: the bridge has not said how. */
  let other: MessagePort | undefined;
  const hand = () => {
    if (handover === undefined || other === undefined) return;
    // As its source: a list of ports would be read by the iterators of the page.
    dispatch(meeting(), new NativeMessageEvent(handover, { __proto__: null, source: other } as MessageEventInit));
    other = undefined;
  };
  const meet = (event: Event) => {
    if (handover !== undefined) return;
    take(event);
    target.removeEventListener(BRIDGE_READY, meet);
    handover = detailOf(event as CustomEvent<string>);
    hand();
  };
  target.addEventListener(BRIDGE_READY, meet);
  dispatch(target, new Event(LINE_READY));

  const tell = (message: unknown) => {
    if (own === undefined) {
      const channel = new NativeMessageChannel();
      own = port1Of(channel);
      other = port2Of(channel);
      listenTo(own, (event) => hear(dataOf(event) as Incoming));
      hand();
    }
    post(own, message);
  };

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
