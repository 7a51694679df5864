import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Consent } from '@/components/ui/Consent';
import { Note } from '@/components/ui/Note';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { KeptMethod } from './kept-method';

export interface RemoveSheetProps {
  readonly method: KeptMethod;
  /** Nothing else opens this browser: afterwards it is the PIN every time. */
  readonly isOnly: boolean;
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** A way to unlock is taken away: what opens this browser afterwards, said before it is done. */
export function RemoveSheet({ method, isOnly, busy, error, onRemove, onClose }: RemoveSheetProps) {
  const [known, setKnown] = useState(false);
  return (
    <Sheet
      open
      onClose={onClose}
      title={t(`unlock-settings.remove.title.${method}`)}
      titlePlace="title"
      description={t(isOnly ? 'unlock-settings.remove.pin' : 'unlock-settings.remove.text')}
    >
      {error !== null && <ErrorNote error={error} />}
      {method === 'passkey' && <Note tone="neutral" title={t('unlock-settings.remove.left')} />}
      {isOnly && (
        <Consent checked={known} onChecked={setKnown}>
          {t('unlock-settings.remove.consent')}
        </Consent>
      )}
      <div className="grid gap-2">
        <Button onClick={onClose}>{t('action.cancel')}</Button>
        <Button
          variant="risky"
          disabled={isOnly && !known}
          busyLabel={busy ? t('unlock-settings.remove.busy') : undefined}
          onClick={onRemove}
        >
          {t('unlock-settings.remove.action')}
        </Button>
      </div>
    </Sheet>
  );
}
