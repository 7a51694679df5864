import { Row, RowList } from '@/components/ui/Card';
import { Sheet } from '@/components/ui/Sheet';
import { t } from '@/lib/i18n';
import { keyName, SHORTCUTS } from './keys';

export interface ShortcutsSheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** All shortcuts and their keys. */
export function ShortcutsSheet({ open, onClose }: ShortcutsSheetProps) {
  return (
    <Sheet open={open} onClose={onClose} title={t('shortcuts.title')}>
      <RowList>
        {SHORTCUTS.map((shortcut) => (
          <Row
            key={shortcut}
            title={t(`shortcuts.${shortcut}`)}
            trailing={
              <kbd className="rounded-site border border-line bg-sunken px-1.5 py-0.5 font-mono text-ink text-tiny">
                {keyName(shortcut, navigator.userAgent)}
              </kbd>
            }
          />
        ))}
      </RowList>
      <p className="text-ink-2 text-small">{t('shortcuts.everywhere')}</p>
    </Sheet>
  );
}
