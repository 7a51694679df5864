/** What a site is answered at once, from what the wallet knows. */
import { z } from 'zod';
import { recoverSigner } from '@/lib/chains/evm/digest';
import { parsed, readPermissions } from './asked';
import { getCallsStatus } from './batches';
import { isOpaque } from './principal';
import { RpcError } from './rpc-error';
import { allowedAccounts, chainIdOf, hexOf, seenAccounts } from './site-state';
import type { DappDeps } from './types';

type Answerer = (deps: DappDeps, origin: string, params: unknown) => Promise<unknown>;

const hex = z.custom<`0x${string}`>((value) => typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value));
const signatureHex = z.custom<`0x${string}`>(
  (value) => typeof value === 'string' && /^0x[0-9a-fA-F]{130}$/.test(value),
);

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  eth_chainId: async (deps, origin) => hexOf(await chainIdOf(deps, origin)),
  net_version: async (deps, origin) => String(await chainIdOf(deps, origin)),
  web3_clientVersion: async ({ version }) => `Halfkey/v${version}`,
  eth_accounts: seenAccounts,
  eth_coinbase: async (deps, origin) => (await seenAccounts(deps, origin))[0] ?? null,
  halfkey_isUnlocked: async (deps, origin) => (await seenAccounts(deps, origin)).length > 0,
  wallet_getPermissions: permissionsOf,
  wallet_revokePermissions: async (deps, origin, params) => {
    readPermissions(params);
    // The network that the site has chosen stays: EIP-2255 gives back accounts only.
    if (!isOpaque(origin) && (await deps.sites.find(origin)) !== null) await deps.sites.connect(origin, []);
    deps.changed();
    return null;
  },
  wallet_getCapabilities: async (deps, origin, params) => {
    const expected = 'Expected [account], and chain ids in hex.';
    const [account, chainIds] = parsed(
      z.tuple([
        z.string(),
        z
          .array(z.string().regex(/^0x[0-9a-fA-F]{1,13}$/))
          .max(100)
          .optional(),
      ]),
      params,
      expected,
    );
    const allowed = await allowedAccounts(deps, origin);
    if (!allowed.some(({ address }) => address.toLowerCase() === account.toLowerCase()))
      throw new RpcError('unauthorized', 'The site was not given this account.');
    const wanted = chainIds ?? [hexOf(await chainIdOf(deps, origin))];
    const known = await Promise.all(wanted.map((chainId) => deps.chains.isKnown(Number(chainId))));
    const supported = wanted.filter((_, at) => known[at]);
    return Object.fromEntries(supported.map((chainId) => [chainId, { atomic: { status: 'unsupported' } }]));
  },
  wallet_getCallsStatus: getCallsStatus,
  personal_ecRecover: async (_, __, params) => {
    const expected = 'Expected [message, signature] in hex.';
    const [message, signature] = parsed(z.tuple([hex, signatureHex]), params, expected);
    const signer = recoverSigner(message, signature);
    if (signer === null) throw new RpcError('invalid-params', 'This is no signature.');
    return signer.toLowerCase();
  },
};

export const isDirectMethod = (method: string): boolean => Object.hasOwn(ANSWERERS, method);

/** @throws RpcError */
export async function answerDirectly(
  deps: DappDeps,
  origin: string,
  method: string,
  params: unknown,
): Promise<unknown> {
  const answer = ANSWERERS[method];
  if (answer === undefined) throw new RpcError('method-not-found', 'No such method.');
  return answer(deps, origin, params);
}

/** EIP-2255. */
export async function permissionsOf(deps: DappDeps, origin: string): Promise<unknown> {
  const accounts = await seenAccounts(deps, origin);
  if (accounts.length === 0) return [];
  return [
    {
      invoker: origin,
      parentCapability: 'eth_accounts',
      caveats: [{ type: 'restrictReturnedAccounts', value: accounts }],
    },
  ];
}

/** Known to others, and refused here. */
const REFUSED =
  /^(eth_sign|eth_signTransaction|eth_getEncryptionPublicKey|eth_decrypt|eth_subscribe|eth_unsubscribe|wallet_.*)$/;

/** What a method that is none of ours is answered. */
export function refusalOf(method: string): RpcError {
  if (REFUSED.test(method)) return new RpcError('unsupported', 'The method is not supported.');
  return new RpcError('method-not-found', 'The method does not exist.');
}
