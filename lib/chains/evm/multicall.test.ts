import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { createRegistry } from '../registry';
import { putMulticall } from '../testing/multicall';
import { tokenCode } from '../testing/token-contract';
import type { Address, ChainAdapter, Holding } from '../types';
import { probeNode } from './probe';

const MIRA: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11';
/** Takes every call, and answers nothing. */
const SILENT = '0x6001600c60003960016000f300';
/** Reverts whatever it is asked. */
const REVERTING = '0x6005600c60003960056000f360006000fd';

let chain: LocalChain;
let owner: Address;
let token: Address;
let asked: string[] = [];

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

const deploy = async (data: string): Promise<Address> =>
  (await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [{ from: owner, data }])).contractAddress;

/** @param multicall what the chain is said to have */
function adapterWith(multicall: Address | null): Promise<ChainAdapter> {
  const { chainId, rpcUrl } = chain;
  const known = { chainId, name: 'Local', symbol: 'ETH', decimals: 18, rpcUrl, multicall, rollup: 'none' } as const;
  const listen: typeof fetch = (input, init) => {
    asked.push(String(init?.body));
    return fetch(input, init);
  };
  return createRegistry(async () => [known], listen).get(chainId);
}

beforeAll(async () => {
  chain = await startLocalChain();
  [owner = MIRA] = await rpc<Address[]>('eth_accounts', []);
  const shape = { symbol: 'USDX', name: 'Dollar X', decimals: 6, holder: owner, supply: 1_000_000n } as const;
  token = await deploy(tokenCode({ ...shape, transferReturns: 'true' }));
});
afterAll(() => chain.stop());

describe('Multicall3', () => {
  it('is found by the probe where it is, and only there', async () => {
    expect(await probeNode(chain.rpcUrl, fetch)).toMatchObject({ chainId: chain.chainId, multicall: null });
    await putMulticall(rpc, MULTICALL3);
    expect(await probeNode(chain.rpcUrl, fetch)).toMatchObject({
      chainId: chain.chainId,
      multicall: MULTICALL3,
    });
  });

  it('answers what the chain itself answers, in one call for a hundred holdings', async () => {
    await putMulticall(rpc, MULTICALL3);
    const [silent, reverting] = [await deploy(SILENT), await deploy(REVERTING)];
    const some: readonly Holding[] = [
      { owner, token: null },
      { owner: MIRA, token: null },
      { owner, token },
      { owner: MIRA, token },
      { owner, token: silent },
      { owner, token: reverting },
      { owner, token: MIRA },
    ];
    const others = Array.from({ length: 100 }, (): Holding => ({ owner, token }));
    const single = await (await adapterWith(null)).balances([...some, ...others]);
    asked = [];
    const together = await (await adapterWith(MULTICALL3)).balances([...some, ...others]);
    expect(together).toEqual(single);
    expect(together.slice(1, 7)).toEqual([0n, 1_000_000n, 0n, null, null, null]);
    expect(together[0]).toBeGreaterThan(0n);
    expect(asked.join().match(/eth_call/g)).toHaveLength(2);
    expect(asked).toHaveLength(1);
  });

  it('that is not where it is said to be is no answer about a balance', async () => {
    const elsewhere = await adapterWith(MIRA);
    await expect(elsewhere.balances([{ owner, token: null }])).rejects.toMatchObject({ code: 'chain-unreachable' });
  });
});
