/** What a transaction needs, as the node says, and what its fee can come to. */
import { estimateGas } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import type { FeeSpeed } from '../gas-price';
import { type Address, highestFeeWei, type PreparedFee, type UnsignedTransaction } from '../types';
import { type Fees, rollupFeeWei } from './fees';
import type { NodeClient } from './node-client';
import { estimateProblem } from './node-errors';

interface GasQuestion {
  readonly from: Address;
  readonly to: Address;
  readonly valueWei?: bigint;
  readonly data?: `0x${string}`;
}

/**
 * 21,000 to a person; what the node estimates to a contract.
 * @throws WalletError `chain-unreachable`, `insufficient-funds`, `transaction-refused` if it would fail
 */
export async function neededGas(client: NodeClient, { from, to, valueWei, data }: GasQuestion): Promise<bigint> {
  try {
    const call = { account: from, to, ...(valueWei === undefined ? {} : { value: valueWei }), ...(data && { data }) };
    const gas = await estimateGas(client, call);
    if (gas <= 0n) throw new RangeError('gas');
    return gas;
  } catch (error) {
    const problem = estimateProblem(error);
    if (problem === 'unreachable') throw new WalletError('chain-unreachable');
    if (problem === 'insufficient-funds') throw new WalletError('insufficient-funds', { reason: 'fee' });
    throw new WalletError('transaction-refused', { reason: 'recipient' });
  }
}

/** The fee of a transaction and of the same one at each level; on a rollup with the fee of the chain below. */
export async function feeOf(
  client: NodeClient,
  rollup: 'none' | 'op-stack',
  transaction: UnsignedTransaction,
  { levels, baseFeePerGasWei }: Fees,
): Promise<PreparedFee> {
  const belowWei = rollup === 'op-stack' ? await rollupFeeWei(client, transaction) : 0n;
  const at = (speed: FeeSpeed) => highestFeeWei({ gas: transaction.gas, price: levels[speed] }) + belowWei;
  const levelFeesWei = { slow: at('slow'), normal: at('normal'), fast: at('fast') };
  return { feeWei: highestFeeWei(transaction) + belowWei, levelFeesWei, baseFeePerGasWei };
}
