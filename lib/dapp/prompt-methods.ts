/** What a site asks for that its user decides. Everything that can be refused is refused here, before anybody is asked. */
import { toHex } from 'viem';
import { z } from 'zod';
import { WalletError } from '@/lib/errors';
import {
  type Asked,
  MOST_BATCHED,
  parsed,
  readAddChain,
  readPermissions,
  readPersonalSign,
  readSendCalls,
  readSwitchChain,
  readTypedData,
  readWatchAsset,
  type SendCalls,
} from './asked';
import { checkNamedValues } from './named-values';
import { isOpaque } from './principal';
import { checkTypedData } from './review/check-typed-data';
import { normaliseCall } from './review/normalise-call';
import { invalidParams, RpcError } from './rpc-error';
import { allowedAccounts, chainIdOf, seenAccounts } from './site-state';
import type { DappDeps, OwnAccount } from './types';

const BATCH_ID_BYTES = 32;

/** Either the answer, where nobody has to be asked, or what is to be asked. */
export type Prompt = { readonly result: unknown } | { readonly asked: Asked };

type Reader = (deps: DappDeps, origin: string, params: unknown) => Promise<Prompt>;

const typedData =
  (version: 'v1' | 'v3' | 'v4'): Reader =>
  async (deps, origin, params) => {
    const { account, data: sent } = readTypedData(version, params);
    const chainId = await chainIdOf(deps, origin);
    const data = orInvalid(() => (version === 'v1' ? checkNamedValues(sent) : checkTypedData(sent, chainId)));
    const { address, at } = await signerOf(deps, origin, account);
    return { asked: { kind: 'typed-data', account: address, at, chainId, version, data } };
  };

const READERS: Readonly<Record<string, Reader>> = {
  eth_requestAccounts: async (deps, origin) => {
    const seen = await seenAccounts(deps, origin);
    if (seen.length > 0) return { result: seen };
    const allowed = await allowedAccounts(deps, origin);
    return { asked: { kind: 'connect', how: allowed.length > 0 ? 'unlock' : 'accounts' } };
  },
  wallet_requestPermissions: async (_, __, params) => {
    readPermissions(params);
    return { asked: { kind: 'connect', how: 'permissions' } };
  },
  personal_sign: async (deps, origin, params) => {
    const { account, message } = readPersonalSign(params);
    const { address, at } = await signerOf(deps, origin, account);
    return { asked: { kind: 'message', account: address, at, chainId: await chainIdOf(deps, origin), message } };
  },
  eth_signTypedData: typedData('v1'),
  eth_signTypedData_v1: typedData('v1'),
  eth_signTypedData_v3: typedData('v3'),
  eth_signTypedData_v4: typedData('v4'),
  eth_sendTransaction: async (deps, origin, params) => {
    const [call] = parsed(z.tuple([z.looseObject({ from: z.string() })]), params, 'Expected [transaction] with from.');
    const chainId = await chainIdOf(deps, origin);
    orInvalid(() => normaliseCall(call, addressOf(call.from), chainId));
    const { address, at } = await signerOf(deps, origin, call.from);
    return { asked: { kind: 'transaction', account: address, at, chainId, calls: [call], batch: null } };
  },
  wallet_sendCalls: readBatch,
  wallet_switchEthereumChain: async (deps, origin, params) => {
    const chainId = readSwitchChain(params);
    if (!(await deps.chains.isKnown(chainId)))
      throw new RpcError('unknown-chain', 'Unknown chain: add it with wallet_addEthereumChain first.');
    const from = await chainIdOf(deps, origin);
    return from === chainId ? { result: null } : { asked: { kind: 'switch-chain', from, chainId } };
  },
  wallet_addEthereumChain: async (deps, origin, params) => {
    const asked = readAddChain(params);
    if (!(await deps.chains.isKnown(asked.chainId))) return { asked };
    const from = await chainIdOf(deps, origin);
    if (from === asked.chainId) return { result: null };
    return { asked: { kind: 'switch-chain', from, chainId: asked.chainId } };
  },
  wallet_watchAsset: async (deps, origin, params) => ({
    asked: { kind: 'watch-asset', chainId: await chainIdOf(deps, origin), ...readWatchAsset(params) },
  }),
};

export const isPromptMethod = (method: string): boolean => Object.hasOwn(READERS, method);

/** @throws RpcError */
export async function readPrompt(deps: DappDeps, origin: string, method: string, params: unknown): Promise<Prompt> {
  const read = READERS[method];
  if (read === undefined) throw new RpcError('method-not-found', 'No such method.');
  if (isOpaque(origin)) throw new RpcError('unauthorized', 'A page without an origin of its own has no accounts.');
  return read(deps, origin, params);
}

async function readBatch(deps: DappDeps, origin: string, params: unknown): Promise<Prompt> {
  const sent = readSendCalls(params);
  refuseCapabilities(sent);
  const { chainId } = sent;
  if (!(await deps.chains.isKnown(chainId))) throw new RpcError('unsupported-chain', 'This chain is not known.');
  if (sent.atomicRequired) throw new RpcError('atomicity-unsupported', 'Calls are sent one after the other.');
  if (sent.calls.length > MOST_BATCHED) throw new RpcError('batch-too-large', `At most ${MOST_BATCHED} calls.`);
  const batch = sent.id ?? toHex(deps.random(BATCH_ID_BYTES));
  const { address, at } = await signerOf(deps, origin, sent.from ?? (await allowedAccounts(deps, origin))[0]?.address);
  const calls = sent.calls.map(({ to, value, data }) => ({ from: address, to, value, data }));
  orInvalid(() => calls.map((call) => normaliseCall(call, address, chainId)));
  return { asked: { kind: 'transaction', account: address, at, chainId, calls, batch } };
}

/** None are supported; one that is not optional ends it. */
function refuseCapabilities({ capabilities = {}, calls }: SendCalls): void {
  const named = [capabilities, ...calls.map((call) => call.capabilities ?? {})].flatMap((one) => Object.values(one));
  if (named.some(({ optional }) => optional !== true))
    throw new RpcError('unsupported-capability', 'A capability that is not supported is required.');
}

/** The account that is to sign, if the site was given it. @throws RpcError `unauthorized` */
async function signerOf(deps: DappDeps, origin: string, wanted: string | undefined): Promise<OwnAccount> {
  const allowed = await allowedAccounts(deps, origin);
  const found = allowed.find(({ address }) => address.toLowerCase() === wanted?.toLowerCase());
  if (!found) throw new RpcError('unauthorized', 'The site was not given this account.');
  return found;
}

function addressOf(text: string): `0x${string}` {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw invalidParams('Expected from: an account of 20 bytes.');
  return `0x${text.slice(2).toLowerCase()}`;
}

/** What the checks of the wallet refuse is the site's mistake here. */
function orInvalid<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof WalletError)) throw error;
    throw invalidParams(`Invalid: ${error.details.reason ?? 'params'}.`);
  }
}
