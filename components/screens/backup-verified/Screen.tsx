import { Check } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Lead, Page } from '@/components/ui/Page';
import { Pill } from '@/components/ui/Pill';
import { HalvesDiagram } from '@/components/wallet/HalvesDiagram';
import type { ProviderView } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

export interface BackupVerifiedScreenProps {
  readonly provider: Pick<ProviderView, 'label' | 'kind'>;
  readonly onContinue: () => void;
}

/** The wallet has been recovered once: who holds what, and what nobody can do. */
export function BackupVerifiedScreen({ provider, onContinue }: BackupVerifiedScreenProps) {
  const footer = (
    <Button variant="primary" onClick={onContinue}>
      {t('action.continue')}
    </Button>
  );
  return (
    <Page body="text" footer={footer}>
      <div className="grid justify-items-center gap-2 pt-6 pb-4" aria-live="polite">
        <Pill tone="success" icon={<Check aria-hidden="true" size={14} />}>
          {t('backup-verified.pill')}
        </Pill>
        <Lead title={t('backup-verified.title')}>{t('backup-verified.text')}</Lead>
      </div>
      <HalvesDiagram provider={provider} motion="play" />
      <p className="text-balance pt-4 text-center text-ink-2 text-small">
        {t('backup-verified.limits', { provider: provider.label })}
      </p>
    </Page>
  );
}
