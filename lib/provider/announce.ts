/** How sites find the provider: EIP-6963, and `window.ethereum` for those that know nothing else. */
import { icon } from './icon';
import { defineProperty, dispatch, freeze, NativeCustomEvent, once } from './natives';
import type { Provider } from './provider';
import { randomUuid } from './uuid';

/** EIP-6963, `EIP6963ProviderInfo`. */
export interface ProviderInfo {
  /** Of this page load. */
  readonly uuid: string;
  readonly name: string;
  /** A data URI. */
  readonly icon: string;
  readonly rdns: string;
}

/**
 * Every document pays for it and few read it: what is announced is made once it is read.
 * @param rdns who answers (EIP-6963, `rdns`)
 */
export function announce(target: Window, rdns: string, provider: () => Provider): void {
  const info = once((): ProviderInfo => freeze({ uuid: randomUuid(), name: 'Halfkey', icon: icon(), rdns }));
  const detail = freeze({
    get info() {
      return info();
    },
    get provider() {
      return provider();
    },
  });
  const tell = () => void dispatch(target, new NativeCustomEvent('eip6963:announceProvider', { detail }));
  target.addEventListener('eip6963:requestProvider', tell);
  tell();
}

/**
 * Stays ours: what another wallet or the page assigns to it is dropped without an error. It can be configured: a page
 * whose own script declares `const ethereum` would not run otherwise (ECMA-262, GlobalDeclarationInstantiation).
 */
export function occupyWindow(target: Window, provider: () => Provider): void {
  const own = Object.getOwnPropertyDescriptor(target, 'ethereum');
  if (own?.configurable === false) return;
  defineProperty(target, 'ethereum', {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get: provider,
    set: () => undefined,
  } as PropertyDescriptor);
  dispatch(target, new Event('ethereum#initialized'));
}
