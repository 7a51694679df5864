import { encodeFunctionData, parseAbi } from 'viem';
import { expect, it } from 'vitest';
import { contractDescriptions } from '@/scripts/review-data';
import { createDescriber } from './describe-call';
import { ACCOUNT, DOLLAR, invented } from './testing/around';
import type { Address, Hex } from './types';

/** Aave's pool on Ethereum, and its `supply`. */
const POOL: Address = '0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2';
const ABI = parseAbi(['function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode)']);
const data = encodeFunctionData({ abi: ABI, functionName: 'supply', args: [DOLLAR, 25_500_000n, ACCOUNT, 0] });
const supply = { from: ACCOUNT, to: POOL, valueWei: 0n, data };

const describeIt = createDescriber(async () => contractDescriptions());

it('says what the makers of a contract say of a call, with tokens and amounts resolved', async () => {
  const described = await describeIt(supply, 1, invented());
  expect(described).toMatchObject({ kind: 'described', to: { address: POOL } });
  expect(described?.intent).toMatch(/supply/i);
  expect(described?.fields.map(({ value }) => value)).toContain('25.5 USDC');
});

it('tells what is sent along, of which a description need not speak', async () => {
  expect((await describeIt({ ...supply, valueWei: 5n }, 1, invented()))?.amount).toMatchObject({
    asset: { standard: 'own' },
    units: '5',
  });
  expect((await describeIt(supply, 1, invented()))?.amount).toBeNull();
});

it('says nothing of a call with more in it than the function that is described', async () => {
  for (const bytes of [`${data}00`, `${data.slice(0, 10)}ff${data.slice(12)}`] as const)
    await expect(describeIt({ ...supply, data: bytes as Hex }, 1, invented())).rejects.toThrow();
});

it('says nothing of what nobody has described, or of the same address on another chain', async () => {
  expect(await describeIt({ ...supply, to: DOLLAR, data: '0x12345678' }, 1, invented())).toBeNull();
  expect(await describeIt(supply, 56_001, invented())).toBeNull();
  expect(await describeIt({ ...supply, data: '0x' }, 1, invented())).toBeNull();
});

it('asks for the descriptions once, and again after they could not be read', async () => {
  let asked = 0;
  const failing = createDescriber(async () => {
    asked += 1;
    if (asked === 1) throw new TypeError('fetch failed');
    return contractDescriptions();
  });
  await expect(failing(supply, 1, invented())).rejects.toThrow('fetch failed');
  expect(await failing(supply, 1, invented())).not.toBeNull();
  await failing(supply, 1, invented());
  expect(asked).toBe(2);
});
