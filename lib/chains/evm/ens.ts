/** Names of the Ethereum Name Service, asked of the chain's own node: no gateway, no other server. */
import { decodeAbiParameters, encodeFunctionData, namehash, parseAbi, toHex } from 'viem';
import { normalize, packetToBytes } from 'viem/ens';
import { WalletError } from '@/lib/errors';
import { hasNames } from '../names';
import { checkAddress } from './address';

/** The universal resolver (ENSIP-10), at the same address on both chains: docs.ens.domains/resolvers/universal. */
const UNIVERSAL_RESOLVER = '0xeeeeeeee14d718c2b47d9923deab1335e144eeee';
/** `OffchainLookup` (EIP-3668): the name is kept by a server that the resolver names. */
const OFFCHAIN_LOOKUP = '0x556f1830';

const abi = parseAbi([
  'function resolve(bytes name, bytes data) view returns (bytes result, address resolver)',
  'function addr(bytes32 node) view returns (address)',
]);

export type NameProblem = 'name-format' | 'name-not-here' | 'name-not-found' | 'name-off-chain';

/** Whether a text is meant as a name: something, a dot, something, and no spaces. */
export const isName = (text: string): boolean => /^[^\s.]+(\.[^\s.]+)+$/u.test(text.trim());

/** An answer of the node to `eth_call`: what it returned, or the data of a revert. */
export type CallAnswer = { readonly returned: `0x${string}` } | { readonly reverted: string };

export interface ResolvedName {
  readonly address: `0x${string}`;
  /** As it was looked up: in small letters, without look-alike characters (ENSIP-15). */
  readonly name: string;
}

/**
 * The address of a name.
 * @param call asks the chain's node; @throws `chain-unreachable`
 * @throws WalletError `bad-address` with a `NameProblem` as reason
 */
export async function resolveName(
  text: string,
  chainId: number,
  call: (to: `0x${string}`, data: `0x${string}`) => Promise<CallAnswer>,
): Promise<ResolvedName> {
  if (!hasNames(chainId)) throw refused('name-not-here');
  const name = normalized(text.trim());
  const question = encodeFunctionData({ abi, functionName: 'addr', args: [namehash(name)] });
  const data = encodeFunctionData({ abi, functionName: 'resolve', args: [toHex(packetToBytes(name)), question] });
  const answer = await call(UNIVERSAL_RESOLVER, data);
  if ('reverted' in answer)
    throw refused(answer.reverted.startsWith(OFFCHAIN_LOOKUP) ? 'name-off-chain' : 'name-not-found');
  return { address: addressIn(answer.returned), name };
}

function normalized(name: string): string {
  try {
    return normalize(name);
  } catch {
    throw refused('name-format');
  }
}

/** @throws WalletError if the node returned no address, or that of nobody */
function addressIn(returned: `0x${string}`): `0x${string}` {
  try {
    const [result] = decodeAbiParameters([{ type: 'bytes' }, { type: 'address' }], returned);
    const [address] = decodeAbiParameters([{ type: 'address' }], result);
    return checkAddress(address);
  } catch {
    throw refused('name-not-found');
  }
}

const refused = (reason: NameProblem) => new WalletError('bad-address', { reason });
