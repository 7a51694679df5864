import { Button } from '@/components/ui/Button';
import { Mark } from '@/components/ui/Mark';
import { Lead, Page } from '@/components/ui/Page';
import { Spinner } from '@/components/ui/Spinner';
import { t } from '@/lib/i18n';

export interface SignInScreenProps {
  readonly providerLabel: string;
  readonly onBack: () => void;
}

/** While the provider's window is open. */
export function SignInScreen({ providerLabel, onBack }: SignInScreenProps) {
  const footer = (
    <>
      <p className="text-balance pb-1 text-center text-ink-2 text-small">{t('sign-in.carry-on')}</p>
      <Button variant="secondary" onClick={onBack}>
        {t('action.cancel')}
      </Button>
    </>
  );
  return (
    <Page place="middle" footer={footer}>
      <div className="grid justify-items-center gap-7 pb-6">
        <Mark size={88} state="joining" />
        <div aria-live="polite">
          <Lead title={t('sign-in.title', { provider: providerLabel })}>{t('sign-in.text')}</Lead>
        </div>
        <span className="text-accent-text">
          <Spinner size={22} />
        </span>
      </div>
    </Page>
  );
}
