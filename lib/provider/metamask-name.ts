/** For sites that look for MetaMask and nothing else: ours answers to that name, too. Chosen by the user, site by site. */
import { announce } from './announce';
import type { Provider } from './provider';

/** @param target a page's window that has the provider in it */
export function takeMetaMaskName(target: Window & { readonly ethereum?: Provider }): void {
  const { ethereum } = target;
  if (ethereum?.isHalfkey !== true) return;
  ethereum.isMetaMask = true;
  announce(target, 'io.metamask', () => ethereum);
}
