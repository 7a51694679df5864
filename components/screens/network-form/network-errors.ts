import type { ErrorFacts } from '@/lib/bus/snapshot';
import { type MessageKey, t } from '@/lib/i18n';

/** Reasons at the fields; `other` belongs to none of them. */
export interface NetworkErrors {
  readonly name?: string;
  readonly rpcUrl?: string;
  readonly chainId?: string;
  readonly symbol?: string;
  readonly explorerUrl?: string;
  readonly other?: string;
}

/** Texts that need no facts, by reason. */
type Plain = Exclude<
  MessageKey & `network.bad.${string}`,
  'network.bad.chain-id-denied' | 'network.bad.chain-id-taken'
>;

const AT: Readonly<Record<string, readonly [field: keyof NetworkErrors, key: Plain]>> = {
  'name-empty': ['name', 'network.bad.name-empty'],
  'rpc-empty': ['rpcUrl', 'network.bad.rpc-empty'],
  'rpc-format': ['rpcUrl', 'network.bad.rpc-format'],
  'rpc-insecure': ['rpcUrl', 'network.bad.rpc-insecure'],
  'rpc-out-of-reach': ['rpcUrl', 'network.bad.rpc-out-of-reach'],
  'rpc-unreachable': ['rpcUrl', 'network.bad.rpc-unreachable'],
  'rpc-refused': ['rpcUrl', 'network.bad.rpc-refused'],
  'rpc-garbage': ['rpcUrl', 'network.bad.rpc-garbage'],
  permission: ['rpcUrl', 'network.bad.permission'],
  'chain-id-format': ['chainId', 'network.bad.chain-id-format'],
  'symbol-format': ['symbol', 'network.bad.symbol-format'],
  'explorer-format': ['explorerUrl', 'network.bad.explorer-format'],
  selected: ['other', 'network.bad.selected'],
  'in-use': ['other', 'network.bad.in-use'],
};

/**
 * The reason beside the field that an error is about; null if it is about none and needs a note.
 * @param chainIdField `fixed` where it is not typed: then it is the node that is wrong
 */
export function networkErrors(error: ErrorFacts, chainIdField: 'typed' | 'fixed'): NetworkErrors | null {
  if (error.code !== 'bad-network') return null;
  const { reason = '', chainId = 0, party = '' } = error.details;
  const place = chainIdField === 'typed' ? 'chainId' : 'rpcUrl';
  if (reason === 'chain-id-denied') return { [place]: t('network.bad.chain-id-denied', { chainId }) };
  if (reason === 'chain-id-taken') return { chainId: t('network.bad.chain-id-taken', { name: party }) };
  const [field, key] = AT[reason] ?? [];
  return field === undefined || key === undefined ? null : { [field]: t(key) };
}
