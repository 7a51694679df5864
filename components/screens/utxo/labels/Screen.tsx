import { FileDown } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Group } from '@/components/ui/Card';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import type { UtxoOutput } from '@/lib/bus/utxo/table';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { FileButton } from '../parts/FileButton';
import { TextArea } from '../parts/TextArea';

export interface LabelsScreenProps {
  /** As pasted. */
  readonly text: string;
  /** Why it is not taken over. */
  readonly error: string | undefined;
  readonly problem: ErrorFacts | null;
  readonly saving: boolean;
  readonly reading: boolean;
  /** What was taken over; null before. */
  readonly taken: UtxoOutput<'labels.read'> | null;
  readonly onSave: () => void;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
  readonly onRead: () => void;
  readonly onBack: () => void;
}

/** Labels, and coins that are put aside, to another wallet and from one. */
export function LabelsScreen(props: LabelsScreenProps) {
  const { text, error, problem, saving, reading, taken, onSave, onText, onFile, onRead, onBack } = props;
  return (
    <Page
      header={<Header title={u('labels.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={
        <Button type="submit" variant="primary" busyLabel={reading ? u('labels.reading') : undefined}>
          {u('labels.read')}
        </Button>
      }
      onSubmit={onRead}
    >
      <div className="grid gap-5">
        <p className="text-body text-ink-2">{u('labels.text')}</p>
        {problem !== null && <ErrorNote error={problem} />}
        <div aria-live="polite" className="empty:hidden">
          {taken !== null && (
            <Note tone="success" title={u('labels.taken', taken)}>
              {taken.others > 0 && u('labels.others', taken)}
            </Note>
          )}
        </div>
        <Group label={u('labels.out')}>
          <div className="grid gap-2">
            <Button
              icon={<FileDown aria-hidden="true" size={18} />}
              onClick={onSave}
              busyLabel={saving ? u('labels.saving') : undefined}
            >
              {u('labels.save')}
            </Button>
            <p className="text-ink-2 text-small">{u('labels.save.hint')}</p>
          </div>
        </Group>
        <Group label={u('labels.in')}>
          <div className="grid gap-3">
            <FileButton accept=".jsonl,.json,.txt,application/jsonl,text/plain" onFile={onFile} />
            <TextArea label={u('labels.paste')} value={text} onValue={onText} error={error} rows={4} code />
          </div>
        </Group>
      </div>
    </Page>
  );
}
