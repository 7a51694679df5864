import { Mark } from '@/components/ui/Mark';
import { Note } from '@/components/ui/Note';
import { Header, Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { ProviderButton } from '@/components/wallet/ProviderButton';
import type { ErrorFacts, ProviderView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface AddKeylessScreenProps {
  readonly providers: readonly ProviderView[];
  readonly error: ErrorFacts | null;
  readonly onChoose: (providerId: string) => void;
  readonly onBack: () => void;
}

/** A keyless wallet for those who began with another one, and why it is always a new one. */
export function AddKeylessScreen({ providers, error, onChoose, onBack }: AddKeylessScreenProps) {
  return (
    <Page header={<Header title={t('add-keyless.title')} back={{ label: t('action.back'), onPress: onBack }} />}>
      <div className="grid flex-1 content-center gap-6 py-4">
        <div className="grid justify-items-center gap-5">
          <Mark size={72} />
          <Lead title={t('add-keyless.lead')} level="section">
            {t('add-keyless.text')}
          </Lead>
        </div>
        <Note tone="neutral" title={t('add-keyless.why.title')}>
          {t('add-keyless.why.text')}
        </Note>
      </div>
      <div className="grid gap-2 pb-4">
        {error !== null && <ErrorNote error={error} />}
        {providers.map(({ id, label, kind, local }) => (
          <ProviderButton key={id} label={label} kind={kind} local={local} onPress={() => onChoose(id)} />
        ))}
      </div>
    </Page>
  );
}
