import { hashMessage, keccak256, parseTransaction, recoverAddress, recoverTransactionAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { DeviceWork } from '@/lib/bus/hardware';
import type { Snapshot } from '@/lib/bus/snapshot';
import { ACCOUNT, openPlace, SOFTWARE } from '@/lib/hardware/testing/place';
import { factsOf, messageText, signWork } from './job-facts';

const TO = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const USDX = '0x1111111111111111111111111111111111111111';
const walletId = 'A'.repeat(22);
const shared = { chainId: 1, nonce: 2, to: TO, valueWei: '250000000000000000', data: '0x', gas: '21000' };
const modern = { kind: 'eip1559', maxFeePerGasWei: '30000000000', maxPriorityFeePerGasWei: '1' } as const;
const work = (transaction: Partial<Extract<DeviceWork['work'], { kind: 'transaction' }>['transaction']> = {}) =>
  ({
    address: ACCOUNT.address,
    work: { kind: 'transaction', transaction: { ...shared, price: modern, ...transaction } },
    payment: null,
  }) satisfies DeviceWork;
const job = { id: 'j', account: { walletId, index: 0 }, kind: 'transaction', state: 'waiting', error: null } as const;
const snapshot = {
  networks: [{ chainId: 1, name: 'Ethereum', symbol: 'ETH', decimals: 18 }],
  tokens: [{ chainId: 1, address: USDX, symbol: 'USDX', name: 'Dollar X', decimals: 6 }],
  wallets: [{ id: walletId, accounts: [{ walletId, index: 0, name: 'Cold', address: ACCOUNT.address }] }],
} as unknown as Snapshot;

describe('what is shown beside the device', () => {
  it('is who gets how much, on which network, for which fee', () => {
    expect(factsOf(snapshot, job, work())).toMatchObject({
      account: 'Cold',
      network: 'Ethereum',
      amount: '0.25\u00a0ETH',
      to: TO,
      fee: '0.00063\u00a0ETH',
      dataBytes: 0,
    });
  });

  it('is the payment where it goes through a token’s contract', () => {
    const payment = { to: TO, token: USDX, valueWei: '12500000', feeWei: '1000000000000000' };
    const asked = { ...work({ to: USDX, valueWei: '0', data: `0x${'ab'.repeat(68)}` }), payment };
    expect(factsOf(snapshot, job, asked)).toMatchObject({
      amount: '12.5\u00a0USDX',
      to: TO,
      fee: '0.001\u00a0ETH',
      dataBytes: 68,
    });
  });

  it('is a message as text, or as bytes where it is none', () => {
    expect(messageText('0x68656c6c6f')).toBe('hello');
    expect(messageText('0xff00')).toBe('0xff00');
  });
});

describe('what the device is asked', () => {
  it.each([
    ['by EIP-1559', {}],
    ['of the first kind', { price: { kind: 'legacy', gasPriceWei: '7' } as const }],
    ['with data', { data: `0x${'cd'.repeat(1500)}` }],
    ['with an access list', { accessList: [{ address: TO, storageKeys: [`0x${'01'.repeat(32)}`] }] }],
    ['that makes a contract', { to: null, data: '0x6001' }],
  ])('is the transaction: %s', async (_, change) => {
    const { signer } = await openPlace();
    const asked = work(change);
    const raw = (await signWork(signer, ACCOUNT, asked)) as `0x02${string}`;
    expect(await recoverTransactionAddress({ serializedTransaction: raw })).toBe(SOFTWARE.address);
    const { chainId, nonce, value, gas } = parseTransaction(raw);
    expect({ chainId, nonce, value, gas }).toEqual({
      chainId: 1,
      nonce: 2,
      value: 250_000_000_000_000_000n,
      gas: 21_000n,
    });
  });

  it('is nothing where the firmware has no message for it: EIP-2930', async () => {
    const { signer } = await openPlace();
    const price = { kind: 'legacy', gasPriceWei: '7' } as const;
    const asked = work({ price, accessList: [{ address: TO, storageKeys: [] }] });
    await expect(signWork(signer, ACCOUNT, asked)).rejects.toMatchObject({
      code: 'device-unsupported',
      details: { reason: 'eip2930' },
    });
  });

  it('is the message, and the two hashes', async () => {
    const { signer } = await openPlace();
    const message: DeviceWork = { ...work(), work: { kind: 'message', message: '0x68656c6c6f', chainId: 1 } };
    const signature = await signWork(signer, ACCOUNT, message);
    expect(await recoverAddress({ hash: hashMessage('hello'), signature })).toBe(SOFTWARE.address);
    const [domainHash, messageHash] = [`0x${'a1'.repeat(32)}`, `0x${'b2'.repeat(32)}`] as const;
    const typed: DeviceWork = {
      ...work(),
      work: { kind: 'typed-data', domainHash, messageHash, json: '{}', chainId: 1 },
    };
    const hash = keccak256(`0x1901${domainHash.slice(2)}${messageHash.slice(2)}`);
    const signed = await signWork(signer, ACCOUNT, typed);
    expect(await recoverAddress({ hash, signature: signed })).toBe(SOFTWARE.address);
  });
});
