import { concat, keccak256, parseGwei, toRlp } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { askNode, NodeRefusal } from '@/lib/chains/evm/node-request';
import { memoryNode } from '@/lib/chains/testing/node';
import { sendRaw } from './send-raw';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const signed = (nonce: number) =>
  owner.signTransaction({
    ...{ type: 'eip1559', chainId: 31_337, nonce, to: owner.address, value: 1n, gas: 21_000n },
    maxFeePerGas: parseGwei('3'),
    maxPriorityFeePerGas: 1n,
  });

describe('a signed transaction', () => {
  it('is answered with its hash, also when it is handed over again', async () => {
    const node = memoryNode();
    const request = askNode('http://node', node.fetch);
    const raw = await signed(0);
    await expect(sendRaw(request, [raw])).resolves.toBe(keccak256(raw));
    await expect(sendRaw(request, [raw])).resolves.toBe(keccak256(raw));
    expect(node.broadcasts).toEqual([raw, raw]);
    node.mine();
    node.refuseWith('nonce too low');
    await expect(sendRaw(request, [raw])).resolves.toBe(keccak256(raw));
  });

  it.each([
    'already known',
    'AlreadyKnown',
    'ALREADY_EXISTS: already known',
    'Known transaction',
    'known transaction: 0x12',
    'Transaction with the same hash was already imported.',
    'transaction already imported',
  ])('that a node has by its own words (%s), but does not find, is taken', async (words) => {
    const node = memoryNode();
    node.refuseWith(words);
    const raw = await signed(0);
    await expect(sendRaw(askNode('http://node', node.fetch), [raw])).resolves.toBe(keccak256(raw));
  });

  it.each(['nonce too low', 'replacement transaction underpriced', 'insufficient funds for gas * price + value'])(
    'that the node will not have (%s) is its refusal',
    async (words) => {
      const node = memoryNode();
      node.refuseWith(words);
      // Another one with its nonce is there; it is not.
      const sending = sendRaw(askNode('http://node', node.fetch), [await signed(0)]);
      await expect(sending).rejects.toMatchObject({ name: 'NodeRefusal', code: -32000, message: words });
    },
  );

  it('whose fate the node does not tell is the first refusal', async () => {
    const node = memoryNode();
    node.refuseWith('nonce too low');
    node.answerWith('eth_getTransactionByHash', new Error('busy'));
    await expect(sendRaw(askNode('http://node', node.fetch), [await signed(0)])).rejects.toMatchObject({
      message: 'nonce too low',
    });
  });

  it.each([[undefined], [[]], [['0x']], [['text']], [[7]], [{}], [['0x03c0']], [['0x03ff']]])(
    'that is none (%j) is the node’s refusal',
    async (params) => {
      const asked: string[] = [];
      const request = async (method: string) => {
        asked.push(method);
        throw new NodeRefusal(-32000, 'no transaction', undefined);
      };
      await expect(sendRaw(request, params)).rejects.toMatchObject({ message: 'no transaction' });
      expect(asked.length).toBeLessThanOrEqual(2);
    },
  );

  it('with blobs is known by its hash without them', async () => {
    const payload = ['0x01', '0x02', ['0x03']] as const;
    const bare = concat(['0x03', toRlp(payload)]);
    const request = async (): Promise<unknown> => {
      throw new NodeRefusal(-32000, 'already known', undefined);
    };
    const withBlobs = concat(['0x03', toRlp([payload, ['0xb10b'], ['0xc0'], ['0xaf']])]);
    await expect(sendRaw(request, [withBlobs])).resolves.toBe(keccak256(bare));
    await expect(sendRaw(request, [bare])).resolves.toBe(keccak256(bare));
  });
});
