/** ERC-20 (EIP-20): what is asked of a token's contract, and what its answers mean. */
import {
  decodeFunctionResult,
  encodeFunctionData,
  getAddress,
  type Hex,
  hexToBigInt,
  hexToString,
  parseAbi,
  size,
  slice,
} from 'viem';
import { WalletError } from '@/lib/errors';
import type { Address, Token } from '../types';
import { contractAnswer, type NodeClient, reach } from './node-client';

const ERC20 = parseAbi([
  'function name() view returns (string)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address owner) view returns (uint256)',
  'function transfer(address to, uint256 units) returns (bool)',
]);

const MOST_DECIMALS = 36;
const WORD_BYTES = 32;
/** A name longer than this is cut; the screen has no room for more, and a token has no need of it. */
const LONGEST_SYMBOL = 20;
const LONGEST_NAME = 60;

export const balanceOfData = (owner: Address): Hex =>
  encodeFunctionData({ abi: ERC20, functionName: 'balanceOf', args: [owner] });

export const transferData = (to: Address, units: bigint): Hex =>
  encodeFunctionData({ abi: ERC20, functionName: 'transfer', args: [to, units] });

/** A balance, or null if that is no answer to `balanceOf`. */
export const readUnits = (answer: Hex | null): bigint | null =>
  answer !== null && size(answer) >= WORD_BYTES ? hexToBigInt(slice(answer, 0, WORD_BYTES)) : null;

/** Whether a transfer would be done: old tokens (USDT) return nothing, others true; false is a refusal without revert. */
export const transferSucceeds = (answer: Hex | null): boolean =>
  answer !== null && (answer === '0x' || readUnits(answer) === 1n);

/** @throws WalletError `bad-token` with a reason, `chain-unreachable` */
export async function readToken(client: NodeClient, address: Address): Promise<Token> {
  const ask = (functionName: 'name' | 'symbol' | 'decimals') =>
    contractAnswer(client, { to: address, data: encodeFunctionData({ abi: ERC20, functionName }) });
  const [code, held, symbol, name, decimals] = await Promise.all([
    reach(client.request({ method: 'eth_getCode', params: [address, 'latest'] })),
    contractAnswer(client, { to: address, data: balanceOfData(address) }),
    ask('symbol'),
    ask('name'),
    ask('decimals'),
  ]);
  if (code === undefined || code === '0x') throw refused('no-contract');
  if (readUnits(held) === null) throw refused('not-a-token');
  const places = readUnits(decimals);
  if (places === null || places > BigInt(MOST_DECIMALS)) throw refused('no-decimals');
  const shortName = readText(symbol, LONGEST_SYMBOL);
  if (shortName === '') throw refused('no-symbol');
  return {
    address: getAddress(address),
    symbol: shortName,
    name: readText(name, LONGEST_NAME) || shortName,
    decimals: Number(places),
  };
}

const refused = (reason: string) => new WalletError('bad-token', { reason });

/** A text of a contract, which may say anything: no line breaks, no characters that are not seen or turn the line. */
function readText(answer: Hex | null, longest: number): string {
  if (answer === null) return '';
  return Array.from(
    decodeText(answer)
      .normalize('NFC')
      .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
      .trim(),
  )
    .slice(0, longest)
    .join('');
}

/** A string, or 32 bytes with zeroes at the end as the first tokens have it (MKR). */
function decodeText(answer: Hex): string {
  try {
    if (size(answer) === WORD_BYTES) return hexToString(answer, { size: WORD_BYTES });
    return decodeFunctionResult({ abi: ERC20, functionName: 'name', data: answer });
  } catch {
    return '';
  }
}
