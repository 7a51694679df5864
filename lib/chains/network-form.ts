/** A network as it is typed in, and what may be wrong with it before anybody is asked. */
import { WalletError } from '@/lib/errors';

/** As typed. */
export interface NetworkForm {
  readonly name: string;
  readonly rpcUrl: string;
  readonly chainId: string;
  readonly symbol: string;
  /** Empty where there is none. */
  readonly explorerUrl: string;
}

/** Why a network is refused; each belongs to one field. */
export type NetworkProblem =
  | 'name-empty'
  | 'rpc-empty'
  | 'rpc-format'
  | 'rpc-insecure'
  | 'rpc-out-of-reach'
  | 'rpc-unreachable'
  | 'rpc-refused'
  | 'rpc-garbage'
  | 'chain-id-format'
  | 'chain-id-denied'
  | 'chain-id-taken'
  | 'symbol-format'
  | 'explorer-format'
  | 'selected'
  | 'in-use';

export interface CheckedNetwork {
  readonly name: string;
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly symbol: string;
  readonly explorerUrl: string | null;
}

const LONGEST_SYMBOL = 10;
/** UTF-16 units. */
const LONGEST_NAME = 40;
/** Of the last character, where the other half was cut off. */
const HALF_A_PAIR = /[\uD800-\uDBFF]$/;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * What a form means.
 * @param mayReach whether this build may talk to a node at all
 * @throws WalletError `bad-network` with a `NetworkProblem` as reason: the first field that is wrong, from above
 */
export function checkNetworkForm(form: NetworkForm, mayReach: (rpcUrl: URL) => boolean): CheckedNetwork {
  const name = form.name.trim().slice(0, LONGEST_NAME).replace(HALF_A_PAIR, '');
  if (name === '') throw refused('name-empty');
  const rpcUrl = checkNodeUrl(form.rpcUrl, mayReach);
  const chainId = checkChainId(form.chainId);
  const symbol = form.symbol.trim();
  if (symbol === '' || symbol.length > LONGEST_SYMBOL || !/^[\p{L}\p{N}.$₮-]+$/u.test(symbol))
    throw refused('symbol-format');
  return { name, rpcUrl, chainId, symbol, explorerUrl: checkExplorer(form.explorerUrl) };
}

/** @throws WalletError `bad-network` with a `NetworkProblem` as reason */
export function checkNodeUrl(text: string, mayReach: (rpcUrl: URL) => boolean): string {
  const trimmed = text.trim();
  if (trimmed === '') throw refused('rpc-empty');
  const url = parseUrl(trimmed);
  // The browser sends nothing to an address with a password in it.
  if (url === null || url.username !== '' || url.password !== '') throw refused('rpc-format');
  if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) throw refused('rpc-insecure');
  if (!mayReach(url)) throw refused('rpc-out-of-reach');
  return trimmed;
}

/** Decimal, or hexadecimal after `0x` as some documents have it. */
function checkChainId(text: string): number {
  const trimmed = text.trim();
  const chainId = /^([0-9]+|0x[0-9a-fA-F]+)$/.test(trimmed) ? Number(trimmed) : 0;
  if (chainId < 1 || !Number.isSafeInteger(chainId)) throw refused('chain-id-format');
  return chainId;
}

function checkExplorer(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (parseUrl(trimmed) === null) throw refused('explorer-format');
  return trimmed;
}

function parseUrl(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

const refused = (reason: NetworkProblem) => new WalletError('bad-network', { reason });
