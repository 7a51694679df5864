/** What a site asks its user for, understood and normalised: this is what is kept, shown, hashed and done. */
import { getAddress, stringToHex } from 'viem';
import { z } from 'zod';
import { accountRef } from '@/lib/chains/account-ref';
import type { Address } from '@/lib/chains/types';
import { invalidParams } from './rpc-error';

/** Of JSON text. */
const LONGEST_MESSAGE = 256 * 1_024;
const MOST_CALLS = 20;

export const addressText = z.custom<Address>((value) => typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value));
const hexText = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value));
const chainId = z.int().min(1);

/** Signed with this account, on this chain. */
const signer = { account: addressText, at: accountRef, chainId };

export const asked = z.discriminatedUnion('kind', [
  /** `unlock`: the site may see accounts already, and only waits for the wallet to open. */
  z.object({ kind: z.literal('connect'), how: z.enum(['accounts', 'permissions', 'unlock']) }),
  /** As the site has sent them: `normaliseCall` gives each its one meaning. `batch`: of `wallet_sendCalls`, by its id. */
  z.object({
    kind: z.literal('transaction'),
    ...signer,
    calls: z.array(z.unknown()).min(1).max(MOST_CALLS),
    batch: z.string().nullable(),
  }),
  z.object({ kind: z.literal('message'), ...signer, message: hexText }),
  z.object({ kind: z.literal('typed-data'), ...signer, version: z.enum(['v1', 'v3', 'v4']), data: z.unknown() }),
  z.object({ kind: z.literal('switch-chain'), from: chainId, chainId }),
  z.object({
    kind: z.literal('add-chain'),
    chainId,
    name: z.string(),
    symbol: z.string(),
    rpcUrl: z.string(),
    explorerUrl: z.string().nullable(),
  }),
  z.object({ kind: z.literal('watch-asset'), chainId, address: addressText, symbol: z.string().nullable() }),
]);
export type Asked = z.output<typeof asked>;
export type AskedOf<Kind extends Asked['kind']> = Extract<Asked, { readonly kind: Kind }>;

/** @throws RpcError `-32602` */
export function parsed<Schema extends z.ZodType>(schema: Schema, params: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(params);
  if (!result.success) throw invalidParams(what);
  return result.data;
}

const isAddress = (value: unknown): value is Address => addressText.safeParse(value).success;

/** `[message, account]`, and the other way round as some sites have it. A text that is no hex is signed as it is. */
export function readPersonalSign(params: unknown): { readonly account: Address; readonly message: `0x${string}` } {
  const [first, second] = parsed(
    z
      .array(z.string().max(2 * LONGEST_MESSAGE))
      .min(2)
      .max(3),
    params,
    'Expected [message, account].',
  );
  const [message, account] = isAddress(first) && !isAddress(second) ? [second, first] : [first, second];
  if (!isAddress(account) || message === undefined) throw invalidParams('Expected an account of 20 bytes.');
  return { account, message: hexText.safeParse(message).success ? lower(message) : stringToHex(message) };
}

const lower = (hex: string): `0x${string}` => `0x${hex.slice(2).toLowerCase()}`;

/** Version 1 has the data first, the others the account. */
export function readTypedData(version: 'v1' | 'v3' | 'v4', params: unknown) {
  const [first, second] = parsed(z.array(z.unknown()).min(2).max(3), params, 'Expected an account and typed data.');
  const [account, sent] = version === 'v1' ? [second, first] : [first, second];
  if (!isAddress(account)) throw invalidParams('Expected an account of 20 bytes.');
  if (typeof sent === 'string' && sent.length > LONGEST_MESSAGE) throw invalidParams('The typed data are too long.');
  return { account, data: typeof sent === 'string' ? jsonOf(sent) : sent };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParams('The typed data are no JSON.');
  }
}

const hexChainId = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,13}$/)
  .transform((text) => Number(text))
  .pipe(chainId);

/** EIP-3326. */
export function readSwitchChain(params: unknown): number {
  const [{ chainId }] = parsed(
    z.tuple([z.looseObject({ chainId: hexChainId })]),
    params,
    'Expected [{ chainId }] in hex.',
  );
  return chainId;
}

const httpUrl = z
  .string()
  .max(500)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
const addChain = z.looseObject({
  chainId: hexChainId,
  chainName: z.string().trim().min(1).max(100),
  nativeCurrency: z.looseObject({ symbol: z.string().trim().min(1).max(11), decimals: z.literal(18) }),
  rpcUrls: z.array(httpUrl).min(1).max(20),
  blockExplorerUrls: z.array(httpUrl).max(20).nullish(),
});

/** EIP-3085. */
export function readAddChain(params: unknown): AskedOf<'add-chain'> {
  const [chain] = parsed(z.tuple([addChain]), params, 'Expected a chain as EIP-3085 has it, with 18 decimals.');
  const { chainId, chainName: name, nativeCurrency, rpcUrls, blockExplorerUrls } = chain;
  const [rpcUrl = ''] = rpcUrls;
  const [explorerUrl = null] = blockExplorerUrls ?? [];
  return { kind: 'add-chain', chainId, name, symbol: nativeCurrency.symbol, rpcUrl, explorerUrl };
}

const watchAsset = z.looseObject({
  type: z.literal('ERC20'),
  options: z.looseObject({ address: addressText, symbol: z.string().max(64).nullish() }),
});

/** EIP-747, for ERC-20. */
export function readWatchAsset(params: unknown): { readonly address: Address; readonly symbol: string | null } {
  const sent = Array.isArray(params) ? params[0] : params;
  const { options } = parsed(watchAsset, sent, 'Expected { type: "ERC20", options: { address } }.');
  return { address: getAddress(options.address.toLowerCase()), symbol: options.symbol ?? null };
}

const sendCalls = z.looseObject({
  version: z.string().max(10).optional(),
  id: z.string().min(1).max(4_096).optional(),
  from: addressText.optional(),
  chainId: hexChainId,
  atomicRequired: z.boolean(),
  calls: z
    .array(
      z.looseObject({
        to: addressText.optional(),
        value: z.string().max(70).optional(),
        data: z.string().max(300_000).optional(),
        capabilities: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).optional(),
      }),
    )
    .min(1),
  capabilities: z.record(z.string(), z.looseObject({ optional: z.boolean().optional() })).optional(),
});
export type SendCalls = z.output<typeof sendCalls>;

/** EIP-5792. */
export function readSendCalls(params: unknown): SendCalls {
  const [sent] = parsed(z.tuple([sendCalls]), params, 'Expected calls as EIP-5792 has them.');
  return sent;
}
export const MOST_BATCHED = MOST_CALLS;

/** EIP-2255: only accounts can be asked for. */
export function readPermissions(params: unknown): void {
  parsed(z.tuple([z.strictObject({ eth_accounts: z.looseObject({}) })]), params, 'Expected [{ eth_accounts: {} }].');
}
