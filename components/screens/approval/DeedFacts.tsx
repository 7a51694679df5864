import type { Deed } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import { boundAmount, endText } from './facts-text';
import { FactRow, Facts, Party } from './Parts';

export interface DeedFactsProps {
  readonly deed: Deed;
  /** What the account holds of what is at stake, in words. */
  readonly held?: string | null;
}

/** What a deed says of itself, line by line. */
export function DeedFacts({ deed, held = null }: DeedFactsProps) {
  switch (deed.kind) {
    case 'send':
      return (
        <Facts>
          <FactRow label={t('approval.how-much')}>{boundAmount(deed.amount)}</FactRow>
          {deed.from !== null && (
            <FactRow label={t('approval.comes-from')}>
              <Party party={deed.from} />
            </FactRow>
          )}
          <FactRow label={t('approval.goes-to')}>
            <Party party={deed.to} />
          </FactRow>
        </Facts>
      );
    case 'allow':
      return (
        <Facts>
          <FactRow label={t('approval.spender')}>
            <Party party={deed.spender} />
          </FactRow>
          <FactRow
            label={t('approval.how-much')}
            {...(deed.amount.bound === 'unlimited' && { tone: 'danger' as const })}
          >
            {boundAmount(deed.amount)}
          </FactRow>
        </Facts>
      );
    case 'allow-ended':
      return (
        <Facts>
          <FactRow label={t('approval.spender')}>
            <Party party={deed.spender} />
          </FactRow>
        </Facts>
      );
    case 'allow-collection':
    case 'allow-collection-ended':
      return (
        <Facts>
          <FactRow label={t('approval.spender')}>
            <Party party={deed.operator} />
          </FactRow>
          <FactRow label={t('approval.contract')}>
            <Party party={deed.collection} />
          </FactRow>
        </Facts>
      );
    case 'wrap':
    case 'unwrap':
      return (
        <Facts>
          <FactRow label={t('approval.how-much')}>{boundAmount(deed.amount)}</FactRow>
        </Facts>
      );
    case 'swap':
      return (
        <Facts>
          {deed.give !== null && <FactRow label={t('approval.gives')}>{boundAmount(deed.give)}</FactRow>}
          {deed.get !== null && <FactRow label={t('approval.gets')}>{boundAmount(deed.get)}</FactRow>}
          <FactRow label={t('approval.goes-to')}>
            <Party party={deed.router} />
          </FactRow>
        </Facts>
      );
    case 'deploy':
      return null;
    case 'described':
      return (
        <>
          <p className="px-0.5 text-ink-2 text-small">{t('approval.described')}</p>
          <Facts>
            {deed.amount !== null && <FactRow label={t('approval.gives')}>{boundAmount(deed.amount)}</FactRow>}
            {deed.fields.map(({ label, value }) => (
              <FactRow key={label + value} label={label}>
                {value}
              </FactRow>
            ))}
            <FactRow label={t('approval.goes-to')}>
              <Party party={deed.to} />
            </FactRow>
          </Facts>
          <LeftOut count={deed.more} />
        </>
      );
    case 'call':
      return (
        <Facts>
          {deed.amount !== null && <FactRow label={t('approval.how-much')}>{boundAmount(deed.amount)}</FactRow>}
          <FactRow label={t('approval.goes-to')}>
            <Party party={deed.to} />
          </FactRow>
          {deed.selector !== null && (
            <FactRow label={t('approval.function')}>
              <bdi dir="ltr" className="font-mono">
                {deed.signature ?? deed.selector}
              </bdi>
            </FactRow>
          )}
        </Facts>
      );
    case 'permit':
      return <PermitFacts deed={deed} held={held} />;
    case 'order':
      return (
        <>
          <Facts>
            {deed.gives.map((amount, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a thing is its place
              <FactRow key={place} label={t('approval.gives')}>
                {boundAmount(amount)}
              </FactRow>
            ))}
            {deed.gets.map((amount, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a thing is its place
              <FactRow key={place} label={t('approval.gets')}>
                {boundAmount(amount)}
              </FactRow>
            ))}
            <FactRow label={t('approval.until')}>{endText(deed.untilMs)}</FactRow>
          </Facts>
          <LeftOut count={deed.more} />
        </>
      );
    default:
      return deed satisfies never;
  }
}

type Permit = Extract<Deed, { kind: 'permit' }>;

/** Signatures that end while the right that they have given does not. */
const LASTING: ReadonlySet<Permit['how']> = new Set(['erc2612', 'dai', 'erc721']);

function PermitFacts({ deed, held }: { readonly deed: Permit; readonly held: string | null }) {
  const { spender, amounts, more, untilMs, how } = deed;
  const isLasting = LASTING.has(how);
  return (
    <>
      <Facts>
        <FactRow label={t('approval.spender')}>
          <Party party={spender} />
        </FactRow>
        {amounts.map((amount, place) => (
          <FactRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an amount is its place
            key={place}
            label={t('approval.how-much')}
            {...(amount.bound === 'unlimited' && { tone: 'danger' as const })}
          >
            {boundAmount(amount)}
          </FactRow>
        ))}
        {held !== null && <FactRow label={t('approval.you-hold')}>{held}</FactRow>}
        <FactRow label={t(isLasting ? 'approval.use-by' : 'approval.until')}>{endText(untilMs)}</FactRow>
        {isLasting && <FactRow label={t('approval.right-itself')}>{endText(null)}</FactRow>}
      </Facts>
      <LeftOut count={more} />
    </>
  );
}

/** What a list has no room for is counted below it. */
function LeftOut({ count }: { readonly count: number }) {
  return count > 0 && <p className="px-0.5 text-small text-warn">{t('approval.left-out', { count })}</p>;
}
