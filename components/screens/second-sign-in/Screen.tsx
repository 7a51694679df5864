import { DonePage } from '@/components/screens/shared/DonePage';
import { type NamedStep, ProgressPage } from '@/components/screens/shared/ProgressPage';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ProviderButton } from '@/components/wallet/ProviderButton';
import type { CreateStep, ErrorFacts, ProviderView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface SecondSignInScreenProps {
  readonly providers: readonly ProviderView[];
  readonly onChoose: (providerId: string) => void;
  readonly onBack: () => void;
}

/** The same wallet under a second account: what that is good for, and what it costs. */
export function SecondSignInScreen({ providers, onChoose, onBack }: SecondSignInScreenProps) {
  return (
    <Page header={<Header title={t('second.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid content-start gap-4 py-2">
        <Lead level="section" title={t('second.lead')}>
          {t('second.text')}
        </Lead>
        <Note tone="warn" title={t('second.budgets')}>
          {t('second.budgets.text')}
        </Note>
        <Note tone="neutral" title={t('second.apart')}>
          {t('second.apart.text')}
        </Note>
      </div>
      <div className="grid gap-2 pb-4">
        {providers.map(({ id, label, kind, local }) => (
          <ProviderButton key={id} label={label} kind={kind} local={local} onPress={() => onChoose(id)} />
        ))}
      </div>
    </Page>
  );
}

export interface SecondingScreenProps {
  readonly step: CreateStep;
  readonly slow: boolean;
  readonly error: ErrorFacts | null;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

const ORDER: readonly CreateStep[] = ['making-key', 'storing-realms', 'storing-vault', 'checking'];

function named(step: CreateStep): NamedStep {
  const own = step === 'making-key' || step === 'checking';
  return {
    title: own ? t(`pin-reset.title.${step}`) : t(`create.title.${step}`),
    name: own ? t(`pin-reset.step.${step}`) : t(`create.step.${step}`),
    detail: step === 'making-key' ? t('pin-reset.step.making-key.detail') : t(`create.step.${step}.detail`),
  };
}

/** The backup being made under the second account. */
export function SecondingScreen({ step, slow, error, onRetry, onLeave }: SecondingScreenProps) {
  return (
    <ProgressPage
      steps={ORDER.map(named)}
      now={ORDER.indexOf(step)}
      slow={slow}
      error={error}
      note={<Note tone="neutral" title={t('second.first-stays')} />}
      ways={{ retry: t('action.try-again'), back: t('task.leave') }}
      onRetry={onRetry}
      onBack={onLeave}
    />
  );
}

export interface SecondAddedScreenProps {
  readonly providerLabel: string;
  readonly onDone: () => void;
}

export function SecondAddedScreen({ providerLabel, onDone }: SecondAddedScreenProps) {
  return (
    <DonePage
      title={t('second.done')}
      text={t('second.done.text', { provider: providerLabel })}
      motion="play"
      onDone={onDone}
    >
      <Note tone="warn" title={t('second.budgets')}>
        {t('second.budgets.text')}
      </Note>
    </DonePage>
  );
}
