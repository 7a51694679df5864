import fc from 'fast-check';
import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { TOKEN_ABI, V2_ROUTER_ABI } from './abis';
import { decodeCall, limitedData } from './decode-call';
import { PERMIT2 } from './known-contracts';
import { ACCOUNT, DOLLAR, invented, MIRA, PICTURES, THIEF } from './testing/around';
import type { Address } from './types';

const ROUTER: Address = '0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D';
const WETH: Address = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2';
const ALL = (1n << 256n) - 1n;
const around = invented();
const decode = async (to: Address | null, data: Hex, valueWei = 0n) =>
  (await decodeCall({ from: ACCOUNT, to, valueWei, data }, 1, around)).deeds;
const token = (functionName: 'transfer' | 'approve' | 'setApprovalForAll' | 'transferFrom', args: readonly unknown[]) =>
  encodeFunctionData({ abi: TOKEN_ABI, functionName, args } as never);

describe('a call', () => {
  it('without data sends the own unit', async () => {
    expect(await decode(MIRA, '0x', 5n)).toMatchObject([
      { kind: 'send', amount: { units: '5' }, to: { name: 'Mira' } },
    ]);
  });

  it('to nobody makes a contract', async () => {
    expect(await decode(null, '0x6001')).toEqual([{ kind: 'deploy', codeBytes: 2 }]);
  });

  it('sends a token', async () => {
    const [deed] = await decode(DOLLAR, token('transfer', [MIRA, 120n]));
    expect(deed).toMatchObject({
      kind: 'send',
      amount: { asset: { symbol: 'USDC' }, units: '120' },
      to: { name: 'Mira' },
      from: null,
    });
  });

  it('moves what belongs to somebody else', async () => {
    const [deed] = await decode(DOLLAR, token('transferFrom', [MIRA, ACCOUNT, 120n]));
    expect(deed).toMatchObject({ kind: 'send', from: { name: 'Mira' } });
  });

  it('gives a right without end, with one, and ends it', async () => {
    expect(await decode(DOLLAR, token('approve', [THIEF, ALL]))).toMatchObject([
      { kind: 'allow', amount: { bound: 'unlimited' } },
    ]);
    expect(await decode(DOLLAR, token('approve', [THIEF, 500n]))).toMatchObject([
      { kind: 'allow', amount: { bound: 'at-most', units: '500' } },
    ]);
    expect(await decode(DOLLAR, token('approve', [THIEF, 0n]))).toMatchObject([{ kind: 'allow-ended' }]);
  });

  it('gives one of a collection, or all of it', async () => {
    const [one] = await decode(PICTURES, token('approve', [THIEF, 7204n]));
    expect(one).toMatchObject({
      kind: 'allow',
      amount: { asset: { standard: 'erc721', tokenId: '7204' }, units: '1' },
    });
    expect(await decode(PICTURES, token('setApprovalForAll', [THIEF, true]))).toMatchObject([
      { kind: 'allow-collection' },
    ]);
    expect(await decode(PICTURES, token('setApprovalForAll', [THIEF, false]))).toMatchObject([
      { kind: 'allow-collection-ended' },
    ]);
  });

  it('wraps only where the contract is one that wraps', async () => {
    const data = encodeFunctionData({ abi: TOKEN_ABI, functionName: 'deposit' });
    expect(await decode(WETH, data, 5n)).toMatchObject([{ kind: 'wrap', amount: { units: '5' } }]);
    expect(await decode(THIEF, data, 5n)).toMatchObject([{ kind: 'call', amount: { units: '5' } }]);
  });

  it('gives a right through Permit2', async () => {
    const abi = parseAbi(['function approve(address token, address spender, uint160 units, uint48 expiration)']);
    const data = encodeFunctionData({ abi, functionName: 'approve', args: [DOLLAR, THIEF, (1n << 160n) - 1n, 9] });
    expect(await decode(PERMIT2, data)).toMatchObject([
      { kind: 'allow', amount: { asset: { symbol: 'USDC' }, bound: 'unlimited' } },
    ]);
  });

  it('is an exchange where the router is known, and only a call where it is not', async () => {
    const data = encodeFunctionData({
      abi: V2_ROUTER_ABI,
      functionName: 'swapExactETHForTokens',
      args: [7n, [WETH, DOLLAR], ACCOUNT, 9n],
    });
    expect(await decode(ROUTER, data, 5n)).toMatchObject([
      {
        kind: 'swap',
        give: { units: '5' },
        get: { asset: { symbol: 'USDC' }, units: '7', bound: 'at-least' },
        to: { known: 'own' },
      },
    ]);
    expect(await decode(THIEF, data, 5n)).toMatchObject([{ kind: 'call' }]);
  });

  it('moves several kinds of a collection at once', async () => {
    const batch = (ids: readonly bigint[], units: readonly bigint[]) =>
      encodeFunctionData({
        abi: TOKEN_ABI,
        functionName: 'safeBatchTransferFrom',
        args: [ACCOUNT, MIRA, ids, units, '0x'],
      });
    const kind = (tokenId: string, units: string) => ({
      kind: 'send',
      amount: { asset: { standard: 'erc1155', tokenId }, units },
      from: null,
      to: { name: 'Mira' },
    });
    expect(await decode(PICTURES, batch([1n, 3n], [1n, 50n]))).toMatchObject([kind('1', '1'), kind('3', '50')]);
    expect(await decode(PICTURES, batch([1n, 3n], [1n]))).toMatchObject([{ kind: 'call' }]);
    expect(await decode(PICTURES, batch(Array(90).fill(1n), Array(90).fill(1n)))).toHaveLength(90);
  });

  it('is opened where calls are packed into it', async () => {
    const abi = parseAbi(['function multicall(bytes[] data)']);
    const data = encodeFunctionData({
      abi,
      functionName: 'multicall',
      args: [[token('approve', [THIEF, ALL]), token('transfer', [MIRA, 1n])]],
    });
    expect(await decode(DOLLAR, data)).toMatchObject([{ kind: 'allow' }, { kind: 'send' }]);
  });

  it('packed into itself again and again ends somewhere', async () => {
    const abi = parseAbi(['function multicall(bytes[] data)']);
    let data: Hex = token('approve', [THIEF, ALL]);
    for (let depth = 0; depth < 9; depth++)
      data = encodeFunctionData({ abi, functionName: 'multicall', args: [[data, data]] });
    expect(await decode(DOLLAR, data)).toMatchObject([{ kind: 'call' }]);
  });

  it('with dirty bytes before an address is not understood: contracts refuse it', async () => {
    const data = token('transfer', [MIRA, 1n]);
    expect(await decode(DOLLAR, `${data.slice(0, 12)}ff${data.slice(14)}` as Hex)).toMatchObject([{ kind: 'call' }]);
  });

  it('is never understood otherwise than it is written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 0, maxLength: 140 }),
        fc.constantFrom('0xa9059cbb', '0x095ea7b3', '0xac9650d8', '0x3593564c', ''),
        async (bytes, selector) => {
          const data = `${selector || '0x'}${Buffer.from(bytes).toString('hex')}` as Hex;
          const [deed] = await decode(DOLLAR, data);
          if (deed?.kind === 'send' && data !== '0x')
            expect(data).toBe(token('transfer', [deed.to.address, BigInt(deed.amount.units)]));
        },
      ),
    );
  });
});

describe('a smaller limit', () => {
  it('changes the number and nothing else', async () => {
    const data = limitedData(token('approve', [THIEF, ALL]), 840n);
    expect(data).toBe(token('approve', [THIEF, 840n]));
  });

  it('is offered for nothing but a right to spend', () => {
    expect(limitedData(token('transfer', [THIEF, ALL]), 840n)).toBeNull();
  });
});
