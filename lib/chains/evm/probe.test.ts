import { describe, expect, it } from 'vitest';
import { probeNode } from './probe';

const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';

/** A node that answers these results, by method. */
const nodeOf =
  (results: Readonly<Record<string, unknown>>): typeof fetch =>
  async (input, init) => {
    const { method } = await new Request(input, init).json();
    return Response.json({ jsonrpc: '2.0', id: 1, result: results[method] });
  };

const probe = (fetchFn: typeof fetch) => probeNode('https://node.example/rpc', fetchFn);

describe('asking a node who it is', () => {
  it('learns its chain, and whether many calls go in one', async () => {
    expect(await probe(nodeOf({ eth_chainId: '0x89', eth_getCode: '0x60' }))).toEqual({
      chainId: 137,
      multicall: MULTICALL3,
      rollup: 'none',
    });
    expect(await probe(nodeOf({ eth_chainId: '0x64', eth_getCode: '0x' }))).toMatchObject({
      chainId: 100,
      multicall: null,
    });
  });

  it.each([
    ['an amount', `0x${'0'.repeat(60)}1f40`, 'op-stack'],
    ['nothing: there is no contract', '0x', 'none'],
    ['no, or not at all', undefined, 'none'],
    ['what no contract says', '0x1', 'none'],
  ] as const)('learns whether a chain below charges, too: its oracle answers %s', async (_, answer, rollup) => {
    const node = nodeOf({ eth_chainId: '0x64', eth_getCode: '0x', eth_call: answer });
    expect(await probe(node)).toMatchObject({ rollup });
  });

  it.each([
    ['nobody is there', async () => Promise.reject(new TypeError('fetch failed')), 'rpc-unreachable'],
    ['it wants a key', async () => new Response('no', { status: 401 }), 'rpc-refused'],
    ['a page answers', async () => new Response('<html></html>'), 'rpc-garbage'],
    ['something else answers', async () => Response.json({ ok: true }), 'rpc-garbage'],
    ['it refuses the question', async () => Response.json({ error: { code: -32601 } }), 'rpc-garbage'],
    ['its chain id is no number', nodeOf({ eth_chainId: 'main' }), 'rpc-garbage'],
    ['its chain id is nought', nodeOf({ eth_chainId: '0x0' }), 'rpc-garbage'],
    ['its chain id is beyond all', nodeOf({ eth_chainId: `0x${'f'.repeat(40)}` }), 'rpc-garbage'],
  ] as ReadonlyArray<[string, typeof fetch, string]>)('says so when %s', async (_, fetchFn, reason) => {
    await expect(probe(fetchFn)).rejects.toMatchObject({ code: 'bad-network', details: { reason } });
  });
});
