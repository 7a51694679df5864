import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { SecretField } from '@/components/ui/Field';
import { Note } from '@/components/ui/Note';
import type { PassphraseAnswer } from '@/lib/hardware/types';
import { t } from '@/lib/i18n';

const MOST_BYTES = 50;
const bytesOf = (text: string): number => new TextEncoder().encode(text.normalize('NFKD')).length;

export interface PassphraseFormProps {
  readonly onPassphrase: (answer: PassphraseAnswer) => void;
}

/** What is typed goes to the device, once, and is kept nowhere. */
export function PassphraseForm({ onPassphrase }: PassphraseFormProps) {
  const [text, setText] = useState('');
  const tooLong = bytesOf(text) > MOST_BYTES;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!tooLong) onPassphrase({ on: 'host', text });
      }}
    >
      <Note tone="warn" title={t('hardware.passphrase.title')}>
        {t('hardware.passphrase.text')}
      </Note>
      <SecretField
        label={t('hardware.passphrase.field')}
        value={text}
        onValue={setText}
        showLabel={t('hardware.passphrase.show')}
        hideLabel={t('hardware.passphrase.hide')}
        hint={<p className="text-ink-2 text-small">{t('hardware.passphrase.hint')}</p>}
        error={tooLong ? t('hardware.passphrase.too-long') : undefined}
        autoComplete="off"
        autoFocus
      />
      <div className="grid gap-2">
        <Button type="submit" variant="primary" disabled={tooLong}>
          {t('hardware.passphrase.use')}
        </Button>
        <Button onClick={() => onPassphrase({ on: 'device' })}>{t('hardware.passphrase.on-device')}</Button>
      </div>
    </form>
  );
}
