/** The chains that the wallet knows now, each through one adapter for as long as its node stays the same. */
import { WalletError } from '@/lib/errors';
import { type EvmChain, evmAdapter } from './evm/adapter';
import type { ChainAdapter } from './types';

export interface ChainRegistry {
  /** @throws WalletError `bad-message` for a chain that is not known */
  get(chainId: number): Promise<ChainAdapter>;
}

/** @param chains what is known at the moment of asking */
export function createRegistry(chains: () => Promise<readonly EvmChain[]>, fetchFn: typeof fetch): ChainRegistry {
  const adapters = new Map<string, ChainAdapter>();
  return {
    get: async (chainId) => {
      const chain = (await chains()).find((one) => one.chainId === chainId);
      if (!chain) throw new WalletError('bad-message', { reason: 'chain' });
      const key = JSON.stringify(chain);
      const adapter = adapters.get(key) ?? evmAdapter(chain, fetchFn);
      adapters.set(key, adapter);
      return adapter;
    },
  };
}
