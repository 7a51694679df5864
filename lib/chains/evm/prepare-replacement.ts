/** A transaction in the place of a pending one: the same dearer, or nothing at all. */
import { getAddress, parseTransaction } from 'viem';
import { getBalance, getTransactionCount } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import { type GasPrice, replacementPrice } from '../gas-price';
import type { AccessList, ChainInfo, PreparedSend, ReplaceRequest, UnsignedTransaction } from '../types';
import { feeOf, neededGas } from './estimate';
import { readFees } from './fees';
import { type NodeClient, reach } from './node-client';

type Chain = ChainInfo & { readonly rollup: 'none' | 'op-stack' };

/** See `ChainAdapter.prepareReplacement`. */
export async function prepareReplacement(
  client: NodeClient,
  chain: Chain,
  { from, raw, how }: ReplaceRequest,
): Promise<PreparedSend> {
  const before = readUnsigned(raw, chain.chainId);
  const [mined, balanceWei, fees] = await Promise.all([
    reach(getTransactionCount(client, { address: from, blockTag: 'latest' })),
    reach(getBalance(client, { address: from })),
    readFees(client),
  ]);
  if (mined > before.nonce) throw new WalletError('already-mined');
  const price = replacementPrice(before.price, fees.levels);
  const { accessList: _, ...bare } = before;
  const nothing = { to: from, valueWei: 0n, data: '0x' } as const;
  const transaction: UnsignedTransaction =
    how === 'speed-up'
      ? { ...before, price }
      : { ...bare, ...nothing, gas: await neededGas(client, { from, to: from, valueWei: 0n }), price };
  const fee = await feeOf(client, chain.rollup, transaction, fees);
  if (transaction.valueWei + fee.feeWei > balanceWei) throw new WalletError('insufficient-funds', { reason: 'fee' });
  return { transaction, units: transaction.valueWei, ...fee };
}

/** What is read of a signed transaction; what its kind does not have is missing. */
interface Parsed {
  readonly chainId?: number | undefined;
  readonly nonce?: number | undefined;
  readonly to?: `0x${string}` | null | undefined;
  readonly value?: bigint | undefined;
  readonly data?: `0x${string}` | undefined;
  readonly gas?: bigint | undefined;
  readonly gasPrice?: bigint | undefined;
  readonly accessList?: AccessList | undefined;
  readonly maxFeePerGas?: bigint | undefined;
  readonly maxPriorityFeePerGas?: bigint | undefined;
}

/** A signed transaction as it was before. @throws WalletError `bad-message` for one that is none of ours */
function readUnsigned(raw: `0x${string}`, chainId: number): UnsignedTransaction {
  const parsed: Parsed = parseTransaction(raw);
  const price = priceOf(parsed);
  if (price === null || parsed.chainId !== chainId) throw new WalletError('bad-message', { reason: 'raw' });
  return {
    chainId,
    nonce: parsed.nonce ?? 0,
    to: parsed.to ? getAddress(parsed.to) : null,
    valueWei: parsed.value ?? 0n,
    data: parsed.data ?? '0x',
    gas: parsed.gas ?? 0n,
    price,
    ...(parsed.accessList?.length && { accessList: parsed.accessList }),
  };
}

function priceOf({ gasPrice, maxFeePerGas, maxPriorityFeePerGas = 0n }: Parsed): GasPrice | null {
  if (gasPrice !== undefined) return { kind: 'legacy', gasPriceWei: gasPrice };
  if (maxFeePerGas === undefined) return null;
  return { kind: 'eip1559', maxFeePerGasWei: maxFeePerGas, maxPriorityFeePerGasWei: maxPriorityFeePerGas };
}
