/** `eth_sendTransaction` as a site has sent it, made into exactly one meaning: this is decoded, shown and signed. */
import { getAddress } from 'viem';
import { z } from 'zod';
import type { GasPrice } from '@/lib/chains/gas-price';
import { WalletError } from '@/lib/errors';
import type { Address, Call, Hex } from './types';

/** The most that a transaction may carry, bytes: what public nodes take (EIP-3860 and the pools of geth). */
const MOST_DATA_BYTES = 128 * 1_024;
/** Entries of an access list, and keys of an entry. */
const MOST_KEYS = 100;
const UINT64 = (1n << 64n) - 1n;
const UINT256 = (1n << 256n) - 1n;

/** What a site wishes beyond the call; left out where it does not. */
export interface Wishes {
  readonly gas?: bigint;
  readonly nonce?: number;
  readonly price?: GasPrice;
}

export interface NormalisedCall {
  readonly call: Call;
  readonly wishes: Wishes;
}

const refused = (reason: string) => new WalletError('bad-message', { reason });

const asked = z.looseObject({
  from: z.string(),
  to: z.string().nullish(),
  value: z.unknown().optional(),
  data: z.string().nullish(),
  input: z.string().nullish(),
  gas: z.unknown().optional(),
  gasLimit: z.unknown().optional(),
  gasPrice: z.unknown().optional(),
  maxFeePerGas: z.unknown().optional(),
  maxPriorityFeePerGas: z.unknown().optional(),
  nonce: z.unknown().optional(),
  chainId: z.unknown().optional(),
  type: z.unknown().optional(),
  accessList: z.unknown().optional(),
  authorizationList: z.unknown().optional(),
  blobs: z.unknown().optional(),
  blobVersionedHashes: z.unknown().optional(),
});

/** Types 0 to 2; 1 without a list is a 0. A 3 carries blobs, a 4 hands the account over (EIP-7702). */
const TYPES: ReadonlySet<unknown> = new Set([undefined, null, '0x0', '0x00', '0x1', '0x01', '0x2', '0x02']);

/**
 * @param account what the site may sign with; `from` has to be it
 * @param chainId the chain that is looked at; a `chainId` of the site has to be it
 * @throws WalletError `bad-message`, the reason being the name of the field
 */
export function normaliseCall(sent: unknown, account: Address, chainId: number): NormalisedCall {
  const parsed = asked.safeParse(sent);
  if (!parsed.success) throw refused('transaction');
  const { data: tx } = parsed;
  if (tx.from.toLowerCase() !== account.toLowerCase()) throw refused('from');
  if (!TYPES.has(tx.type) || isGiven(tx.authorizationList) || isGiven(tx.blobs) || isGiven(tx.blobVersionedHashes))
    throw refused('type');
  if (isGiven(tx.chainId) && quantity(tx.chainId, 'chainId', UINT64) !== BigInt(chainId)) throw refused('chainId');
  const data = dataOf(tx.data, tx.input);
  const to = recipientOf(tx.to);
  if (to === null && data === '0x') throw refused('to');
  const valueWei = isGiven(tx.value) ? quantity(tx.value, 'value', UINT256) : 0n;
  const list = accessListOf(tx.accessList);
  return { call: { from: getAddress(account), to, valueWei, data, ...list }, wishes: wishesOf(tx) };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** `0x` and hexadecimal digits, or a whole number that is exact; text without `0x` could be either of two numbers. */
function quantity(value: unknown, field: string, most: bigint): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    return bounded(BigInt(value), field, most);
  if (typeof value === 'string' && /^0x[0-9a-f]{1,64}$/i.test(value)) return bounded(BigInt(value), field, most);
  throw refused(field);
}

function bounded(value: bigint, field: string, most: bigint): bigint {
  if (value > most) throw refused(field);
  return value;
}

function recipientOf(to: string | null | undefined): Address | null {
  if (to === undefined || to === null || to === '' || to === '0x') return null;
  if (!/^0x[0-9a-f]{40}$/i.test(to)) throw refused('to');
  return getAddress(to.toLowerCase());
}

const accessListShape = z
  .array(
    z.strictObject({
      address: z.string().regex(/^0x[0-9a-f]{40}$/i),
      storageKeys: z.array(z.string().regex(/^0x[0-9a-f]{64}$/i)).max(MOST_KEYS),
    }),
  )
  .max(MOST_KEYS);

/** EIP-2930. An empty one is none. */
function accessListOf(sent: unknown): Pick<Call, 'accessList'> {
  const parsed = accessListShape.safeParse(sent ?? []);
  if (!parsed.success) throw refused('accessList');
  const accessList = parsed.data.map(({ address, storageKeys }) => ({
    address: getAddress(address.toLowerCase()),
    storageKeys: storageKeys.map((key): Hex => `0x${key.slice(2).toLowerCase()}`),
  }));
  return accessList.length === 0 ? {} : { accessList };
}

/** An odd number of digits gets a nought in front, as nodes read it; two fields that differ have no meaning. */
function dataOf(data: string | null | undefined, input: string | null | undefined): Hex {
  const [one, other] = [evenHex(data, 'data'), evenHex(input, 'input')];
  if (one !== null && other !== null && one !== other) throw refused('data');
  return one ?? other ?? '0x';
}

/** Whole bytes in lower case. @throws WalletError `bad-message` */
export function evenHex(hex: string | null | undefined, field: string): Hex | null {
  if (hex === undefined || hex === null || hex === '') return null;
  if (hex.length > 2 * MOST_DATA_BYTES + 2 || !/^0x[0-9a-f]*$/i.test(hex)) throw refused(field);
  const digits = hex.slice(2).toLowerCase();
  return digits.length % 2 === 0 ? `0x${digits}` : `0x0${digits}`;
}

function wishesOf(tx: z.infer<typeof asked>): Wishes {
  const gas = tx.gas ?? tx.gasLimit;
  const price = priceOf(tx);
  return {
    ...(isGiven(gas) && { gas: quantity(gas, 'gas', UINT64) }),
    ...(isGiven(tx.nonce) && { nonce: Number(quantity(tx.nonce, 'nonce', BigInt(Number.MAX_SAFE_INTEGER))) }),
    ...(price !== null && { price }),
  };
}

function priceOf({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: z.infer<typeof asked>): GasPrice | null {
  const isNew = isGiven(maxFeePerGas) || isGiven(maxPriorityFeePerGas);
  if (isGiven(gasPrice)) {
    if (isNew) throw refused('gasPrice');
    return { kind: 'legacy', gasPriceWei: quantity(gasPrice, 'gasPrice', UINT256) };
  }
  const tip = isGiven(maxPriorityFeePerGas) ? quantity(maxPriorityFeePerGas, 'maxPriorityFeePerGas', UINT256) : null;
  // A tip alone says nothing about the whole price: it stays the wallet's to choose.
  if (!isGiven(maxFeePerGas)) return null;
  const most = quantity(maxFeePerGas, 'maxFeePerGas', UINT256);
  if (tip !== null && tip > most) throw refused('maxPriorityFeePerGas');
  return { kind: 'eip1559', maxFeePerGasWei: most, maxPriorityFeePerGasWei: tip ?? 0n };
}
