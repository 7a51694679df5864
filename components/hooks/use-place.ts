import { useSyncExternalStore } from 'react';
import type { TabPlace } from '@/lib/state/page-host';

const PLACES: readonly TabPlace[] = ['firmware', 'hardware', 'device-address', 'device-coin', 'scan'];
/** Between a place and what is shown there. */
const SEPARATOR = ':';

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function currentPlace(): TabPlace | null {
  const [name] = location.hash.slice(1).split(SEPARATOR);
  return PLACES.find((place) => place === name) ?? null;
}

/** Where this page is; null for the wallet itself. */
export function usePlace(): TabPlace | null {
  return useSyncExternalStore(listen, currentPlace);
}

const currentDetail = (): string => location.hash.split(SEPARATOR).slice(1).join(SEPARATOR);

/** What is shown at the place; empty where it is the place alone. */
export function usePlaceDetail(): string {
  return useSyncExternalStore(listen, currentDetail);
}

export function toWallet(): void {
  location.hash = '';
}
