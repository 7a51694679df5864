/** `eth_signTypedData` in its three versions. */

import { z } from 'zod';
import type { Review, Risk, RiskKind, TypedRow } from '@/lib/bus/review';
import { RISK_LEVEL } from '@/lib/bus/review';
import { typedDataHashes } from '@/lib/chains/evm/digest';
import { WalletError } from '@/lib/errors';
import type { TypedData } from './check-typed-data';
import { accountRisks, deedRisks, sortedRisks } from './deed-risks';
import { digestOf } from './digest';
import { lineOf, rawOf, riskOf, visible, wordOf } from './facts';
import { isPermit2, knownTypedData, shownDeed } from './known-typed-data';
import { typedRows } from './typed-rows';
import type { Address, Occasion, Surroundings } from './types';

/** @param data as `checkTypedData` gives it; that, and not what the site has sent, is signed */
export async function reviewTypedData(
  occasion: Occasion,
  around: Surroundings,
  data: TypedData,
  version: 'v3' | 'v4',
  askerRisks: readonly Risk[],
): Promise<Review> {
  const { account } = occasion;
  const contract =
    typeof data.domain.verifyingContract === 'string' ? (data.domain.verifyingContract as Address) : null;
  const [deeds, rows, own, party] = await Promise.all([
    knownTypedData(data, account, around),
    typedRows(data, around),
    around.party(account),
    contract === null ? null : around.party(contract),
  ]);
  const deed = deeds === null ? null : shownDeed(deeds);
  const perDeed = await Promise.all((deeds ?? []).map((one) => deedRisks(one, occasion, around)));
  const isForged = (deed?.kind === 'permit' && deed.how.startsWith('permit2') && !isPermit2(data)) || false;
  const risks = [
    ...askerRisks,
    ...accountRisks(own),
    ...(deed === null ? [riskOf('not-understood', { party })] : onceEach(ORDER_RISKS, perDeed.flat())),
    ...(isForged ? [riskOf('foreign-contract', { party })] : []),
    // Without a chain it can be used on all of them.
    ...(deed !== null && data.domain.chainId === undefined ? [riskOf('wrong-chain')] : []),
  ];
  return {
    kind: 'typed-data',
    asker: occasion.asker,
    account,
    chain: occasion.chain,
    version,
    primaryType: wordOf(data.primaryType),
    domainName: typeof data.domain.name === 'string' ? lineOf(data.domain.name) : null,
    contract: party,
    deed,
    rows: [...rows.rows],
    moreRows: rows.more,
    hashes: typedDataHashes(data),
    risks: sortedRisks(risks, Object.keys(RISK_LEVEL)),
    raw: [rawOf('typed-data', JSON.stringify(data, null, 2))],
    digest: digestOf({ method: `eth_signTypedData_${version}`, account: account.toLowerCase(), data }),
  };
}

/** One of several orders speaks for all. */
const ORDER_RISKS: ReadonlySet<RiskKind> = new Set<RiskKind>(['order', 'order-for-nothing']);

const onceEach = (kinds: ReadonlySet<RiskKind>, risks: readonly Risk[]): readonly Risk[] =>
  risks.filter(({ kind }, place) => !kinds.has(kind) || risks.findIndex((one) => one.kind === kind) === place);

const entry = z.strictObject({ type: z.string().max(120), name: z.string().max(120), value: z.unknown() });
const list = z.array(entry).min(1).max(100);
const LONGEST_VALUE = 2_000;

export type TypedEntries = z.output<typeof list>;

/** The list of version 1, which has neither domain nor structs. @throws WalletError `bad-message` */
export function checkTypedEntries(sent: unknown): TypedEntries {
  const parsed = list.safeParse(sent);
  const isPlain = ({ value }: TypedEntries[number]) => ['string', 'number', 'boolean'].includes(typeof value);
  const isSized = ({ value }: TypedEntries[number]) => String(value).length <= 20_000;
  if (!parsed.success || !parsed.data.every((one) => isPlain(one) && isSized(one)))
    throw new WalletError('bad-message', { reason: 'typed-data' });
  return parsed.data;
}

export function reviewTypedEntries(occasion: Occasion, entries: TypedEntries, askerRisks: readonly Risk[]): Review {
  const rows = entries.map(({ type, name, value }): TypedRow => {
    const text = visible(String(value));
    const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
    return { depth: 0, name: wordOf(name), type: wordOf(type), value: shown, amount: null, party: null };
  });
  return {
    kind: 'typed-data',
    asker: occasion.asker,
    account: occasion.account,
    chain: occasion.chain,
    version: 'v1',
    primaryType: '',
    domainName: null,
    contract: null,
    deed: null,
    rows,
    moreRows: 0,
    hashes: null,
    risks: sortedRisks([...askerRisks, riskOf('not-understood')], Object.keys(RISK_LEVEL)),
    raw: [rawOf('typed-data', JSON.stringify(entries, null, 2))],
    digest: digestOf({ method: 'eth_signTypedData', account: occasion.account.toLowerCase(), entries }),
  };
}
