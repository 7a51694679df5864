import type { WalletView } from '@/lib/bus/snapshot';

/** Whether the PIN brings everything back that has a secret: a keyless wallet, and no phrase or private key. */
export const isKeylessOnly = (wallets: readonly Pick<WalletView, 'type'>[]): boolean =>
  wallets.some(({ type }) => type === 'keyless') && wallets.every(({ type }) => type === 'keyless' || type === 'watch');
