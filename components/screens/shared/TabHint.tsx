import { Button } from '@/components/ui/Button';
import { t } from '@/lib/i18n';

export interface TabHintProps {
  /** Null where this is no popup. */
  readonly onOpenTab: (() => void) | null;
}

/** A way out of the popup, where the browser's question about a passkey may have no place: the same step in a tab. */
export function TabHint({ onOpenTab }: TabHintProps) {
  if (onOpenTab === null) return null;
  return (
    <Button variant="quiet" onClick={onOpenTab}>
      {t('passkey.tab')}
    </Button>
  );
}
