/** Networks, tokens and balances as pages see them, and the forms that pages send about them. */
import './jitless';
import { z } from 'zod';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
export const chainNumber = z.int().min(1);

export const networkView = z.object({
  chainId: chainNumber,
  name: z.string(),
  /** Of the unit that fees are paid in. */
  symbol: z.string(),
  decimals: z.int().min(0),
  explorerUrl: z.string().nullable(),
  /** Nothing has a value there. */
  test: z.boolean(),
  /** Added on this device. */
  custom: z.boolean(),
  hidden: z.boolean(),
  /** The node that is asked. */
  rpcUrl: z.string(),
  /** The build's own node, where another one stands in for it. */
  replacedRpcUrl: z.string().nullable(),
});

export const tokenView = z.object({
  chainId: chainNumber,
  address,
  symbol: z.string(),
  name: z.string(),
  decimals: z.int().min(0),
  /** Of the build's list, not added on this device. */
  listed: z.boolean(),
  hidden: z.boolean(),
});

/** The last answer about one holding. */
export const balanceView = z.object({
  chainId: chainNumber,
  /** Address of the account. */
  owner: address,
  /** The token's contract, or null for the network's own unit. */
  token: address.nullable(),
  /** In the smallest unit of the token or of the network. */
  units: z.string().regex(/^(0|[1-9][0-9]*)$/),
  asOfMs: z.int().min(0),
});

export const tokenOrder = z.enum(['held-first', 'by-name']);
export const visibility = z.enum(['shown', 'hidden']);

const LONGEST_URL = 500;
const typedUrl = z.string().max(LONGEST_URL);

/** As typed; refused with `bad-network` and a reason that belongs to one field. */
export const networkForm = z.strictObject({
  name: z.string().max(100),
  rpcUrl: typedUrl,
  chainId: z.string().max(40),
  symbol: z.string().max(40),
  explorerUrl: typedUrl,
});
/** A form that is being filled in: of that network, or null of one that is to be added. */
export const networkDraft = z.strictObject({ of: chainNumber.nullable(), form: networkForm });
/** Null brings the build's own node back. */
export const nodeForm = z.strictObject({ chainId: chainNumber, rpcUrl: typedUrl.nullable() });

/** As typed; refused with `bad-address` or `bad-token`. */
export const tokenForm = z.strictObject({ chainId: chainNumber, address: z.string().max(100) });

/** What an address turns out to be. */
export const tokenOffer = z.object({
  chainId: chainNumber,
  address,
  symbol: z.string(),
  name: z.string(),
  decimals: z.int().min(0),
  /** Symbol of a listed token that this one only looks like. */
  imitates: z.string().nullable(),
});

export type NetworkView = z.infer<typeof networkView>;
export type TokenView = z.infer<typeof tokenView>;
export type TokenOrder = z.infer<typeof tokenOrder>;
export type NetworkFormInput = z.infer<typeof networkForm>;
export type TokenOffer = z.infer<typeof tokenOffer>;
