import { useSyncExternalStore } from 'react';

/** Pages behind the `#` of the tab: they need no wallet, or more room than a popup has. */
export type TabPlace = 'firmware';

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function currentPlace(): TabPlace | null {
  return location.hash === '#firmware' ? 'firmware' : null;
}

/** Where this page is; null for the wallet itself. */
export function usePlace(): TabPlace | null {
  return useSyncExternalStore(listen, currentPlace);
}

export function toWallet(): void {
  location.hash = '';
}
