/** A call that somebody else has put together, ready to be signed. */
import { toHex } from 'viem';
import { getBalance, getChainId, getTransactionCount } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import { type GasPrice, readTypedFee } from '../gas-price';
import type { CallRequest, ChainInfo, PreparedCall, UnsignedTransaction } from '../types';
import { feeOf } from './estimate';
import { type Fees, readFees } from './fees';
import { type NodeClient, reach } from './node-client';
import { isAnswer } from './node-errors';

type Chain = ChainInfo & { readonly rollup: 'none' | 'op-stack' };

/** What a call needs depends on what others do before it is mined: a fifth more than estimated. */
const CALL_GAS_PERCENT = 120n;
const PLAIN_GAS = 21_000n;
/** For a call that no node gives a number for: it would fail, and costs at most this. */
const FAILING_GAS = 500_000n;

/** See `ChainAdapter.prepareCall`. */
export async function prepareCall(client: NodeClient, chain: Chain, request: CallRequest): Promise<PreparedCall> {
  const { from, to, valueWei, data, accessList } = request;
  const [chainId, balanceWei, counted, fees, estimate] = await Promise.all([
    reach(getChainId(client)),
    reach(getBalance(client, { address: from })),
    reach(getTransactionCount(client, { address: from, blockTag: 'pending' })),
    readFees(client),
    estimateOf(client, request),
  ]);
  if (chainId !== chain.chainId) throw new WalletError('party-misbehaved', { party: chain.name });
  const { price, chosen, gas } = offerOf(request, fees, estimate);
  const nonce = request.nonce ?? counted;
  const list = accessList && { accessList };
  const transaction: UnsignedTransaction = { chainId: chain.chainId, nonce, to, valueWei, data, gas, price, ...list };
  const fee = await feeOf(client, chain.rollup, transaction, fees);
  return { transaction, balanceWei, chosen, estimate, nextNonce: counted, ...fee };
}

/** Null if the node says, in whatever words, that it would fail, also for want of funds. */
async function estimateOf(client: NodeClient, request: CallRequest): Promise<bigint | null> {
  const { from, to, valueWei, data, accessList } = request;
  const call = {
    from,
    value: toHex(valueWei),
    ...(to !== null && { to }),
    ...(data !== '0x' && { data }),
    ...(accessList && { accessList }),
  };
  try {
    return BigInt(await client.request({ method: 'eth_estimateGas', params: [call] }));
  } catch (error) {
    if (isAnswer(error)) return null;
    throw new WalletError('chain-unreachable');
  }
}

interface Offer {
  readonly price: GasPrice;
  readonly chosen: PreparedCall['chosen'];
  readonly gas: bigint;
}

/** The user's choice, the site's wish, the normal level: in this order. @throws WalletError `bad-fee` */
function offerOf({ fee, price, gas, data }: CallRequest, { levels }: Fees, estimate: bigint | null): Offer {
  const usual = estimate === null ? FAILING_GAS : roomy(estimate, data);
  const limit = gas ?? usual;
  if (typeof fee === 'string') return { price: levels[fee], chosen: fee, gas: limit };
  if (fee !== null) return { ...readTypedFee(fee, levels.normal.kind, estimate ?? PLAIN_GAS), chosen: 'custom' };
  if (price !== undefined) return { price: priced(price, levels.normal), chosen: 'site', gas: limit };
  return { price: levels.normal, chosen: 'normal', gas: limit };
}

const roomy = (estimate: bigint, data: string): bigint =>
  data === '0x' && estimate === PLAIN_GAS ? estimate : (estimate * CALL_GAS_PERCENT) / 100n;

/** A chain that has no base fee takes one price only. */
function priced(price: GasPrice, normal: GasPrice): GasPrice {
  if (normal.kind === 'legacy' && price.kind === 'eip1559')
    return { kind: 'legacy', gasPriceWei: price.maxFeePerGasWei };
  return price;
}
