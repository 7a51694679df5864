import { Languages } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Logo, Mark } from '@/components/ui/Mark';
import { Lead, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import { ProviderButton } from '@/components/wallet/ProviderButton';
import type { ErrorFacts, LanguageChoice, ProviderView } from '@/lib/bus/snapshot';
import { spokenLanguage, t } from '@/lib/i18n';
import { LanguageSheet } from '../general-settings/sheets';

export interface WelcomeScreenProps {
  readonly providers: readonly ProviderView[];
  readonly error: ErrorFacts | null;
  readonly language: LanguageChoice;
  readonly onLanguage: (language: LanguageChoice) => void;
  readonly onChoose: (providerId: string) => void;
  /** A wallet without a sign-in: one that somebody has already, or a new phrase. */
  readonly onOwn: () => void;
}

/** The first page: what this is, and the ways in. */
export function WelcomeScreen({ providers, error, language, onLanguage, onChoose, onOwn }: WelcomeScreenProps) {
  const cancelled = error?.code === 'sign-in-cancelled';
  return (
    <Page header={<Brand language={language} onLanguage={onLanguage} />}>
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
        <Button variant="quiet" onClick={onOwn}>
          {t('welcome.own')}
        </Button>
        {providers.some(({ local }) => local) && (
          <p className="pt-1 text-balance text-center text-ink-3 text-tiny">{t('welcome.local-note')}</p>
        )}
      </div>
    </Page>
  );
}

function Brand({ language, onLanguage }: Pick<WelcomeScreenProps, 'language' | 'onLanguage'>) {
  const [choosing, setChoosing] = useState(false);
  return (
    <header className="flex min-h-14 shrink-0 items-center justify-between gap-3 px-gutter">
      <Logo name={t('app.name')} />
      <Button
        variant="quiet"
        size="small"
        icon={<Languages aria-hidden="true" size={16} />}
        onClick={() => setChoosing(true)}
      >
        <span className="sr-only">{t('general.language')}: </span>
        {spokenLanguage().name}
      </Button>
      <LanguageSheet open={choosing} chosen={language} onChoose={onLanguage} onClose={() => setChoosing(false)} />
    </header>
  );
}
