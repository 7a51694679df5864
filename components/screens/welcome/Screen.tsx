import { Button } from '@/components/ui/Button';
import { Logo, Mark } from '@/components/ui/Mark';
import { Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { ProviderButton } from '@/components/wallet/ProviderButton';
import type { ErrorFacts, ProviderView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface WelcomeScreenProps {
  readonly providers: readonly ProviderView[];
  readonly error: ErrorFacts | null;
  readonly onChoose: (providerId: string) => void;
  readonly onPhrase: () => void;
}

/** The first page: what this is, and the ways in. */
export function WelcomeScreen({ providers, error, onChoose, onPhrase }: WelcomeScreenProps) {
  const cancelled = error?.code === 'sign-in-cancelled';
  return (
    <Page header={<Brand />}>
      <div className="grid flex-1 content-center justify-items-center gap-8 pt-2 pb-8">
        <Mark size={error === null || cancelled ? 128 : 72} />
        <Lead size="hero" title={t('welcome.title')}>
          {t('welcome.text')}
        </Lead>
      </div>
      <div className="grid gap-2 pb-4">
        {error !== null && !cancelled && <ErrorNote error={error} />}
        {providers.map(({ id, label, kind, local }) => (
          <ProviderButton key={id} label={label} kind={kind} local={local} onPress={() => onChoose(id)} />
        ))}
        <Button variant="quiet" onClick={onPhrase}>
          {t('welcome.phrase')}
        </Button>
        {providers.some(({ local }) => local) && (
          <p className="pt-1 text-balance text-center text-ink-3 text-tiny">{t('welcome.local-note')}</p>
        )}
      </div>
    </Page>
  );
}

function Brand() {
  return (
    <header className="flex min-h-14 items-center px-gutter">
      <Logo name={t('app.name')} />
    </header>
  );
}
