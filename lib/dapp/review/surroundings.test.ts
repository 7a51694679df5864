import { encodeAbiParameters, type Hex, parseAbiParameters } from 'viem';
import { describe, expect, it } from 'vitest';
import { WalletError } from '@/lib/errors';
import { createSurroundings, type Knowledge } from './surroundings';
import { ACCOUNT, DOLLAR, MIRA, OCCASION, PICTURES, THIEF } from './testing/around';
import type { Address } from './types';

const word = (value: number): Hex => `0x${value.toString(16).padStart(64, '0')}`;
const text = (value: string): Hex => encodeAbiParameters(parseAbiParameters('string'), [value]);
const ROUTER: Address = '0x68b3465833fb72A70ecDF485E0e4C7bD8665Fc45';

/** A node where pictures are a collection, and codes are as given; it counts how often it is asked. */
function knowing({
  codes = {},
  symbol = text('BAYC'),
  more = {},
}: {
  codes?: Record<string, string>;
  symbol?: Hex;
  more?: Partial<Knowledge>;
} = {}) {
  let asked = 0;
  const around = createSurroundings({
    chain: OCCASION.chain,
    node: async (method, params) => {
      asked += 1;
      const [first] = params;
      if (method === 'eth_getCode') return codes[String(first)] ?? '0x6001';
      const { to, data } = first as { to: string; data: string };
      if (data === '0x18160ddd') return to === DOLLAR ? word(7_000) : '0x';
      if (data.startsWith('0x95d89b41')) return symbol;
      return word(to === PICTURES && data.includes('80ac58cd') ? 1 : 0);
    },
    adapter: {
      token: async (address) => {
        if (address !== THIEF) throw new WalletError('bad-token', { reason: 'not-a-token' });
        return { address, symbol: 'FREE', name: 'Free money', decimals: 9 };
      },
      balances: async (holdings) => holdings.map(() => 840n),
    },
    tokens: [{ address: DOLLAR, symbol: 'USDC', name: 'USD Coin', decimals: 6 }],
    own: [{ address: ACCOUNT, name: 'Everyday' }],
    contacts: [{ address: MIRA, name: 'Mira' }],
    sentTo: [],
    ...more,
  });
  return { around, asked: () => asked };
}

describe('a token', () => {
  it('of the list is what the list says, and no node is asked', async () => {
    const { around, asked } = knowing();
    expect(await around.asset(DOLLAR)).toMatchObject({
      standard: 'erc20',
      symbol: 'USDC',
      decimals: 6,
      told: 'listed',
    });
    expect(await around.asset(null)).toMatchObject({ standard: 'own', symbol: 'ETH', decimals: 18 });
    expect(asked()).toBe(0);
  });

  it('that nobody knows is what its contract says', async () => {
    expect(await knowing().around.asset(THIEF)).toMatchObject({ symbol: 'FREE', decimals: 9, told: 'read' });
  });

  it('that says nothing is unknown', async () => {
    expect(await knowing().around.asset(ROUTER)).toMatchObject({ symbol: null, decimals: null, told: 'unknown' });
  });

  it('of a collection is told apart from one that is counted', async () => {
    expect(await knowing().around.asset(PICTURES)).toMatchObject({
      standard: 'erc721',
      symbol: 'BAYC',
      decimals: null,
    });
    for (const symbol of ['0x', word(1), text(''), text('x'.repeat(90))] as const)
      expect(await knowing({ symbol }).around.asset(PICTURES)).toMatchObject({ standard: 'erc721', symbol: null });
  });

  it('is asked about once in a review', async () => {
    const { around, asked } = knowing();
    await around.asset(PICTURES);
    const before = asked();
    await around.asset(PICTURES, 'erc721', '7204');
    expect(asked()).toBe(before);
  });
});

describe('somebody', () => {
  it('is known as an own account, by the address book, as a token, as a contract, or not', async () => {
    const { around } = knowing();
    const known = async (address: Address) => (await around.party(address)).known;
    expect(await Promise.all([ACCOUNT, MIRA, DOLLAR, ROUTER, THIEF].map(known))).toEqual([
      'own',
      'contact',
      'token',
      'contract',
      'no',
    ]);
    expect((await knowing({ more: { sentTo: [THIEF.toLowerCase()] } }).around.party(THIEF)).known).toBe('sent-before');
  });

  it('is a person, a contract, or an account that a contract acts for', async () => {
    const codes = { [MIRA]: '0x', [ACCOUNT]: `0xef0100${THIEF.slice(2).toLowerCase()}`, [THIEF]: 'nonsense' };
    const { around } = knowing({ codes });
    expect(await around.party(MIRA)).toMatchObject({ code: 'none', delegate: null });
    expect(await around.party(ROUTER)).toMatchObject({ code: 'contract', delegate: null });
    expect(await around.party(ACCOUNT)).toMatchObject({ code: 'delegated', delegate: THIEF });
    expect(await around.party(THIEF)).toMatchObject({ code: 'unknown' });
  });

  it('of a site that names thousands is not asked about without end', async () => {
    const { around, asked } = knowing();
    for (let place = 1; place <= 500; place++) await around.party(`0x${place.toString(16).padStart(40, '0')}`);
    expect(asked()).toBeLessThanOrEqual(60);
  });
});

it('knows how much of a token there is, where its contract says so', async () => {
  const { around, asked } = knowing();
  expect(await around.supply(DOLLAR)).toBe(7_000n);
  expect(await around.supply(DOLLAR)).toBe(7_000n);
  expect(asked()).toBe(1);
  expect(await around.supply(THIEF)).toBeNull();
});

it('asks what is held once for each token, and not of tokens without end', async () => {
  let asked = 0;
  const adapter = {
    token: () => Promise.reject(new WalletError('bad-token', { reason: 'not-a-token' })),
    balances: async (holdings: readonly unknown[]) => {
      asked += 1;
      return holdings.map(() => 840n);
    },
  };
  const { around } = knowing({ more: { adapter } });
  for (let round = 0; round < 2; round++) {
    expect(await around.held(ACCOUNT, DOLLAR)).toBe(840n);
    for (let place = 1; place <= 500; place++) await around.held(ACCOUNT, `0x${place.toString(16).padStart(40, '0')}`);
  }
  expect(asked).toBeLessThanOrEqual(60);
});

it('holds nothing that a node does not tell', async () => {
  const silent = {
    token: () => Promise.reject(new WalletError('chain-unreachable')),
    balances: () => Promise.reject(new WalletError('chain-unreachable')),
  };
  expect(await knowing({ more: { adapter: silent } }).around.held(ACCOUNT, DOLLAR)).toBeNull();
  expect(await knowing().around.held(ACCOUNT, DOLLAR)).toBe(840n);
});
