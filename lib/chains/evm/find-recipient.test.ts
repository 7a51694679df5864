import { encodeAbiParameters } from 'viem';
import { describe, expect, it } from 'vitest';
import { createRegistry } from '../registry';
import { memoryNode } from '../testing/node';

const VITALIK = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const CHAIN = { chainId: 1, name: 'Ethereum', symbol: 'ETH', decimals: 18, rpcUrl: 'http://127.0.0.1:1/' } as const;

async function ethereum() {
  const node = memoryNode(1);
  const chains = async () => [{ ...CHAIN, multicall: null, rollup: 'none' as const }];
  return { node, chain: await createRegistry(chains, node.fetch).get(1) };
}

describe('whom a text leads to', () => {
  it('is the address that it is, without asking anybody', async () => {
    const { node, chain } = await ethereum();
    node.setReachable('unreachable');
    expect(await chain.findRecipient(` ${VITALIK.toLowerCase()} `)).toEqual({ address: VITALIK, name: null });
  });

  it('is what the node says of a name', async () => {
    const { node, chain } = await ethereum();
    const result = encodeAbiParameters([{ type: 'address' }], [VITALIK]);
    node.answerWith('eth_call', encodeAbiParameters([{ type: 'bytes' }, { type: 'address' }], [result, VITALIK]));
    expect(await chain.findRecipient('Vitalik.eth')).toEqual({ address: VITALIK, name: 'vitalik.eth' });
  });

  it('is nobody where the resolver says no', async () => {
    const { node, chain } = await ethereum();
    node.answerWith('eth_call', new Error('execution reverted'));
    await expect(chain.findRecipient('nobody.eth')).rejects.toMatchObject({
      code: 'bad-address',
      details: { reason: 'name-not-found' },
    });
  });

  it('is not known while the node is away, which is no answer about the name', async () => {
    const { node, chain } = await ethereum();
    node.setReachable('unreachable');
    await expect(chain.findRecipient('vitalik.eth')).rejects.toMatchObject({ code: 'chain-unreachable' });
  });

  it('is no address of another chain', async () => {
    const { chain } = await ethereum();
    await expect(chain.findRecipient('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')).rejects.toMatchObject({
      details: { reason: 'other-chain', party: 'Tron' },
    });
  });
});
