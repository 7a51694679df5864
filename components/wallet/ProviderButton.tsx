import { Button } from '@/components/ui/Button';
import { t } from '@/lib/i18n';
import { ProviderGlyph, type ProviderKind } from './ProviderGlyph';

export interface ProviderButtonProps {
  /** The provider's name for people: Google. */
  readonly label: string;
  readonly kind: ProviderKind;
  /** A development provider on this machine, marked so that it is never taken for the real one. */
  readonly local: boolean;
  readonly onPress: () => void;
}

/** "Continue with …". */
export function ProviderButton({ label, kind, local, onPress }: ProviderButtonProps) {
  return (
    <Button variant="ink" icon={<ProviderGlyph kind={kind} />} onClick={onPress} className="w-full">
      <span>{t('welcome.continue-with', { provider: label })}</span>
      {local && (
        <span className="rounded-full border border-current px-1.5 font-label text-tiny">{t('welcome.local')}</span>
      )}
    </Button>
  );
}
