import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseCall } from './normalise-call';
import { ACCOUNT, MIRA } from './testing/around';

const plain = { from: ACCOUNT, to: MIRA, value: '0x64' };
const normalise = (sent: unknown) => normaliseCall(sent, ACCOUNT, 1);
const refusal = (sent: unknown) => {
  try {
    normalise(sent);
    return null;
  } catch (error) {
    return (error as { details: { reason: string } }).details.reason;
  }
};

describe('a transaction of a site', () => {
  it('has one meaning', () => {
    expect(normalise(plain).call).toEqual({ from: ACCOUNT, to: MIRA, valueWei: 100n, data: '0x' });
  });

  it('reads an odd number of digits as nodes do, before anything else reads it', () => {
    expect(normalise({ ...plain, data: '0x9a6E7' }).call.data).toBe('0x09a6e7');
  });

  it('takes fees, gas and nonce along', () => {
    const sent = {
      ...plain,
      gas: '0x5208',
      nonce: '0x29',
      maxFeePerGas: '0x9',
      maxPriorityFeePerGas: '0x1',
      type: '0x2',
    };
    expect(normalise(sent).wishes).toEqual({
      gas: 21_000n,
      nonce: 41,
      price: { kind: 'eip1559', maxFeePerGasWei: 9n, maxPriorityFeePerGasWei: 1n },
    });
  });

  it.each([
    ['from', { ...plain, from: MIRA }],
    ['to', { ...plain, to: 'invalid' }],
    ['to', { from: ACCOUNT, value: '0x1' }],
    ['value', { ...plain, value: 'invalid' }],
    ['value', { ...plain, value: 'ffffffffffffff' }],
    ['value', { ...plain, value: -1 }],
    ['value', { ...plain, value: `0x1${'0'.repeat(64)}` }],
    ['type', { ...plain, type: '0x5' }],
    ['type', { ...plain, type: '0x4' }],
    ['type', { ...plain, authorizationList: [] }],
    ['chainId', { ...plain, chainId: '0x2' }],
    ['gas', { ...plain, gas: '0x123invalid' }],
    ['maxPriorityFeePerGas', { ...plain, maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x2' }],
    ['gasPrice', { ...plain, gasPrice: '0x1', maxFeePerGas: '0x2' }],
    ['data', { ...plain, data: '0x12', input: '0x34' }],
    ['data', { ...plain, data: '12' }],
    ['data', { ...plain, data: `0x${'00'.repeat(200_000)}` }],
    ['accessList', { ...plain, accessList: [{ address: MIRA, storageKeys: ['0x01'] }] }],
    ['accessList', { ...plain, accessList: [{ address: 'mira', storageKeys: [] }] }],
    ['accessList', { ...plain, accessList: [{ address: MIRA }] }],
    ['accessList', { ...plain, accessList: { [MIRA]: [] } }],
    ['accessList', { ...plain, accessList: Array.from({ length: 101 }, () => ({ address: MIRA, storageKeys: [] })) }],
    ['transaction', null],
  ])('is refused by the name of the field: %s', (field, sent) => {
    expect(refusal(sent)).toBe(field);
  });

  it('has one spelling of its access list (EIP-2930), and none for an empty one', () => {
    const key = `0x${'Ab'.repeat(32)}`;
    const sent = { ...plain, type: '0x1', accessList: [{ address: MIRA.toLowerCase(), storageKeys: [key] }] };
    expect(normalise(sent).call.accessList).toEqual([{ address: MIRA, storageKeys: [key.toLowerCase()] }]);
    expect(normalise({ ...plain, accessList: [] }).call).not.toHaveProperty('accessList');
  });

  it('is the same when what was made of it is read again', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), maxLength: 300 });
    fc.assert(
      fc.property(digits, fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (data, value) => {
        const { call } = normalise({ ...plain, data: `0x${data}`, value: `0x${value.toString(16)}` });
        const again = normalise({
          from: call.from,
          to: call.to,
          data: call.data,
          value: `0x${call.valueWei.toString(16)}`,
        });
        expect(again.call).toEqual(call);
        expect(call.data.length % 2).toBe(0);
      }),
    );
  });
});
