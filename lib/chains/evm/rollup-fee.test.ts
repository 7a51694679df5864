import { parseEther, size, toFunctionSelector, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalChain, startLocalChain } from '@/scripts/local-chain';
import { quoteOf } from '../quote';
import { createRegistry } from '../registry';
import { assemble } from '../testing/assemble';
import { memoryNode } from '../testing/node';
import { tokenCode } from '../testing/token-contract';
import { type Address, type ChainAdapter, highestFeeWei, type SendRequest, type UnsignedTransaction } from '../types';
import { serialize } from './serialize';

const MIRA: Address = '0x71C7656EC7ab88b098defB751B7401B5f6d8976F';
/** `GasPriceOracle` of every OP Stack rollup: https://specs.optimism.io/protocol/fjord/predeploys.html */
const ORACLE = '0x420000000000000000000000000000000000000F';
const WEI_A_BYTE = 40_000_000_000n;
const signer = privateKeyToAccount('0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d');
const ACCOUNT = { walletId: 'A'.repeat(22), index: 0 };

let chain: LocalChain;

async function rpc<T>(method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

/** A chain as Base and Optimism are configured, or one without a chain below. */
const adapterOf = (rollup: 'op-stack' | 'none'): Promise<ChainAdapter> => {
  const known = { chainId: 8453, name: 'Base', symbol: 'ETH', decimals: 18, rpcUrl: chain.rpcUrl } as const;
  return createRegistry(async () => [{ ...known, multicall: null, rollup }], fetch).get(8453);
};

const request = (more: Partial<SendRequest> = {}): SendRequest => ({
  from: signer.address,
  to: MIRA,
  amount: { units: parseEther('0.5') },
  token: null,
  fee: 'normal',
  ...more,
});

/** What the oracle below asks for these bytes. */
const belowWei = (transaction: UnsignedTransaction): bigint => WEI_A_BYTE * BigInt(size(serialize(transaction)));

beforeAll(async () => {
  chain = await startLocalChain({ chainId: 8453 });
  // getL1FeeUpperBound(uint256 unsignedTxSize): so much for each byte, and no answer to any other question.
  const code = assemble([
    ...([0n, 'CALLDATALOAD', 224n, 'SHR', BigInt(toFunctionSelector('getL1FeeUpperBound(uint256)')), 'EQ'] as const),
    ...(['@bound', 'JUMPI', 0n, 0n, 'REVERT', 'bound:'] as const),
    ...([4n, 'CALLDATALOAD', WEI_A_BYTE, 'MUL', 0n, 'MSTORE', 32n, 0n, 'RETURN'] as const),
  ]);
  await rpc('anvil_setCode', [ORACLE, toHex(code)]);
});
afterAll(() => chain.stop());
beforeEach(() => rpc('anvil_setBalance', [signer.address, toHex(parseEther('1'))]));

describe('the fee on an OP Stack rollup', () => {
  it('is that of its gas and that of the chain below, at every level, as it is shown', async () => {
    const prepared = await (await adapterOf('op-stack')).prepareSend(request());
    const { transaction, feeWei, levelFeesWei } = prepared;
    const below = belowWei(transaction);
    expect(below).toBeGreaterThan(0n);
    expect(feeWei).toBe(highestFeeWei(transaction) + below);

    const without = await (await adapterOf('none')).prepareSend(request());
    for (const level of ['slow', 'normal', 'fast'] as const)
      expect(levelFeesWei[level] - without.levelFeesWei[level]).toBe(below);

    const kept = {
      quoteId: 'q',
      account: ACCOUNT,
      from: signer.address,
      token: null,
      to: MIRA,
      replaces: null,
    } as const;
    const { shown } = quoteOf(prepared, { ...kept, madeAtMs: 1 });
    expect(shown.feeWei).toBe(String(highestFeeWei(transaction) + below));
    expect(shown.totalWei).toBe(String(parseEther('0.5') + highestFeeWei(transaction) + below));
  });

  it('is asked for a size that the signed transaction keeps to: the oracle adds 68 bytes for the signature', async () => {
    const { transaction } = await (await adapterOf('op-stack')).prepareSend(request());
    const { gas, to, chainId, nonce, valueWei: value, price } = transaction;
    if (price.kind !== 'eip1559') throw new Error('a chain with a base fee');
    const { maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas } = price;
    const signed = await signer.signTransaction({ gas, to, chainId, nonce, value, maxFeePerGas, maxPriorityFeePerGas });
    expect(size(signed)).toBeLessThanOrEqual(size(serialize(transaction)) + 68);
  });

  it('is left over where everything is sent', async () => {
    const { transaction, feeWei, units } = await (await adapterOf('op-stack')).prepareSend(
      request({ amount: 'everything' }),
    );
    expect(units + feeWei).toBe(parseEther('1'));
    expect(transaction.valueWei).toBe(units);
  });

  it('is paid in ether beside a token, for the bytes of its call', async () => {
    const shape = { symbol: 'USDX', name: 'Dollar X', decimals: 6, holder: signer.address, supply: 1_000n } as const;
    const data = tokenCode({ ...shape, transferReturns: 'true' });
    const { contractAddress: token } = await rpc<{ contractAddress: Address }>('eth_sendTransactionSync', [
      { from: signer.address, data },
    ]);
    const { transaction, feeWei } = await (await adapterOf('op-stack')).prepareSend(
      request({ token, amount: { units: 10n } }),
    );
    expect(size(transaction.data)).toBe(68);
    expect(feeWei).toBe(highestFeeWei(transaction) + belowWei(transaction));
  });

  it('is missed where there is enough for the gas alone', async () => {
    const { transaction } = await (await adapterOf('op-stack')).prepareSend(request());
    const gasOnly = transaction.valueWei + highestFeeWei(transaction) + belowWei(transaction) / 2n;
    await rpc('anvil_setBalance', [signer.address, toHex(gasOnly)]);
    await expect((await adapterOf('op-stack')).prepareSend(request())).rejects.toMatchObject({
      code: 'insufficient-funds',
      details: { reason: 'fee' },
    });
    await expect((await adapterOf('none')).prepareSend(request())).resolves.toBeDefined();
  });

  it('is in what was paid, as the receipt says', async () => {
    const node = memoryNode(8453);
    const receipt = { transactionHash: `0x${'1'.repeat(64)}`, blockHash: `0x${'0'.repeat(64)}`, blockNumber: '0x1' };
    node.answerWith('eth_getTransactionReceipt', {
      ...receipt,
      ...{ transactionIndex: '0x0', status: '0x1', logs: [], type: '0x2', cumulativeGasUsed: '0x5208' },
      ...{ gasUsed: '0x5208', effectiveGasPrice: '0xa', l1Fee: '0x64' },
    });
    const known = { chainId: 8453, name: 'Base', symbol: 'ETH', decimals: 18, rpcUrl: 'http://127.0.0.1:1/' } as const;
    const base = await createRegistry(async () => [{ ...known, multicall: null, rollup: 'op-stack' }], node.fetch).get(
      8453,
    );
    const hash = `0x${'1'.repeat(64)}` as const;
    expect(await base.outcome({ hash, from: signer.address, nonce: 0 })).toEqual({
      state: 'confirmed',
      feeWei: 210_000n + 100n,
    });
  });
});
