/** How sites find the provider: EIP-6963, and `window.ethereum` for those that know nothing else. */
import { defineProperty, freeze, NativeCustomEvent } from './natives';
import type { Provider } from './provider';

/** EIP-6963, `EIP6963ProviderInfo`. */
export interface ProviderInfo {
  /** Of this page load. */
  readonly uuid: string;
  readonly name: string;
  /** A data URI. */
  readonly icon: string;
  readonly rdns: string;
}

export function announce(target: Window, provider: Provider, info: ProviderInfo): void {
  const dispatch = target.dispatchEvent.bind(target);
  const detail = freeze({ info: freeze(info), provider });
  const tell = () => void dispatch(new NativeCustomEvent('eip6963:announceProvider', { detail }));
  target.addEventListener('eip6963:requestProvider', tell);
  tell();
}

/**
 * Stays ours: what another wallet or the page assigns to it is dropped without an error. It can be configured: a page
 * whose own script declares `const ethereum` would not run otherwise (ECMA-262, GlobalDeclarationInstantiation).
 */
export function occupyWindow(target: Window, provider: Provider): void {
  const own = Object.getOwnPropertyDescriptor(target, 'ethereum');
  if (own?.configurable === false) return;
  defineProperty(target, 'ethereum', {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get: () => provider,
    set: () => undefined,
  } as PropertyDescriptor);
  target.dispatchEvent(new Event('ethereum#initialized'));
}
