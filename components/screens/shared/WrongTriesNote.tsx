import { Note } from '@/components/ui/Note';
import type { Snapshot } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';

/** What has to be read before a PIN is typed: somebody tried wrong ones. Nothing where nobody did. */
export function WrongTriesNote({ tries }: { readonly tries: Snapshot['foreignTries'] }) {
  if (tries === null) return null;
  return (
    <Note tone="warn" title={t('recover.wrong-tries', { count: tries.count })}>
      {t('recover.wrong-tries.text', { lastAtMs: tries.lastAtMs })}
    </Note>
  );
}
