import { concat, keccak256 } from 'viem';
import { describe, expect, it } from 'vitest';
import { typedDataDigest } from '@/lib/chains/evm/digest';
import type { Asked } from './asked';
import { deviceWorkOf } from './device-work';
import { checkTypedData } from './review/check-typed-data';

const ACCOUNT = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const shared = { account: ACCOUNT, at: { walletId: 'A'.repeat(22), index: 0 }, chainId: 1 } as const;
const PERMIT = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Permit: [
      { name: 'owner', type: 'address' },
      { name: 'value', type: 'uint256' },
    ],
  },
  primaryType: 'Permit',
  domain: { name: 'Dollar X', chainId: 1, verifyingContract: ACCOUNT },
  message: { owner: ACCOUNT, value: '1000000' },
};
const typed = (version: 'v1' | 'v3' | 'v4', data: unknown): Asked => ({ kind: 'typed-data', ...shared, version, data });

describe('what a device signs for a site', () => {
  it('is a message as it is', () => {
    const message = '0x68656c6c6f';
    expect(deviceWorkOf({ kind: 'message', ...shared, message })).toEqual({ kind: 'message', message, chainId: 1 });
  });

  it.each(['v3', 'v4'] as const)('is typed data by the two hashes of the digest that was shown: %s', (version) => {
    const work = deviceWorkOf(typed(version, PERMIT));
    if (work.kind !== 'typed-data') throw new Error(work.kind);
    expect(keccak256(concat(['0x1901', work.domainHash, work.messageHash]))).toBe(
      typedDataDigest(checkTypedData(PERMIT, 1)),
    );
    expect(typedDataDigest(JSON.parse(work.json))).toBe(typedDataDigest(checkTypedData(PERMIT, 1)));
  });

  it('is refused before the device is asked, where it has no such hashes: named values', () => {
    const named = typed('v1', [{ type: 'string', name: 'text', value: 'hello' }]);
    expect(() => deviceWorkOf(named)).toThrow(
      expect.objectContaining({ code: 'device-unsupported', details: { reason: 'typed-data' } }),
    );
  });
});
