/** The description of a wallet's JSON-RPC that MetaMask publishes (OpenRPC), with its examples. */
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

interface Example {
  readonly params: ReadonlyArray<{ readonly name: string; readonly value: unknown }>;
  readonly result: { readonly value: unknown };
}
/** One that stands elsewhere in the description, or its schema. */
type Param = { readonly $ref: string } | { readonly schema: object };
export interface SpecMethod {
  readonly name: string;
  readonly params: readonly Param[];
  readonly paramStructure?: 'by-name' | 'by-position' | 'either';
  readonly examples?: readonly Example[];
}

const { MetaMaskOpenRPCDocument: spec } = createRequire(import.meta.url)('@metamask/api-specs') as {
  readonly MetaMaskOpenRPCDocument: { readonly methods: readonly SpecMethod[] };
};
export const methods: readonly SpecMethod[] = spec.methods;

/** @throws Error for one that the description does not have */
export function methodOf(name: string): SpecMethod {
  const found = methods.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the description has no ${name}`);
  return found;
}

/** What a `$ref` within the description names. */
export const targetOf = <Target>(reference: string): Target =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce((place: unknown, name) => Reflect.get(place as object, name), spec) as Target;

const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false, unicodeRegExp: false });
ajv.addSchema(spec as object, 'spec');

/** What a result would have to be and is not; empty where it is. */
export function faultsOf({ name }: SpecMethod, result: unknown): string {
  const place = methods.findIndex((one) => one.name === name);
  const validate = ajv.compile({ $ref: `spec#/methods/${place}/result/schema` });
  return validate(result) ? '' : ajv.errorsText(validate.errors);
}

export interface Fitting {
  readonly account: string;
  readonly chainId: number;
}

/** The params of an example as the method takes them, with an account and a chain that the wallet has. */
export function paramsOf({ name, paramStructure }: SpecMethod, { params }: Example, fitting: Fitting): unknown {
  const ours = OF_ACCOUNT.has(name);
  const values = params.map((one) => ({ name: one.name, value: ours ? fitted(one.value, fitting) : one.value }));
  return paramStructure === 'by-name'
    ? Object.fromEntries(values.map(({ name: key, value }) => [key, value]))
    : values.map(({ value }) => value);
}

const OF_ACCOUNT: ReadonlySet<string> = new Set([
  'personal_sign',
  'eth_signTypedData_v4',
  'eth_sendTransaction',
  'wallet_getCapabilities',
  'wallet_sendCalls',
]);

function fitted(value: unknown, { account, chainId }: Fitting): unknown {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)) return account;
  if (Array.isArray(value)) return value.map(() => `0x${chainId.toString(16)}`);
  if (typeof value !== 'object' || value === null) return value;
  const { domain } = value as { readonly domain?: object };
  return {
    ...value,
    ...('from' in value ? { from: account } : {}),
    ...('chainId' in value ? { chainId: `0x${chainId.toString(16)}` } : {}),
    ...(domain === undefined ? {} : { domain: { ...domain, chainId } }),
  };
}
