import { personalSign, recoverPersonalSignature, SignTypedDataVersion, signTypedData } from '@metamask/eth-sig-util';
import { Wallet } from 'ethers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { messageDigest, namedValuesDigest, recoverSigner, typedDataDigest } from '@/lib/chains/evm/digest';
import type { UnsignedTransaction } from '@/lib/chains/types';
import { signDigest, signTransaction } from './sign';

const KEY = new Uint8Array(32).map((_, at) => at + 1);
const privateKey = Buffer.from(KEY);
const wallet = new Wallet(`0x${toHex(KEY)}`);
const MIRA = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';

const digestBytes = (digest: string) => fromHex(digest.slice(2));
const bytes = fc.uint8Array({ maxLength: 300 }).map((array): `0x${string}` => `0x${toHex(array)}`);
const uint = (bits: bigint) => fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
const int = fc.bigInt({ min: -(1n << 255n), max: (1n << 255n) - 1n });
const address = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((array): `0x${string}` => `0x${toHex(array)}`);

describe('signatures are those of two other signers, byte for byte:', () => {
  it('messages', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (message) => {
        const signature = signDigest(digestBytes(messageDigest(message)), KEY);
        expect(signature).toBe(await wallet.signMessage(digestBytes(message)));
        expect(signature).toBe(personalSign({ privateKey, data: message }));
        expect(recoverSigner(message, signature)).toBe(wallet.address);
        expect(recoverPersonalSignature({ data: message, signature })).toBe(wallet.address.toLowerCase());
      }),
    );
  });

  it('typed data, versions 3 and 4', async () => {
    const domainTypes = [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ];
    const own = {
      Person: [
        { name: 'name', type: 'string' },
        { name: 'wallet', type: 'address' },
      ],
      Mail: [
        { name: 'from', type: 'Person' },
        { name: 'contents', type: 'bytes' },
        { name: 'amount', type: 'uint256' },
        { name: 'change', type: 'int256' },
        { name: 'open', type: 'bool' },
        { name: 'salt', type: 'bytes32' },
      ],
    };
    const lists = {
      ...own,
      Mail: [...own.Mail, { name: 'to', type: 'Person[]' }, { name: 'sizes', type: 'uint8[2]' }],
    };
    const person = fc.record({ name: fc.string(), wallet: address });
    const mail = fc.record({
      from: person,
      contents: bytes,
      amount: uint(256n).map(String),
      change: int.map(String),
      open: fc.boolean(),
      salt: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array): `0x${string}` => `0x${toHex(array)}`),
    });
    const listed = fc.record({
      to: fc.array(person, { maxLength: 3 }),
      sizes: fc.tuple(uint(8n).map(String), uint(8n).map(String)),
    });
    await fc.assert(
      fc.asyncProperty(mail, listed, fc.string(), address, async (plain, more, name, verifyingContract) => {
        const domain = { name, version: '1', chainId: '31337', verifyingContract };
        for (const [types, message, version] of [
          [own, plain, SignTypedDataVersion.V3],
          [lists, { ...plain, ...more }, SignTypedDataVersion.V4],
        ] as const) {
          const data = { types: { EIP712Domain: domainTypes, ...types }, primaryType: 'Mail', domain, message };
          const signature = signDigest(digestBytes(typedDataDigest(data)), KEY);
          expect(signature).toBe(await wallet.signTypedData(domain, types, message));
          expect(signature).toBe(signTypedData({ privateKey, data: data as never, version }));
        }
      }),
    );
  });

  it('typed data, version 1, of the one other signer that knows it', () => {
    const value = fc.oneof(
      fc.record({ type: fc.constant('string'), name: fc.string({ minLength: 1 }), value: fc.string() }),
      fc.record({ type: fc.constant('uint32'), name: fc.string({ minLength: 1 }), value: uint(32n).map(String) }),
      fc.record({ type: fc.constant('address'), name: fc.string({ minLength: 1 }), value: address }),
      fc.record({ type: fc.constant('bool'), name: fc.string({ minLength: 1 }), value: fc.boolean() }),
      fc.record({ type: fc.constant('bytes'), name: fc.string({ minLength: 1 }), value: bytes }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (data) => {
        const signature = signDigest(digestBytes(namedValuesDigest(data)), KEY);
        expect(signature).toBe(signTypedData({ privateKey, data, version: SignTypedDataVersion.V1 }));
      }),
    );
  });

  it('transactions of all kinds, also those that make a contract', async () => {
    const common = {
      chainId: fc.integer({ min: 1, max: 2 ** 40 }),
      nonce: fc.integer({ min: 0, max: 2 ** 31 }),
      to: fc.option(fc.constant(MIRA as `0x${string}`)),
      valueWei: uint(100n),
      data: bytes,
      gas: uint(40n),
    };
    const price = fc.oneof(
      fc.record({ kind: fc.constant('legacy' as const), gasPriceWei: uint(60n) }),
      fc.tuple(uint(60n), uint(60n)).map(([one, other]) => ({
        kind: 'eip1559' as const,
        maxFeePerGasWei: one + other,
        maxPriorityFeePerGasWei: other,
      })),
    );
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array): `0x${string}` => `0x${toHex(array)}`);
    const entry = fc.record({
      address: fc.constant(MIRA as `0x${string}`),
      storageKeys: fc.array(key, { maxLength: 3 }),
    });
    const list = fc.option(fc.array(entry, { minLength: 1, maxLength: 3 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.record(common), price, list, async (fields, offered, accessList) => {
        const unsigned: UnsignedTransaction = { ...fields, price: offered, ...(accessList && { accessList }) };
        const { chainId, nonce, to, valueWei: value, data, gas: gasLimit } = fields;
        const theirs =
          offered.kind === 'legacy'
            ? { type: accessList ? 1 : 0, gasPrice: offered.gasPriceWei }
            : { type: 2, maxFeePerGas: offered.maxFeePerGasWei, maxPriorityFeePerGas: offered.maxPriorityFeePerGasWei };
        const raw = await wallet.signTransaction({
          chainId,
          nonce,
          to,
          value,
          data,
          gasLimit,
          ...theirs,
          ...(accessList && { accessList }),
        });
        expect(signTransaction(unsigned, KEY).raw).toBe(raw);
      }),
    );
  });
});
