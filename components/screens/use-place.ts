import { useSyncExternalStore } from 'react';
import type { TabPlace } from '@/lib/state/page-host';

const PLACES: readonly TabPlace[] = ['firmware', 'hardware', 'device-address'];

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function currentPlace(): TabPlace | null {
  return PLACES.find((place) => location.hash === `#${place}`) ?? null;
}

/** Where this page is; null for the wallet itself. */
export function usePlace(): TabPlace | null {
  return useSyncExternalStore(listen, currentPlace);
}

export function toWallet(): void {
  location.hash = '';
}
