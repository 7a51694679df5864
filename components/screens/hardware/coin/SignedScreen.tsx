import { Copy, FileDown } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Note } from '@/components/ui/Note';
import { Header, Page } from '@/components/ui/Page';
import { t } from '@/lib/i18n';
import { u } from '@/lib/i18n/utxo';
import { TextArea } from '../../utxo/parts/TextArea';

export interface CoinSignedScreenProps {
  /** A signature or a transaction, base64. */
  readonly text: string;
  readonly onCopy: () => void;
  /** Null where it is no file. */
  readonly onSave: (() => void) | null;
  readonly onDone: () => void;
}

/** What a device has signed, and nobody was sent. */
export function CoinSignedScreen({ text, onCopy, onSave, onDone }: CoinSignedScreenProps) {
  return (
    <Page
      header={<Header title={u('device.signed')} />}
      footer={
        <Button variant="primary" onClick={onDone}>
          {t('action.done')}
        </Button>
      }
    >
      <div className="grid gap-4">
        <Note tone="success" title={u(onSave === null ? 'message.signed' : 'psbt.signed')} />
        <TextArea label={u('message.signature')} value={text} onValue={() => undefined} rows={8} readOnly code />
        <Button icon={<Copy aria-hidden="true" size={18} />} onClick={onCopy}>
          {t('action.copy')}
        </Button>
        {onSave !== null && (
          <Button icon={<FileDown aria-hidden="true" size={18} />} onClick={onSave}>
            {u('psbt.save')}
          </Button>
        )}
      </div>
    </Page>
  );
}
