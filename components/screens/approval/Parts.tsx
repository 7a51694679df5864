import { ArrowDownLeft, ArrowUpRight, BadgeCheck, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card, Group } from '@/components/ui/Card';
import { classes } from '@/components/ui/classes';
import { Note } from '@/components/ui/Note';
import { Pill } from '@/components/ui/Pill';
import { AddressLine } from '@/components/wallet/AddressLine';
import type { AmountFacts, BalanceChanges, PartyFacts, RawText, Risk } from '@/lib/bus/review';
import { t } from '@/lib/i18n';
import { boundAmount, partyName, riskText } from './facts-text';
import { levelOf } from './risks';

/** What speaks against it: what can lose something first, in red; the rest below. */
export function RiskNotes({ risks }: { readonly risks: readonly Risk[] }) {
  return risks.map((risk, place) => {
    const { title, text } = riskText(risk);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
      <div key={place} className="[overflow-wrap:anywhere]">
        <Note tone={levelOf(risk)} title={title}>
          {text}
        </Note>
      </div>
    );
  });
}

/** Names and values below each other, with hairlines between. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return (
    <Card className="px-3.5">
      <dl className="[&>*:not(:first-child)]:border-line [&>*:not(:first-child)]:border-t">{children}</dl>
    </Card>
  );
}

export function FactRow({
  label,
  tone,
  children,
}: {
  readonly label: string;
  readonly tone?: 'danger';
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2.5 text-small">
      <dt className="text-ink-2">{label}</dt>
      <dd
        className={classes(
          'ms-auto min-w-0 text-end font-medium tabular-nums [overflow-wrap:anywhere]',
          tone === 'danger' && 'text-danger',
        )}
      >
        {children}
      </dd>
    </div>
  );
}

/** Somebody: the name where we know one, else the address; whether we know them, in a word. */
export function Party({ party }: { readonly party: PartyFacts }) {
  const { name, address, known } = party;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2 gap-y-0.5">
      {name === null ? <AddressLine address={address} /> : <bdi title={address}>{partyName(party)}</bdi>}
      {known !== 'no' && (
        <Pill
          tone={known === 'own' ? 'neutral' : 'success'}
          size="row"
          icon={<BadgeCheck aria-hidden="true" size={12} />}
        >
          {t(known === 'own' ? 'approval.own' : 'approval.known')}
        </Pill>
      )}
    </span>
  );
}

function Change({ amount, direction }: { readonly amount: AmountFacts; readonly direction: 'gives' | 'gets' }) {
  const Icon = direction === 'gives' ? ArrowUpRight : ArrowDownLeft;
  return (
    <li className="flex items-center gap-3 border-line px-3.5 py-2.5 not-first:border-t">
      <span
        className={classes(
          'grid size-8 shrink-0 place-items-center rounded-full',
          direction === 'gives' ? 'bg-sunken text-ink-2' : 'bg-success-soft text-success',
        )}
      >
        <Icon aria-hidden="true" size={16} className="rtl:-scale-x-100" />
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3 text-body">
        <span>{t(`approval.${direction}`)}</span>
        <bdi
          dir="ltr"
          className={classes(
            'ms-auto min-w-0 text-end font-medium tabular-nums [overflow-wrap:anywhere]',
            direction === 'gets' && 'text-success',
          )}
        >
          {direction === 'gives' ? '−' : '+'}
          {boundAmount(amount)}
        </bdi>
      </span>
    </li>
  );
}

/** What goes and comes, as it was tried out; or that nobody can tell. A failure is told by its risk. */
export function Changes({ changes }: { readonly changes: BalanceChanges }) {
  if (changes.kind === 'failing') return null;
  if (changes.kind === 'unknown') {
    return (
      <Group label={t('approval.changes')}>
        <p className="px-0.5 text-small text-warn">{t(`approval.unknown.${changes.why}`)}</p>
      </Group>
    );
  }
  const { gives, gets, more, allows, collections, moreRights } = changes;
  return (
    <Group label={t('approval.changes')}>
      {gives.length + gets.length > 0 && (
        <Card>
          <ul>
            {gives.map((amount) => (
              <Change key={JSON.stringify(amount)} amount={amount} direction="gives" />
            ))}
            {gets.map((amount) => (
              <Change key={JSON.stringify(amount)} amount={amount} direction="gets" />
            ))}
          </ul>
        </Card>
      )}
      <div className="grid gap-1 px-0.5 text-small text-ink-2 [overflow-wrap:anywhere]">
        {gives.length + gets.length === 0 && <p>{t('approval.no-changes')}</p>}
        {more > 0 && <p className="text-warn">{t('approval.more-changes', { count: more })}</p>}
        {allows.map(({ amount, spender }) => (
          <p key={JSON.stringify([amount, spender])}>
            {t('approval.also-allows', { who: partyName(spender), amount: boundAmount(amount) })}
          </p>
        ))}
        {collections.map(({ collection, operator }) => (
          <p key={collection.address + operator.address}>
            {t('approval.also-collection', { who: partyName(operator), collection: partyName(collection) })}
          </p>
        ))}
        {moreRights > 0 && <p className="text-warn">{t('approval.more-rights', { count: moreRights })}</p>}
        <p>{t('approval.tried')}</p>
      </div>
    </Group>
  );
}

/** Always there, always closed. */
export function RawDetails({ raw, digest }: { readonly raw: readonly RawText[]; readonly digest: string }) {
  const all: readonly RawText[] = [...raw, { label: 'digest', text: digest, cut: 0 }];
  return (
    <details className="group text-small">
      <summary className="flex min-h-10 cursor-pointer list-none items-center justify-between gap-2 px-0.5 text-ink-2">
        {t('approval.raw')}
        <ChevronDown aria-hidden="true" size={16} className="transition-transform group-open:rotate-180" />
      </summary>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-2 pt-1">
        {all.map(({ label, text, cut }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
          <div key={place} className="grid grid-cols-[minmax(0,1fr)] gap-1">
            <dt className="text-ink-2">{t(`approval.raw.${label}`)}</dt>
            <dd
              dir="ltr"
              className="whitespace-pre-wrap rounded-small bg-sunken p-2 text-start font-mono text-tiny [overflow-wrap:anywhere]"
            >
              {text}
            </dd>
            {cut > 0 && <dd className="text-ink-3">{t('approval.cut', { count: cut })}</dd>}
          </div>
        ))}
      </dl>
    </details>
  );
}
