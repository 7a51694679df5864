/** A transfer of the chain's unit or of a token, ready to be signed. */
import { getBalance, getChainId, getTransactionCount } from 'viem/actions';
import { WalletError } from '@/lib/errors';
import { type FeeChoice, readTypedFee } from '../gas-price';
import type { Address, ChainInfo, PreparedSend, SendRequest, UnsignedTransaction } from '../types';
import { balanceOfData, readUnits, transferData, transferSucceeds } from './erc20';
import { feeOf, neededGas } from './estimate';
import { type Fees, readFees } from './fees';
import { contractAnswer, type NodeClient, reach } from './node-client';

type Chain = ChainInfo & { readonly rollup: 'none' | 'op-stack' };

/** A token's gas depends on what others do before it is mined: a fifth more than estimated. */
const TOKEN_GAS_PERCENT = 120n;

/** What the node has now, for one transfer. */
interface Now {
  readonly balanceWei: bigint;
  readonly nonce: number;
  readonly fees: Fees;
}

/** See `ChainAdapter.prepareSend`. */
export async function prepareSend(client: NodeClient, chain: Chain, request: SendRequest): Promise<PreparedSend> {
  const { from, token, amount } = request;
  const [chainId, balanceWei, held, nonce, fees] = await Promise.all([
    reach(getChainId(client)),
    reach(getBalance(client, { address: from })),
    token === null ? null : tokenBalance(client, token, from),
    reach(getTransactionCount(client, { address: from, blockTag: 'pending' })),
    readFees(client),
  ]);
  if (chainId !== chain.chainId) throw new WalletError('party-misbehaved', { party: chain.name });
  if (amount !== 'everything' && amount.units > (held ?? balanceWei))
    throw new WalletError('insufficient-funds', { reason: 'amount' });
  const now = { balanceWei, nonce, fees };
  return token === null
    ? prepareOwn(client, chain, request, now)
    : prepareToken(client, chain, { ...request, token, held: held ?? 0n }, now);
}

async function prepareOwn(client: NodeClient, chain: Chain, request: SendRequest, now: Now): Promise<PreparedSend> {
  const { from, to, amount } = request;
  const { balanceWei, nonce, fees } = now;
  const needed = await neededGas(client, { from, to, valueWei: amount === 'everything' ? 0n : amount.units });
  const transaction: UnsignedTransaction = {
    chainId: chain.chainId,
    nonce,
    to,
    valueWei: amount === 'everything' ? balanceWei : amount.units,
    data: '0x',
    ...offerOf(request.fee, fees, needed, needed),
  };
  const fee = await feeOf(client, chain.rollup, transaction, fees);
  const valueWei = amount === 'everything' ? balanceWei - fee.feeWei : amount.units;
  if (valueWei <= 0n || valueWei + fee.feeWei > balanceWei)
    throw new WalletError('insufficient-funds', { reason: 'fee' });
  return { transaction: { ...transaction, valueWei }, units: valueWei, ...fee };
}

type TokenRequest = SendRequest & { readonly token: Address; readonly held: bigint };

async function prepareToken(client: NodeClient, chain: Chain, request: TokenRequest, now: Now): Promise<PreparedSend> {
  const { from, token, amount, held } = request;
  const { balanceWei, nonce, fees } = now;
  const units = amount === 'everything' ? held : amount.units;
  if (units === 0n) throw new WalletError('insufficient-funds', { reason: 'amount' });
  const data = transferData(request.to, units);
  await checkTransfer(client, from, token, data);
  const needed = await neededGas(client, { from, to: token, data });
  const transaction: UnsignedTransaction = {
    chainId: chain.chainId,
    nonce,
    to: token,
    valueWei: 0n,
    data,
    ...offerOf(request.fee, fees, needed, (needed * TOKEN_GAS_PERCENT) / 100n),
  };
  const fee = await feeOf(client, chain.rollup, transaction, fees);
  if (fee.feeWei > balanceWei) throw new WalletError('insufficient-funds', { reason: 'fee' });
  return { transaction, units, ...fee };
}

/** Gas and its price: of a level, or as typed. @throws WalletError `bad-fee` */
function offerOf(choice: FeeChoice, { levels }: Fees, needed: bigint, usual: bigint) {
  if (typeof choice === 'string') return { gas: usual, price: levels[choice] };
  return readTypedFee(choice, levels.normal.kind, needed);
}

async function tokenBalance(client: NodeClient, token: Address, owner: Address): Promise<bigint> {
  const units = readUnits(await contractAnswer(client, { to: token, data: balanceOfData(owner) }));
  if (units === null) throw new WalletError('bad-token', { reason: 'not-a-token' });
  return units;
}

/** Some tokens say no by an answer, without a revert: then gas would be paid for nothing. */
async function checkTransfer(client: NodeClient, from: Address, token: Address, data: `0x${string}`): Promise<void> {
  if (!transferSucceeds(await contractAnswer(client, { from, to: token, data })))
    throw new WalletError('transaction-refused', { reason: 'token' });
}
