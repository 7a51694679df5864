import { concat, keccak256 } from 'viem';
import { describe, expect, it } from 'vitest';
import { typedDataDigest, typedDataHashes } from './digest';

const MAIL = {
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  domain: { name: 'Ether Mail', version: '1', chainId: '1', verifyingContract: `0x${'cc'.repeat(20)}` },
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: `0x${'bb'.repeat(20)}` },
    contents: 'Hello, Bob!',
  },
};

describe('the two hashes of typed data', () => {
  it('are those of the example of EIP-712', () => {
    expect(typedDataHashes(MAIL)).toEqual({
      domainHash: '0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f',
      messageHash: '0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e',
    });
  });

  it('are what the digest that is signed is made of', () => {
    const { domainHash, messageHash } = typedDataHashes(MAIL) ?? { domainHash: '0x', messageHash: '0x' };
    expect(keccak256(concat(['0x1901', domainHash, messageHash]))).toBe(typedDataDigest(MAIL));
  });

  it('are none where there is a domain alone', () => {
    expect(typedDataHashes({ ...MAIL, primaryType: 'EIP712Domain', message: {} })).toBeNull();
  });
});
