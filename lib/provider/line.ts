/**
 * The page's end of the line to the wallet: a port whose other end is in the page bridge, out of reach of the page's
 * scripts. Handed over by an event, in the first turn of the document: before any of them runs.
 */
import { invalidParams, providerError, type WireError } from './errors';
import { dataOf, dictionary, inert, NativeMessageEvent, NativePromise, ownMember, parse, stringify } from './natives';

/** Dispatched on the window with the port; who takes it prevents the default. */
export const HANDOVER = 'halfkey:line';
/** Dispatched by a bridge that came second. */
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
  /** Who hears from now on, beginning with the last state that was told. */
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

export function openLine(target: Window): Line {
  const { port1, port2 } = new MessageChannel();
  const post = port1.postMessage.bind(port1);
  const dispatch = target.dispatchEvent.bind(target);
  const waiting = dictionary<Waiter>();
  let count = 0;
  let events: LineEvents | undefined;
  let told: WalletState | undefined;

  const hear = (heard: Incoming) => {
    const state = ownMember(heard, 'state');
    if (state !== undefined) {
      told = state;
      events?.onState(state);
    }
    if (ownMember(heard, 'gone')) {
      told = undefined;
      events?.onGone();
    }
    const id = ownMember(heard, 'id');
    const waiter = id === undefined ? undefined : waiting[id];
    if (id === undefined || waiter === undefined) return;
    delete waiting[id];
    const error = ownMember(heard, 'error');
    if (error === undefined) waiter.resolve(inert(ownMember(heard, 'result')));
    else waiter.reject(providerError(error));
  };
  port1.onmessage = (event) => hear(dataOf(event) as Incoming);

  const offer = () => {
    const event = new NativeMessageEvent(HANDOVER, { ports: [port2], cancelable: true });
    if (!dispatch(event)) target.removeEventListener(BRIDGE_READY, offer);
  };
  target.addEventListener(BRIDGE_READY, offer);
  offer();

  return {
    listen: (next) => {
      events = next;
      if (told !== undefined) next.onState(told);
    },
    ask: (method, params) =>
      new NativePromise((resolve, reject) => {
        count += 1;
        const id = `${count}`;
        waiting[id] = { resolve, reject };
        try {
          send(post, id, method, params);
        } catch {
          delete waiting[id];
          reject(invalidParams('The params cannot be turned into JSON.'));
        }
      }),
    wake: () => post({}),
  };
}

/** Copied as it is; what no copy can be made of (a proxy, for example) goes as the JSON that it makes of itself. */
function send(post: (message: unknown) => void, id: string, method: string, params: unknown): void {
  try {
    post({ id, method, params });
  } catch {
    post({ id, method, params: parse(stringify(params)) });
  }
}
