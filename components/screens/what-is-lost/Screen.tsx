import { CircleCheck, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react';
import { Card } from '@/components/ui/Card';
import { Header, Page } from '@/components/ui/Page';
import { Pill, type PillProps } from '@/components/ui/Pill';
import { type MessageKey, t } from '@/lib/i18n';

export interface WhatIsLostScreenProps {
  readonly onBack: () => void;
}

interface Outcome {
  readonly label: MessageKey & `lost.${string}`;
  readonly tone: PillProps['tone'];
  readonly icon: LucideIcon;
}

const FINE: Outcome = { label: 'lost.fine', tone: 'success', icon: CircleCheck };
const HURRY: Outcome = { label: 'lost.hurry', tone: 'warn', icon: TriangleAlert };
const GONE: Outcome = { label: 'lost.gone', tone: 'danger', icon: OctagonAlert };

/** As in the threat model and section 13 of the protocol. */
const CASES = [
  ['device', FINE],
  ['pin', GONE],
  ['account', HURRY],
  ['vault', HURRY],
  ['issuer', HURRY],
  ['realm', FINE],
  ['realms', HURRY],
  ['us', HURRY],
] as const;

/** Each thing that can be lost: what works without it, and what does not. */
export function WhatIsLostScreen({ onBack }: WhatIsLostScreenProps) {
  return (
    <Page body="text" header={<Header title={t('lost.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid gap-3 pb-4">
        <p className="text-body text-ink-2">{t('lost.text')}</p>
        {CASES.map(([what, outcome]) => (
          <Case key={what} what={what} outcome={outcome} />
        ))}
      </div>
    </Page>
  );
}

interface CaseProps {
  readonly what: (typeof CASES)[number][0];
  readonly outcome: Outcome;
}

function Case({ what, outcome: { label, tone, icon: Icon } }: CaseProps) {
  return (
    <Card className="grid gap-2 p-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <h2 className="text-heading">{t(`lost.${what}`)}</h2>
        <Pill tone={tone} size="row" icon={<Icon aria-hidden="true" size={14} />}>
          {t(label)}
        </Pill>
      </div>
      <dl className="grid gap-2 text-small">
        <div>
          <dt className="font-label text-ink-3 text-tiny">{t('lost.works')}</dt>
          <dd>{t(`lost.${what}.works`)}</dd>
        </div>
        <div>
          <dt className="font-label text-ink-3 text-tiny">{t('lost.not')}</dt>
          <dd className="text-ink-2">{t(`lost.${what}.not`)}</dd>
        </div>
      </dl>
    </Card>
  );
}
