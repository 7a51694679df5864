/** Ethereum addresses as people paste them. */
import { getAddress, zeroAddress } from 'viem';
import { WalletError } from '@/lib/errors';
import { otherChainOf } from '../other-chain';

export type AddressProblem = 'empty' | 'format' | 'checksum' | 'zero-address' | 'other-chain';

/**
 * The address with its checksum (EIP-55); spaces around it are ignored. Letters of one case carry no checksum and pass.
 * @throws WalletError `bad-address` with an `AddressProblem` as reason; of another chain with its name as `party`
 */
export function checkAddress(text: string): `0x${string}` {
  const trimmed = text.trim();
  if (trimmed === '') throw refused('empty');
  if (!/^0x[0-9a-fA-F]{40}$/.test(trimmed)) throw notOurs(trimmed);
  const digits = trimmed.slice(2);
  const lower: `0x${string}` = `0x${digits.toLowerCase()}`;
  const checksummed = getAddress(lower);
  const oneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (!oneCase && trimmed !== checksummed) throw refused('checksum');
  if (lower === zeroAddress) throw refused('zero-address');
  return checksummed;
}

function notOurs(text: string): WalletError {
  const chain = otherChainOf(text);
  return chain === null ? refused('format') : new WalletError('bad-address', { reason: 'other-chain', party: chain });
}

const refused = (reason: AddressProblem) => new WalletError('bad-address', { reason });
