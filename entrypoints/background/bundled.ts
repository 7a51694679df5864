/** What the configuration of this build says about networks, in the terms of `lib/chains`. */
import { config } from '@/config';
import { isCustomNode } from '@/config/origins';
import type { BundledNetwork } from '@/lib/chains/networks';
import type { Address, Token } from '@/lib/chains/types';

/** The schema of the configuration has checked its form. */
const asAddress = (text: string) => text as Address;

export const bundledNetworks: readonly BundledNetwork[] = config.chains.map(({ tokens: _, multicall, ...chain }) => ({
  ...chain,
  multicall: multicall === null ? null : asAddress(multicall),
}));

export const listedTokens: ReadonlyArray<Token & { readonly chainId: number }> = config.chains.flatMap(
  ({ chainId, tokens }) => tokens.map((token) => ({ ...token, chainId, address: asAddress(token.address) })),
);

/** Whether the policy of this build lets a node of the user's own be reached. */
export const mayReach = (rpcUrl: URL): boolean => isCustomNode(config, rpcUrl);
