/** What gas costs now, and what a rollup charges for the chain below. */
import { encodeFunctionData, parseAbi, size } from 'viem';
import { getBlock } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import { FEE_SPEEDS, type FeeLevels, levelsFromHistory, levelsFromPrice } from '../gas-price';
import type { UnsignedTransaction } from '../types';
import { readUnits } from './erc20';
import { contractAnswer, type NodeClient, reach } from './node-client';
import { serialize } from './serialize';

/** A tip that is enough on a chain that is not congested, 1 gwei; for nodes that suggest none. */
const USUAL_TIP_WEI = 1_000_000_000n;
const BLOCKS = '0xa';
/** Tips that a tenth, half and nine tenths of the gas of a block paid at most: slow, normal, fast. */
const PERCENTILES = [10, 50, 90];

export interface Fees {
  readonly levels: FeeLevels;
  /** Of the last block; 0 on a chain without one. */
  readonly baseFeePerGasWei: bigint;
}

/**
 * From what was paid in the last blocks (EIP-1559), or from the one price of a chain without a base fee.
 * @throws WalletError `chain-unreachable`
 */
export async function readFees(client: NodeClient): Promise<Fees> {
  const [block, tipsWei, suggestedTipWei] = await Promise.all([
    reach(getBlock(client)),
    readTips(client),
    client.request({ method: 'eth_maxPriorityFeePerGas' }).then(BigInt, () => USUAL_TIP_WEI),
  ]);
  const { baseFeePerGas } = block;
  if (baseFeePerGas === null) {
    const gasPriceWei = BigInt(await reach(client.request({ method: 'eth_gasPrice' })));
    return { levels: levelsFromPrice(gasPriceWei), baseFeePerGasWei: 0n };
  }
  const levels = levelsFromHistory({ baseFeePerGasWei: baseFeePerGas, tipsWei, suggestedTipWei });
  return { levels, baseFeePerGasWei: baseFeePerGas };
}

/** Of each block that was not empty; none where a node keeps no such history. */
async function readTips(client: NodeClient) {
  const history = await client
    .request({ method: 'eth_feeHistory', params: [BLOCKS, 'latest', PERCENTILES] })
    .catch(() => null);
  const rows = history?.reward ?? [];
  return rows
    .map((row) => FEE_SPEEDS.map((_, at) => BigInt(row[at] ?? '0x0')))
    .filter((tips) => tips.some((tip) => tip > 0n))
    .map(([slow = 0n, normal = 0n, fast = 0n]) => ({ slow, normal, fast }));
}

/** https://specs.optimism.io/protocol/fjord/predeploys.html#gaspriceoracle */
const ORACLE = '0x420000000000000000000000000000000000000F';
const ORACLE_ABI = parseAbi(['function getL1FeeUpperBound(uint256 unsignedTxSize) view returns (uint256)']);

/** What is asked about so many bytes that are not signed yet, to be called on the rollup. */
export const feeBelowCall = (bytes: number) =>
  ({
    to: ORACLE,
    data: encodeFunctionData({ abi: ORACLE_ABI, functionName: 'getL1FeeUpperBound', args: [BigInt(bytes)] }),
  }) as const;

/**
 * What the chain below charges at most for the bytes of a transaction on an OP Stack rollup.
 * @throws WalletError `chain-unreachable`
 */
export async function rollupFeeWei(client: NodeClient, unsigned: UnsignedTransaction): Promise<bigint> {
  const fee = readUnits(await contractAnswer(client, feeBelowCall(size(serialize(unsigned)))));
  if (fee === null) throw new WalletError('chain-unreachable');
  return fee;
}
