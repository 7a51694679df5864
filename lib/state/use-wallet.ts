/** The wallet for React: one link in a context, snapshots by selector. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Snapshot } from '@/lib/bus/snapshot';
import type { WalletLink } from './wallet-link';

const WalletContext = createContext<WalletLink | null>(null);

/** `<WalletProvider value={link}>` stands once, around the whole page. */
export const WalletProvider = WalletContext.Provider;

/** The page's link. @throws outside `WalletProvider` */
export function useWallet(): WalletLink {
  const link = useContext(WalletContext);
  if (!link) throw new Error('useWallet outside WalletProvider');
  return link;
}

/** A part of the last snapshot, or `null` before the first one. The selector must return a part, not make a new object. */
export function useSnapshot<T>(select: (snapshot: Snapshot) => T): T | null {
  return useStore(useWallet().mirror, ({ snapshot }) => (snapshot ? select(snapshot) : null));
}
