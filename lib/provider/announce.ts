/** How sites find the provider: EIP-6963, and `window.ethereum` for those that know nothing else. */
import { icon } from './icon';
import { apply, defineProperty, dispatchEvent, freeze, getOwnPropertyDescriptor, NativeCustomEvent } from './natives';
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
  let info: ProviderInfo | undefined;
  const detail = freeze({
    get info() {
      info ??= freeze({ uuid: randomUuid(), name: 'Halfkey', icon: icon(), rdns });
      return info;
    },
    get provider() {
      return provider();
    },
  });
  const tell = () => {
    apply(dispatchEvent, target, [new NativeCustomEvent('eip6963:announceProvider', { detail })]);
  };
  target.addEventListener('eip6963:requestProvider', tell);
  tell();
}

/**
 * Stays ours: what another wallet or the page assigns to it is dropped without an error. It can be configured: a page
 * whose own script declares `const ethereum` would not run otherwise (ECMA-262, GlobalDeclarationInstantiation).
 */
export function occupyWindow(target: Window, provider: () => Provider): void {
  if (getOwnPropertyDescriptor(target, 'ethereum')?.configurable === false) return;
  defineProperty(target, 'ethereum', {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get: provider,
    set: () => undefined,
  } as PropertyDescriptor);
  target.dispatchEvent(new Event('ethereum#initialized'));
}
