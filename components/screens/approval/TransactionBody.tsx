import { Group } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import type { FeeChoice } from '@/lib/bus/protocol';
import type { AllowanceChoice, AmountFacts, BalanceChanges, Deed, PartyFacts, Review } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import { type FeeFieldProblem, FeePart } from '../send/FeePart';
import { DeedFacts } from './DeedFacts';
import { deedText } from './deed-text';
import { exactAmount } from './facts-text';
import { Changes } from './Parts';

export interface TransactionBodyProps {
  readonly review: Extract<Review, { kind: 'transaction' }>;
  /** Level or own numbers, as they were chosen last. */
  readonly fee: FeeChoice;
  readonly feeProblem: FeeFieldProblem | null;
  readonly onFee: (fee: FeeChoice) => void;
  /** Units of the token, or null for what the site asked. */
  readonly onAllowance: (units: string | null) => void;
}

/** What calls do, what they change, what they cost. */
export function TransactionBody({ review, fee, feeProblem, onFee, onAllowance }: TransactionBodyProps) {
  const { deeds, moreDeeds, changes, fees, allowance, chain } = review;
  const total = deeds.length + moreDeeds;
  return (
    <>
      {allowance !== null && <Allowance allowance={allowance} onAllowance={onAllowance} />}
      <Changes changes={beyond(changes, deeds)} />
      {deeds.map((deed, place) =>
        total === 1 ? (
          <DeedFacts key="only" deed={deed} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <Group key={place} label={t('approval.call-of', { place: place + 1, total })}>
            <p className="px-0.5 font-medium text-body [overflow-wrap:anywhere]">{deedText(deed).title}</p>
            <DeedFacts deed={deed} />
          </Group>
        ),
      )}
      {moreDeeds > 0 && <p className="px-0.5 text-small text-warn">{t('approval.calls-more', { count: moreDeeds })}</p>}
      <FeePart
        fee={fee}
        quote={fees}
        symbol={chain.symbol}
        decimals={chain.decimals}
        problem={feeProblem}
        onFee={onFee}
      />
      {fees.chosen === 'site' && <p className="px-0.5 text-ink-2 text-small">{t('approval.fees.site')}</p>}
      {fees.tooLittle && <Note tone="danger" title={t('approval.fees.too-little', { symbol: chain.symbol })} />}
    </>
  );
}

/** A right that a deed says already is not told a second time, unless it is a greater one. */
function beyond(changes: BalanceChanges, deeds: readonly Deed[]): BalanceChanges {
  if (changes.kind !== 'known') return changes;
  const keyOf = (spender: PartyFacts, { asset }: AmountFacts) => `${spender.address} ${asset.address} ${asset.tokenId}`;
  const said = new Map(
    deeds.flatMap((deed) =>
      deed.kind === 'allow' ? [[keyOf(deed.spender, deed.amount), BigInt(deed.amount.units)] as const] : [],
    ),
  );
  const handed = new Set(
    deeds.flatMap((deed) =>
      deed.kind === 'allow-collection' ? [deed.operator.address + deed.collection.address] : [],
    ),
  );
  return {
    ...changes,
    allows: changes.allows.filter(
      ({ spender, amount }) => BigInt(amount.units) > (said.get(keyOf(spender, amount)) ?? -1n),
    ),
    collections: changes.collections.filter(
      ({ operator, collection }) => !handed.has(operator.address + collection.address),
    ),
  };
}

interface AllowanceProps {
  readonly allowance: AllowanceChoice;
  readonly onAllowance: (units: string | null) => void;
}

/** The safer limit first. */
function Allowance({ allowance: { asked, now, heldUnits }, onAllowance }: AllowanceProps) {
  if (heldUnits === null || heldUnits === '0' || BigInt(heldUnits) >= BigInt(asked.units)) return null;
  const held = exactAmount({ ...asked, units: heldUnits, bound: 'exact' });
  const all = asked.bound === 'unlimited' ? t('approval.allowance.none') : exactAmount(asked);
  return (
    <Group label={t('approval.allowance')}>
      <SegmentedControl<'held' | 'asked'>
        label={t('approval.allowance')}
        value={now.units === asked.units ? 'asked' : 'held'}
        onValue={(value) => onAllowance(value === 'held' ? heldUnits : null)}
        segments={[
          { value: 'held', label: held, detail: `${t('approval.allowance.held')} · ${t('approval.allowance.safer')}` },
          { value: 'asked', label: all, detail: t('approval.allowance.asked') },
        ]}
      />
    </Group>
  );
}
