import { Copy, FileDown } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { ErrorNote } from '@/components/wallet/ErrorNote';
import type { ErrorFacts } from '@/lib/bus/snapshot';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { FileButton } from '../parts/FileButton';
import { TextArea } from '../parts/TextArea';

export interface PsbtScreenProps {
  /** As pasted: base64. */
  readonly text: string;
  /** Why it is not signed. */
  readonly error: string | undefined;
  readonly problem: ErrorFacts | null;
  readonly looking: boolean;
  readonly onText: (text: string) => void;
  readonly onFile: (file: File) => void;
  readonly onLook: () => void;
  readonly onBack: () => void;
}

/** A transaction that another wallet has drafted: it is read first. */
export function PsbtScreen(props: PsbtScreenProps) {
  const { text, error, problem, looking, onText, onFile, onLook, onBack } = props;
  return (
    <Page
      header={<Header title={u('psbt.title')} back={{ label: t('action.back'), onPress: onBack }} />}
      footer={
        <Button type="submit" variant="primary" busyLabel={looking ? u('psbt.looking') : undefined}>
          {u('psbt.look')}
        </Button>
      }
      onSubmit={onLook}
    >
      <div className="grid gap-4">
        <p className="text-body text-ink-2">{u('psbt.text')}</p>
        <TextArea label={u('psbt.paste')} value={text} onValue={onText} error={error} rows={6} code />
        <FileButton accept=".psbt,application/octet-stream,text/plain" onFile={onFile} />
        {problem !== null && <ErrorNote error={problem} />}
      </div>
    </Page>
  );
}

export interface PsbtSignedScreenProps {
  /** Base64. */
  readonly psbt: string;
  readonly sending: boolean;
  readonly error: ErrorFacts | null;
  readonly onSave: () => void;
  readonly onCopy: () => void;
  readonly onSend: () => void;
  readonly onDone: () => void;
}

/** It is signed, and nothing was sent: back to the other wallet, or out from here. */
export function PsbtSignedScreen(props: PsbtSignedScreenProps) {
  const { psbt, sending, error, onSave, onCopy, onSend, onDone } = props;
  const footer = (
    <div className="grid gap-2">
      <Button variant="primary" icon={<FileDown aria-hidden="true" size={18} />} onClick={onSave}>
        {u('psbt.save')}
      </Button>
      <Button onClick={onSend} busyLabel={sending ? t('send.busy') : undefined}>
        {u('psbt.send')}
      </Button>
    </div>
  );
  return (
    <Page
      header={<Header title={u('psbt.title')} back={{ label: t('action.back'), onPress: onDone }} />}
      footer={footer}
    >
      <div className="grid gap-4">
        <Note tone="success" title={u('psbt.signed')}>
          {u('psbt.signed.text')}
        </Note>
        {error !== null && <ErrorNote error={error} />}
        <TextArea label={u('psbt.paste')} value={psbt} onValue={() => undefined} rows={8} readOnly code />
        <Button size="small" icon={<Copy aria-hidden="true" size={16} />} onClick={onCopy}>
          {u('psbt.copy')}
        </Button>
      </div>
    </Page>
  );
}
