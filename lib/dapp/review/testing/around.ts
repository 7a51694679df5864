/** A device that knows a few things, for reviews without a node. */
import { getAddress } from 'viem';
import type { AssetFacts, PartyFacts } from '@/lib/bus/review';
import { contractName } from '../known-contracts';
import type { Address, Occasion, Surroundings } from '../types';

export const ACCOUNT = getAddress('0x3d9a4be1c07f52a86e1bd93f0c24a7715eb8f20c');
export const DOLLAR = getAddress('0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48');
/** Calls itself almost like the dollar: its last letter is Cyrillic. */
export const IMITATION = getAddress('0x9c1185a5c5e9fc54612808977ee8f548b2258d31');
export const PICTURES = getAddress('0xbc4ca0eda7647a8ab7c2061c2e118a18a936f13d');
export const WRAPPED = getAddress('0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2');
export const MIRA = getAddress('0x71c7656ec7ab88b098defb751b7401b5f6d8976f');
export const THIEF = getAddress('0xf3b8c0d4a6c1e95b7d20f8a3c54e9176d28e4c16');

/** Of every token: 840 dollars are held, and there are 25 thousand million. */
export const HELD = 840_000_000n;
export const SUPPLY = 25_000_000_000_000_000n;

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export function invented(persons: readonly Address[] = []): Surroundings {
  const asset = async (
    asked: Address | null,
    standard?: AssetFacts['standard'],
    tokenId?: string,
  ): Promise<AssetFacts> => {
    if (asked === null)
      return { standard: 'own', address: null, symbol: 'ETH', decimals: 18, tokenId: null, told: 'listed' };
    const address = getAddress(asked.toLowerCase());
    if (same(address, WRAPPED))
      return { standard: 'erc20', address, symbol: 'WETH', decimals: 18, tokenId: null, told: 'listed' };
    if (same(address, DOLLAR))
      return { standard: 'erc20', address, symbol: 'USDC', decimals: 6, tokenId: null, told: 'listed' };
    if (same(address, IMITATION))
      return { standard: 'erc20', address, symbol: 'USDС', decimals: 6, tokenId: null, told: 'read' };
    const kind = standard ?? (same(address, PICTURES) ? 'erc721' : 'erc20');
    return { standard: kind, address, symbol: null, decimals: null, tokenId: tokenId ?? null, told: 'unknown' };
  };
  const party = async (asked: Address): Promise<PartyFacts> => {
    const address = getAddress(asked.toLowerCase());
    const name = same(address, MIRA) ? 'Mira' : same(address, ACCOUNT) ? 'Everyday' : contractName(1, address);
    const known = same(address, MIRA) ? 'contact' : same(address, ACCOUNT) ? 'own' : name === null ? 'no' : 'contract';
    const code = persons.some((one) => same(one, address)) ? 'none' : 'contract';
    return { address, name, known, code, delegate: null };
  };
  return {
    ...{ asset, party },
    held: async () => HELD,
    supply: async () => SUPPLY,
    trusted: [{ symbol: 'USDC', name: 'USD Coin' }],
    familiar: [{ address: MIRA, name: 'Mira' }],
  };
}

export const OCCASION: Occasion = {
  asker: { origin: 'https://app.harborswap.org', topOrigin: null },
  account: ACCOUNT,
  chain: { chainId: 1, name: 'Ethereum', symbol: 'ETH', decimals: 18 },
  nowMs: Date.UTC(2026, 4, 3),
};
