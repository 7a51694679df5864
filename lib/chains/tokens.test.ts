import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { memoryArea } from '@/lib/platform/memory-area';
import { cell } from '@/lib/platform/storage';
import { checkAddress } from './evm/address';
import { createTokens, tokensRecord } from './tokens';
import type { ChainAdapter, Token } from './types';

const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const ACORN = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const listed = { chainId: 1, address: USDC, symbol: 'USDC', name: 'USD Coin', decimals: 6 } as const;
const acorn: Token = { address: ACORN, symbol: 'ACORN', name: 'Acorn', decimals: 18 };

function device(found: Token | WalletError = acorn, area = memoryArea()) {
  const asked: string[] = [];
  const chain = {
    info: { chainId: 1, name: 'Ethereum', symbol: 'ETH', decimals: 18 },
    checkAddress,
    token: async (address: string) => {
      asked.push(address);
      if (found instanceof WalletError) throw found;
      return found;
    },
  } as Partial<ChainAdapter> as ChainAdapter;
  const tokens = createTokens({
    listed: [listed],
    stored: cell(area, 'tokens', tokensRecord),
    chainOf: async () => chain,
  });
  return { tokens, area, asked };
}

describe('a token of one’s own', () => {
  it('is looked up without being kept, then kept', async () => {
    const { tokens, area } = device();
    expect(await tokens.look(1, ACORN.toLowerCase())).toEqual({ ...acorn, chainId: 1, imitates: null });
    expect(await tokens.all()).toHaveLength(1);
    await tokens.add(1, ACORN);
    expect((await device(acorn, area).tokens.all()).at(-1)).toEqual({
      ...acorn,
      chainId: 1,
      listed: false,
      hidden: false,
    });
  });

  it('is described whether it is there already or not', async () => {
    const { tokens } = device();
    const { chainId, address, symbol, name, decimals } = listed;
    expect(await tokens.describe(1, USDC.toLowerCase())).toEqual({
      chainId,
      address,
      symbol,
      name,
      decimals,
      imitates: null,
    });
    expect(await tokens.describe(1, ACORN)).toEqual({ ...acorn, chainId: 1, imitates: null });
    await tokens.add(1, ACORN);
    expect(await tokens.describe(1, ACORN)).toEqual({ ...acorn, chainId: 1, imitates: null });
  });

  it('is refused when it is there already, in any spelling, on the same network only', async () => {
    const { tokens } = device();
    await tokens.add(1, ACORN);
    for (const address of [ACORN.toLowerCase(), USDC.toLowerCase()])
      await expect(tokens.add(1, address)).rejects.toMatchObject({
        code: 'bad-token',
        details: { reason: 'duplicate' },
      });
    await tokens.add(137, ACORN);
    expect(await tokens.all()).toHaveLength(3);
  });

  it('keeps nothing of an address that is none, or holds no token', async () => {
    const { tokens } = device(new WalletError('bad-token', { reason: 'not-a-token' }));
    await expect(tokens.add(1, '0x12')).rejects.toMatchObject({ code: 'bad-address' });
    await expect(tokens.add(1, ACORN)).rejects.toMatchObject({ code: 'bad-token' });
    expect(await tokens.all()).toHaveLength(1);
  });

  it.each([
    ['a listed one', 'USDC', 'USDC'],
    ['the unit of the network', 'ETH', 'ETH'],
  ])('is told when it calls itself as %s does', async (_, symbol, imitates) => {
    expect((await device({ ...acorn, symbol }).tokens.look(1, ACORN)).imitates).toBe(imitates);
  });
});

describe('a token', () => {
  it('is hidden and shown, and adding it once more shows it without a question', async () => {
    const { tokens, asked } = device();
    await tokens.setVisibility(1, USDC.toLowerCase(), 'hidden');
    expect((await tokens.all())[0]?.hidden).toBe(true);
    await tokens.add(1, USDC);
    expect((await tokens.all())[0]).toMatchObject({ hidden: false, listed: true });
    expect(asked).toEqual([]);
  });

  it('that nobody knows cannot be hidden', async () => {
    const { tokens } = device();
    await expect(tokens.setVisibility(1, ACORN, 'hidden')).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('stands in the order that was chosen', async () => {
    const { tokens, area } = device();
    expect(await tokens.order()).toBe('held-first');
    await tokens.setOrder('by-name');
    expect(await device(acorn, area).tokens.order()).toBe('by-name');
  });
});
