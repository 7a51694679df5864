import { TabHint } from '@/components/screens/shared/TabHint';
import { Button } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { Sheet } from '@/components/ui/Sheet';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import type { KeptMethod } from './kept-method';

export interface MethodSheetProps {
  readonly method: KeptMethod;
  readonly isSet: boolean;
  /** Nothing else opens this browser. */
  readonly isOnly: boolean;
  readonly keylessOnly: boolean;
  /** Whether this browser can set it up. */
  readonly offered: boolean;
  readonly busy: boolean;
  readonly error: ErrorFacts | null;
  readonly onSet: () => void;
  readonly onRemove: () => void;
  /** Null where this is no popup. */
  readonly onOpenTab: (() => void) | null;
  readonly onClose: () => void;
}

/** What can be done with one way to unlock. The last one stays where something would be lost without it. */
export function MethodSheet(props: MethodSheetProps) {
  const { method, isSet, isOnly, keylessOnly, offered, busy, error, onSet, onRemove, onOpenTab, onClose } = props;
  const bound = isSet && isOnly && !keylessOnly;
  return (
    <Sheet open onClose={onClose} title={t(`unlock-settings.${method}`)} titlePlace="title">
      {error !== null && <ErrorNote error={error} />}
      {method === 'passkey' && !isSet && (
        <Note tone="neutral" title={t('device-unlock.passkey-note.title')}>
          {t('device-unlock.passkey-note.text')}
        </Note>
      )}
      {isSet && isOnly && (
        <p className="text-body text-ink-2">
          {t(keylessOnly ? 'unlock-settings.only-keyless' : 'unlock-settings.only')}
        </p>
      )}
      <div className="grid gap-2 pt-1">
        {offered && (
          <Button
            variant="primary"
            onClick={onSet}
            busyLabel={busy ? t(method === 'passkey' ? 'passkey.busy' : 'device-unlock.busy') : undefined}
          >
            {t(`unlock-settings.${method}.${isSet ? 'change' : 'add'}`)}
          </Button>
        )}
        {busy && method === 'passkey' && <TabHint onOpenTab={onOpenTab} />}
        {isSet && (
          <Button variant="risky" disabled={bound || busy} onClick={onRemove}>
            {t(`unlock-settings.${method}.remove`)}
          </Button>
        )}
      </div>
    </Sheet>
  );
}
