/** The provider that sites see: EIP-1193, with what sites of before it still use. */
import { createEmitter, type Listener } from './emitter';
import { invalidRequest, providerError } from './errors';
import { type LegacySend, legacyWays } from './legacy';
import type { Line, WalletState } from './line';
import { NativePromise } from './natives';

/** See EIP-1193, `RequestArguments`. */
interface RequestArguments {
  readonly method?: unknown;
  readonly params?: unknown;
}

export interface Provider {
  isHalfkey: true;
  isMetaMask: boolean;
  autoRefreshOnNetworkChange: boolean;
  readonly chainId: string | null;
  readonly networkVersion: string | null;
  readonly selectedAddress: string | null;
  request(asked: RequestArguments): Promise<unknown>;
  send: LegacySend;
  sendAsync: ReturnType<typeof legacyWays>['sendAsync'];
  enable(): Promise<unknown>;
  isConnected(): boolean;
  on(event: string, listener: Listener): Provider;
  once(event: string, listener: Listener): Provider;
  removeListener(event: string, listener: Listener): Provider;
  removeAllListeners(event?: string): Provider;
  listenerCount(event: string): number;
  _metamask: { isUnlocked(): Promise<boolean> };
}

/** @param line opened for this provider alone */
export function createProvider(line: Line): Provider {
  const emitter = createEmitter();
  let state: WalletState | null = null;
  let reachable = true;

  line.listen({
    onState: (next) => {
      const before = state;
      state = next;
      reachable = true;
      if (before === null) emitter.emit('connect', { chainId: next.chainId });
      else if (before.chainId !== next.chainId) {
        emitter.emit('chainChanged', next.chainId);
        emitter.emit('networkChanged', decimal(next.chainId));
      }
      if (before !== null && !sameList(before.accounts, next.accounts)) emitter.emit('accountsChanged', next.accounts);
    },
    onGone: () => {
      if (!reachable) return;
      reachable = false;
      state = null;
      const error = providerError({ code: 4900, message: 'The wallet cannot be reached. Reload the page.' });
      emitter.emit('disconnect', error);
      emitter.emit('close', error);
    },
  });

  const request = (asked: RequestArguments): Promise<unknown> => {
    const { method, params } = asked ?? {};
    if (typeof method === 'string' && method !== '' && isParams(params)) return line.ask(method, params);
    return new NativePromise((_, reject) => reject(invalidRequest(EXPECTED)));
  };
  /** The last that was heard; the first look wakes the wallet, which then tells. */
  const look = (): WalletState | null => {
    if (state === null) line.wake();
    return state;
  };
  const known = (method: unknown): unknown => {
    if (method === 'eth_accounts') return look()?.accounts ?? [];
    if (method === 'eth_coinbase') return provider.selectedAddress;
    if (method === 'net_version') return provider.networkVersion;
    return undefined;
  };
  const { send, sendAsync } = legacyWays(request, known);

  const listen = (event: string, listener: Listener, times: 'once' | 'always') => {
    emitter.add(event, listener, times);
    look();
    return provider;
  };
  const removeListener = (event: string, listener: Listener) => {
    emitter.remove(event, listener);
    return provider;
  };
  const on = (event: string, listener: Listener) => listen(event, listener, 'always');

  const provider = {
    isHalfkey: true,
    isMetaMask: false,
    autoRefreshOnNetworkChange: false,
    request,
    send,
    sendAsync,
    enable: () => request({ method: 'eth_requestAccounts' }),
    isConnected: () => reachable,
    on,
    addListener: on,
    once: (event: string, listener: Listener) => listen(event, listener, 'once'),
    removeListener,
    off: removeListener,
    removeAllListeners: (event?: string) => {
      emitter.removeAll(event);
      return provider;
    },
    listenerCount: emitter.count,
    _metamask: { isUnlocked: () => line.ask('halfkey_isUnlocked', undefined) },
    // Some sites write to these; what the wallet says stays.
    get chainId() {
      return look()?.chainId ?? null;
    },
    set chainId(_) {},
    get networkVersion() {
      const seen = look();
      return seen && decimal(seen.chainId);
    },
    set networkVersion(_) {},
    get selectedAddress() {
      return look()?.accounts[0] ?? null;
    },
    set selectedAddress(_) {},
  } as Provider;
  return provider;
}

const EXPECTED =
  'Expected an object with a method, a text that is not empty, and params, an object or an array, or none.';

function isParams(params: unknown): boolean {
  return params === undefined || (typeof params === 'object' && params !== null);
}

/** Of a chain id in hex. */
function decimal(chainId: string): string {
  return `${+chainId}`;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
